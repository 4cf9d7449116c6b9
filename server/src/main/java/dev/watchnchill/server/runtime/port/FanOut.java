package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.List;
import java.util.Set;

/** Sends messages to all connections that are subscribed to a room. */
@FunctionalInterface
public interface FanOut {
  /**
   * One message to be sent.
   *
   * @param except the ids of the connections that do not receive it
   * @param droppable whether a slow connection may miss it
   * @param gapMicros how long it may wait, after a write to the same room, for others to go with it
   */
  record Send(ServerMessage message, Set<String> except, boolean droppable, long gapMicros) {}

  /** Sends messages in that order, if possible in one write to each connection; never waits. */
  void send(RoomId room, List<Send> messages);

  /** Sends one message to all, at once. */
  default void send(RoomId room, ServerMessage message, boolean droppable) {
    send(room, List.of(new Send(message, Set.of(), droppable, 0)));
  }
}
