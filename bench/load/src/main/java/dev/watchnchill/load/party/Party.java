package dev.watchnchill.load.party;

import java.util.List;

/**
 * A room with the people in it.
 *
 * @param members in the order in which they came; the first is the host
 */
public record Party(RoomKey room, List<Member> members) {
  /** Keeps its own list. */
  public Party {
    members = List.copyOf(members);
  }

  /** Who may control the film. */
  public Member host() {
    return members.getFirst();
  }

  /** How many there are. */
  public int size() {
    return members.size();
  }
}
