package dev.watchnchill.party.queue;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.SetVideo;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.WaitingRules;

/** Decides on everything that changes the queue (QU). */
public final class QueueRules {
  private final ShowRules shows;
  private final VoteRules votes;
  private final FilmEndRules ends;

  /** Creates the rules. */
  public QueueRules(WaitingRules waiting) {
    this.shows = new ShowRules(waiting);
    this.votes = new VoteRules(shows);
    this.ends = new FilmEndRules(shows);
  }

  /** Decides on the command of a member. */
  public Decision decide(
      Room room,
      Audience audience,
      Member member,
      QueueCommand.MemberQueueCommand command,
      long nowMs) {
    return switch (command) {
      case QueueCommand.QueueAdd add -> ListRules.add(room, member, add, nowMs);
      case QueueCommand.QueueRemove remove -> ListRules.remove(room, member, remove, nowMs);
      case QueueCommand.QueueMove move -> ListRules.move(room, member, move, nowMs);
      case QueueCommand.QueueShuffle shuffle -> ListRules.shuffle(room, shuffle, nowMs);
      case QueueCommand.QueueClear clear -> ListRules.clear(room, clear, nowMs);
      case QueueCommand.UndoQueueChange undo -> ListRules.undo(room, member, undo, nowMs);
      case QueueCommand.SetQueueMode set -> ListRules.setMode(room, set, nowMs);
      case QueueCommand.QueuePlay play -> shows.play(room, audience, member, play, nowMs);
      case QueueCommand.QueueNext next -> shows.next(room, audience, next, nowMs);
      case QueueCommand.QueuePrevious back -> shows.previous(room, audience, back, nowMs);
      case QueueCommand.VoteItem vote -> VoteRules.voteItem(room, vote, nowMs);
      case QueueCommand.VoteSkip vote -> votes.voteSkip(room, audience, member, vote, nowMs);
      case QueueCommand.DescribeItem describe ->
          DescribeRules.describe(room, member, describe, nowMs);
    };
  }

  /** Describes an item as the server has looked it up. */
  public static Decision lookedUp(Room room, QueueCommand.RecordLookup found, long nowMs) {
    return DescribeRules.lookedUp(room, found, nowMs);
  }

  /** Sets another film, paused. */
  public static Decision setVideo(Room room, Member host, SetVideo set, long nowMs) {
    return ShowRules.setVideo(room, host, set, nowMs);
  }

  /** Ends the film when that is due at the given time. */
  public Decision tick(Room room, Audience audience, long nowMs) {
    return ends.tick(room, audience, nowMs);
  }

  /** Follows a decision that may have changed the members or the settings. */
  public Decision follow(Room before, Decision decision, Audience audience, long nowMs) {
    return votes.follow(before, decision, audience, nowMs);
  }

  /** Returns when {@link #tick} has something to do, ms since the epoch. */
  public static long nextDeadlineMs(Room room, Audience audience) {
    return FilmEndRules.nextDeadlineMs(room, audience);
  }
}
