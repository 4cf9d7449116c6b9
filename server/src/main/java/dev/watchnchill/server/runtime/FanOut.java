package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.Outbound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends events to all connections that are subscribed to a room. */
@FunctionalInterface
public interface FanOut {
  /**
   * One event to send.
   *
   * @param exceptConnectionId the connection that does not get it, or null
   * @param gapMicros how long it may wait, after a write to the same room, to be sent with other
   *     events
   */
  record Piece(Outbound event, @Nullable String exceptConnectionId, long gapMicros) {}

  /** Sends events, in that order and if possible in one write to each connection; never waits. */
  void send(RoomId room, List<Piece> pieces);

  /** Sends one event, at once, to all. */
  default void send(RoomId room, Outbound event) {
    send(room, List.of(new Piece(event, null, 0)));
  }
}
