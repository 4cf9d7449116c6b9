package dev.watchnchill.server.simulation;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Sends random requests about messages that are there, of members who may make them and of others.
 */
final class ChatRequests {
  private static final UUID NO_MESSAGE = new UUID(0, 0);
  private static final List<String> EMOJI =
      List.of("\ud83d\ude00", "\u2764\ufe0f", "\ud83d\udc4d", "\ud83d\udd25");

  private final SimulatedCluster cluster;
  private final RandomGenerator random;

  ChatRequests(SimulatedCluster cluster) {
    this.cluster = cluster;
    this.random = cluster.random;
  }

  /** Sends a request to the room that the client is in. */
  void act(SimulatedClient client, ClientView view) {
    RoomId room = view.roomId;
    UUID message = view.chat.isEmpty() ? NO_MESSAGE : UUID.fromString(cluster.any(view.chat).id());
    String emoji = cluster.any(EMOJI);
    boolean on = random.nextInt(3) > 0;
    int number = random.nextInt(100);
    switch (random.nextInt(8)) {
      case 0 ->
          client.command(
              ClientEvent.DELETE_MESSAGE,
              room,
              (me, _, _) -> new RoomCommand.DeleteMessage(me, message));
      case 1, 2 ->
          client.command(
              ClientEvent.EDIT_MESSAGE,
              room,
              (me, _, _) -> new RoomCommand.EditMessage(me, message, "edited " + number));
      case 3 ->
          client.request(
              ClientEvent.GET_MESSAGES,
              new ClientRequest.GetMessages(room, on ? message : null, 1 + number),
              _ -> {});
      default ->
          client.command(
              ClientEvent.REACT, room, (me, _, _) -> new RoomCommand.React(me, message, emoji, on));
    }
  }
}
