package dev.watchnchill.server.wire;

import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A message to the members of a room.
 *
 * @param except the member that does not receive it, or null
 * @param droppable whether a slow connection may miss it
 */
public record RoomBroadcast(ServerMessage message, @Nullable UserId except, boolean droppable) {
  static RoomBroadcast toAll(ServerMessage message) {
    return new RoomBroadcast(message, null, false);
  }

  static RoomBroadcast toOthers(ServerMessage message, UserId except) {
    return new RoomBroadcast(message, except, false);
  }

  static RoomBroadcast droppable(ServerMessage message, UserId except) {
    return new RoomBroadcast(message, except, true);
  }
}
