package dev.watchnchill.server.simulation;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.VoiceCommand;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.party.voice.Speaker;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Sends random requests about voice, of members in the group and of others. */
final class VoiceRequests {
  private static final UUID NO_PEER = new UUID(0, 0);

  private final SimulatedCluster cluster;
  private final RandomGenerator random;

  VoiceRequests(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random;
  }

  /** Sends a request to the room that the client is in. */
  void act(SimulatedClient client, ClientView view) {
    RoomId room = view.roomId;
    boolean on = random.nextBoolean();
    if (!speaks(client, room) && random.nextInt(4) > 0) {
      client.request(ClientEvent.VOICE_JOIN, new ClientRequest.JoinVoice(room, on), _ -> {});
      return;
    }
    switch (random.nextInt(10)) {
      case 0 ->
          client.command(
              ClientEvent.VOICE_LEAVE, room, (me, _, _) -> new VoiceCommand.LeaveVoice(me));
      case 1 ->
          client.command(
              ClientEvent.VOICE_MUTE, room, (me, _, _) -> new VoiceCommand.MuteVoice(me, on));
      case 2 -> {
        var target = new UserId(UUID.fromString(cluster.any(List.copyOf(view.names.keySet()))));
        client.command(
            ClientEvent.MUTE_VOICE,
            room,
            (me, _, _) -> new VoiceCommand.SilenceMember(me, target, on));
      }
      case 3, 4 ->
          client.command(
              ClientEvent.VOICE_SPEAKING, room, (me, _, _) -> new VoiceCommand.SetSpeaking(me, on));
      case 5, 6 ->
          client.request(
              ClientEvent.VOICE_SIGNAL,
              new ClientRequest.SendSignal(
                  room, anyPeer(room), new PeerSignal.Description(PeerSignal.Kind.OFFER, "v=0")),
              _ -> {});
      default ->
          client.request(ClientEvent.VOICE_JOIN, new ClientRequest.JoinVoice(room, on), _ -> {});
    }
  }

  private boolean speaks(SimulatedClient client, RoomId id) {
    Room room = cluster.stored(id);
    Session.Seat seat = client.session.seat();
    return room != null && seat != null && room.voice().find(seat.userId()) != null;
  }

  private UUID anyPeer(RoomId id) {
    Room room = cluster.stored(id);
    List<Speaker> speakers = room == null ? List.of() : room.voice().speakers();
    return speakers.isEmpty() ? NO_PEER : cluster.any(speakers).peerId();
  }
}
