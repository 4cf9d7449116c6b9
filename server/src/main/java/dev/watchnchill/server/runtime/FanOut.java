package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.wire.Outbound;
import org.jspecify.annotations.Nullable;

/** Sends one event to all connections that are subscribed to a room. */
@FunctionalInterface
public interface FanOut {
  /** Sends it to all but that connection, when there is one; never waits. */
  void send(RoomId room, Outbound event, @Nullable String exceptConnectionId);
}
