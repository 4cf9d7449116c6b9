package dev.watchnchill.server.simulation;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.ViewerReport.State;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.runtime.MemberRequests;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Sends random requests of a client in a room: a host's controls, and its player's signals. */
final class ClientRequests {
  private final SimulatedCluster cluster;
  private final RandomGenerator random;

  ClientRequests(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random;
  }

  /** Sends a control of the playback, a promotion or a typing signal to a room. */
  void control(SimulatedClient client, RoomId room) {
    double position = random.nextInt(500);
    switch (random.nextInt(9)) {
      case 0 ->
          send(
              client,
              ClientEvent.SET_VIDEO,
              MemberRequests.setVideo(
                  room,
                  Media.parse("https://films.example/" + random.nextInt(9) + ".mp4")
                      .orElseThrow()));
      case 1, 2 -> move(client, ClientEvent.PLAY_VIDEO, MemberRequests.play(room, position), true);
      case 3 ->
          move(client, ClientEvent.PAUSE_VIDEO, MemberRequests.pause(room, position, null), false);
      case 4, 5 -> send(client, ClientEvent.SEEK_VIDEO, MemberRequests.seek(room, position));
      case 6 -> {
        // A pause at the end of a film is none (rule QU8).
        boolean playing = random.nextBoolean() || isAtItsEnd(room);
        double atMs = cluster.time.nowMs();
        move(
            client,
            ClientEvent.SYNC_CHECK,
            MemberRequests.syncCheck(room, position, playing, atMs),
            playing);
      }
      case 7 -> send(client, ClientEvent.PROMOTE_HOST, MemberRequests.promote(room, any(client)));
      default ->
          send(client, ClientEvent.TYPING_START, MemberRequests.typing(room, random.nextBoolean()));
    }
  }

  private boolean isAtItsEnd(RoomId id) {
    Room room = cluster.stored(id);
    if (room == null) {
      return false;
    }
    Timeline timeline = room.timeline();
    return timeline.playing()
        && timeline.duration() > 0
        && timeline.targetAt(cluster.time.nowMs()) >= timeline.duration();
  }

  private UserId any(SimulatedClient client) {
    ClientView view = client.view;
    return new UserId(
        view == null
            ? new UUID(0, 0)
            : UUID.fromString(cluster.any(List.copyOf(view.names.keySet()))));
  }

  /** Sends a viewer signal, or a host's rate or wait policy. */
  void player(SimulatedClient client, ClientView view) {
    long seq = random.nextInt(6) == 5 ? random.nextInt(20) : view.timeline.seq();
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> send(client, ClientEvent.READY, MemberRequests.ready(view.roomId, seq));
      case 3 -> send(client, ClientEvent.BUFFERING, MemberRequests.buffering(view.roomId, seq));
      case 4 -> send(client, ClientEvent.BUFFERED, MemberRequests.buffered(view.roomId, seq));
      case 5 ->
          send(
              client,
              ClientEvent.SET_RATE,
              MemberRequests.setRate(view.roomId, 0.25 * (1 + random.nextInt(8))));
      case 6 ->
          send(
              client,
              ClientEvent.SET_WAITING,
              MemberRequests.setWaiting(
                  view.roomId,
                  random.nextInt(4) == 0 ? WaitPolicy.Mode.NEVER : WaitPolicy.Mode.EVERYONE,
                  1 + random.nextInt(8),
                  random.nextInt(1_000),
                  1 + random.nextInt(4),
                  null));
      default -> {
        double ms = random.nextInt(800);
        State[] states = {State.SYNCED, State.SYNCED, State.ENDED, State.FAILED};
        var report =
            new ViewerReport(
                ms,
                ms / 4,
                5.0,
                90.0,
                ms - 400,
                4.0,
                states[random.nextInt(states.length)],
                seq,
                random.nextBoolean() ? (Double) (ms / 20) : null,
                view.timeline.item());
        send(client, ClientEvent.CLOCK, new ClientRequest.ReadClock(1, report));
      }
    }
  }

  private static void send(SimulatedClient client, ClientEvent event, ClientRequest request) {
    client.request(event, request, _ -> {});
  }

  /** Sends a control that a base client applies itself, because it gets no event of it. */
  private void move(
      SimulatedClient client, ClientEvent event, ClientRequest request, boolean playing) {
    ClientView view = client.view;
    client.request(
        event,
        request,
        reply -> {
          if (view != null && client.view == view && !client.extended()) {
            applied(view, reply, playing);
          }
        });
  }

  private static void applied(ClientView view, ServerReply reply, boolean playing) {
    if (reply.ok()) {
      view.playing = playing;
    } else if (SimulatedClient.codeOf(reply) == ErrorCode.UNAVAILABLE) {
      view.unsure = true;
    }
  }
}
