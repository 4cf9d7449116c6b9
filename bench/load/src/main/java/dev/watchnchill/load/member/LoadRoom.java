package dev.watchnchill.load.member;

import java.util.List;

/**
 * A room with its members.
 *
 * @param members in the order in which they joined; the first is the host
 */
public record LoadRoom(RoomCredentials room, List<LoadMember> members) {
  /** Copies the list. */
  public LoadRoom {
    members = List.copyOf(members);
  }

  /** Returns the host. */
  public LoadMember host() {
    return members.getFirst();
  }

  /** Returns the number of members. */
  public int size() {
    return members.size();
  }
}
