package dev.watchnchill.party.queue;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.access.Members;

/**
 * The state of the vote to skip the current item (rule QU7).
 *
 * @param votes how many present members vote for it
 * @param needed how many votes it takes; 0 while such votes are off
 */
public record SkipVotes(int votes, int needed) {
  // A share of a whole number of members may come out a little above another whole number.
  private static final double ROUNDING = 1e-9;

  /** Returns the state of a room's vote. */
  public static SkipVotes of(Room room) {
    return of(room.queue().votes(), room.members(), room.settings());
  }

  static SkipVotes of(Votes votes, Members members, RoomSettings settings) {
    double share = settings.skipShare() * members.presentCount();
    int needed = settings.skipShare() == 0 ? 0 : Math.max(1, (int) Math.ceil(share - ROUNDING));
    return new SkipVotes(votes.skips(), needed);
  }

  /** Returns whether the votes are enough. */
  boolean passes() {
    return needed > 0 && votes >= needed;
  }
}
