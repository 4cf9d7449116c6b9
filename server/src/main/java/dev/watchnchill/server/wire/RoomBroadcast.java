package dev.watchnchill.server.wire;

import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A message to the members of a room.
 *
 * @param except the member that does not receive it, or null
 * @param droppable whether a slow connection may miss it
 * @param hostsOnly whether only hosts receive it (EN13)
 */
public record RoomBroadcast(
    ServerMessage message, @Nullable UserId except, boolean droppable, boolean hostsOnly) {
  static RoomBroadcast toAll(ServerMessage message) {
    return new RoomBroadcast(message, null, false, false);
  }

  static RoomBroadcast toOthers(ServerMessage message, UserId except) {
    return new RoomBroadcast(message, except, false, false);
  }

  static RoomBroadcast toHosts(ServerMessage message) {
    return new RoomBroadcast(message, null, false, true);
  }

  static RoomBroadcast droppable(ServerMessage message, UserId except) {
    return new RoomBroadcast(message, except, true, false);
  }

  /** Returns whether a member receives it. */
  public boolean reaches(UserId member, boolean host) {
    return !member.equals(except) && (host || !hostsOnly);
  }
}
