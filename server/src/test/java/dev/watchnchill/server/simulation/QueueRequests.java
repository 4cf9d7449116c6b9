package dev.watchnchill.server.simulation;

import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.server.runtime.MemberRequests;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends random requests about the queue, of members who may make them and of others. */
final class QueueRequests {
  private static final UUID NO_ITEM = new UUID(0, 0);

  /** Fewer items than the state of a room holds. */
  private static final int ITEMS_MAX = 40;

  private final SimulatedCluster cluster;
  private final RandomGenerator random;

  QueueRequests(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random;
  }

  /** Sends a request to the room that the client is in. */
  void act(SimulatedClient client, ClientView view) {
    RoomId room = view.roomId;
    UUID item = anyItem(view);
    UUID other = anyItem(view);
    boolean on = random.nextInt(3) > 0;
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> add(client, view);
      case 4 ->
          client.command(
              ClientEvent.QUEUE_REMOVE, room, (me, _, _) -> new QueueCommand.QueueRemove(me, item));
      case 5 ->
          client.command(
              ClientEvent.QUEUE_MOVE,
              room,
              (me, _, _) -> new QueueCommand.QueueMove(me, item, on ? other : null));
      case 6 ->
          client.command(
              ClientEvent.QUEUE_PLAY,
              room,
              (me, _, ids) -> new QueueCommand.QueuePlay(me, item, ids.get()));
      case 7 ->
          client.command(
              ClientEvent.QUEUE_NEXT, room, (me, _, _) -> new QueueCommand.QueueNext(me));
      case 8 ->
          client.command(
              ClientEvent.QUEUE_PREVIOUS, room, (me, _, _) -> new QueueCommand.QueuePrevious(me));
      case 9 -> reorder(client, room);
      case 10 ->
          client.command(
              ClientEvent.QUEUE_UNDO, room, (me, _, _) -> new QueueCommand.UndoQueueChange(me));
      case 11 -> setMode(client, room);
      case 12, 13 ->
          client.command(
              ClientEvent.VOTE_ITEM, room, (me, _, _) -> new QueueCommand.VoteItem(me, item, on));
      case 14 ->
          client.command(
              ClientEvent.VOTE_SKIP, room, (me, _, _) -> new QueueCommand.VoteSkip(me, on));
      default -> // so short that films end
          client.request(
              ClientEvent.REPORT_DURATION,
              MemberRequests.reportDuration(room, 1 + random.nextInt(20)),
              _ -> {});
    }
  }

  private void add(SimulatedClient client, ClientView view) {
    if (view.queue != null && view.queue.ids().size() >= ITEMS_MAX) {
      return;
    }
    var films = new ArrayList<ClientRequest.NewFilm>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String link = "https://youtu.be/AAAAAAAAAA" + random.nextInt(9);
      films.add(new ClientRequest.NewFilm(Media.parse(link).orElseThrow(), null));
    }
    QueueCommand.Place place =
        random.nextBoolean() ? QueueCommand.Place.END : QueueCommand.Place.NEXT;
    client.request(
        ClientEvent.QUEUE_ADD, new ClientRequest.QueueAdd(view.roomId, films, place), _ -> {});
  }

  private void reorder(SimulatedClient client, RoomId room) {
    if (random.nextInt(4) == 0) {
      client.command(ClientEvent.QUEUE_CLEAR, room, (me, _, _) -> new QueueCommand.QueueClear(me));
    } else {
      long seed = random.nextInt(1_000);
      client.command(
          ClientEvent.QUEUE_SHUFFLE, room, (me, _, _) -> new QueueCommand.QueueShuffle(me, seed));
    }
  }

  private void setMode(SimulatedClient client, RoomId room) {
    QueueMode.Loop loop = cluster.any(List.of(QueueMode.Loop.values()));
    Boolean autoplay = random.nextInt(3) > 0;
    QueueMode.Order order = cluster.any(List.of(QueueMode.Order.values()));
    client.command(
        ClientEvent.SET_QUEUE_MODE,
        room,
        (me, _, _) -> new QueueCommand.SetQueueMode(me, loop, autoplay, order));
  }

  private UUID anyItem(ClientView view) {
    @Nullable ClientQueue queue = view.queue;
    List<UUID> ids = queue == null ? List.of() : queue.ids();
    return ids.isEmpty() ? NO_ITEM : cluster.any(ids);
  }
}
