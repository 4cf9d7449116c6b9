package dev.watchnchill.server.wire;

import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A message to the members of a room.
 *
 * @param except the member that does not receive it, or null
 * @param droppable whether a slow connection may miss it
 * @param hostsOnly whether only hosts receive it (EN13)
 * @param extendedOnly whether only extended clients receive it (FX1)
 * @param only the one member that receives it, or null (VO5)
 */
public record RoomBroadcast(
    ServerMessage message,
    @Nullable UserId except,
    boolean droppable,
    boolean hostsOnly,
    boolean extendedOnly,
    @Nullable UserId only) {
  /** Creates a message that is not for one member. */
  public RoomBroadcast(
      ServerMessage message,
      @Nullable UserId except,
      boolean droppable,
      boolean hostsOnly,
      boolean extendedOnly) {
    this(message, except, droppable, hostsOnly, extendedOnly, null);
  }

  static RoomBroadcast toAll(ServerMessage message) {
    return new RoomBroadcast(message, null, false, false, false);
  }

  static RoomBroadcast toOthers(ServerMessage message, UserId except) {
    return new RoomBroadcast(message, except, false, false, false);
  }

  static RoomBroadcast toHosts(ServerMessage message) {
    return new RoomBroadcast(message, null, false, true, false);
  }

  static RoomBroadcast droppable(ServerMessage message, UserId except) {
    return new RoomBroadcast(message, except, true, false, false);
  }

  static RoomBroadcast toExtended(ServerMessage message) {
    return new RoomBroadcast(message, null, true, false, true);
  }

  static RoomBroadcast toOne(ServerMessage message, UserId member) {
    return new RoomBroadcast(message, null, false, false, false, member);
  }

  /** Returns whether a member receives it. */
  public boolean reaches(UserId member, boolean host) {
    return !member.equals(except) && (host || !hostsOnly) && (only == null || only.equals(member));
  }
}
