package dev.watchnchill.party.queue;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand.VoteItem;
import dev.watchnchill.party.QueueCommand.VoteSkip;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.queue.ShowRules.Cause;
import java.util.ArrayList;
import java.util.List;

/** Decides on votes (rule QU7). */
final class VoteRules {
  private final ShowRules shows;

  VoteRules(ShowRules shows) {
    this.shows = shows;
  }

  /** Votes for an item, or takes the vote back. */
  static Decision voteItem(Room room, VoteItem vote, long nowMs) {
    if (room.queue().find(vote.item()) == null) {
      return Decision.rejected(room, Rejection.ITEM_NOT_FOUND);
    }
    Votes votes = room.queue().votes();
    Ballot before = votes.of(vote.actor());
    Ballot after = before.withItem(vote.item(), vote.on());
    if (after.items().size() > Ballot.ITEMS_MAX) {
      return Decision.rejected(room, Rejection.TOO_MANY_VOTES);
    }
    if (after.equals(before)) {
      return Decision.unchanged(room);
    }
    var events = new ArrayList<RoomEvent>();
    Queue next = room.queue().withVotes(votes.with(vote.actor(), after));
    return Decision.done(QueueDiff.put(room.changed(nowMs), next, vote.actor(), events), events);
  }

  /** Votes to skip the current item, or takes the vote back; the last vote needed skips it. */
  Decision voteSkip(Room room, Audience audience, Member member, VoteSkip vote, long nowMs) {
    if (room.settings().skipShare() == 0) {
      return Decision.rejected(room, Rejection.VOTES_OFF);
    }
    if (room.media() == null) {
      return Decision.rejected(room, Rejection.QUEUE_EMPTY);
    }
    Votes votes = room.queue().votes();
    Ballot before = votes.of(vote.actor());
    Ballot after = before.withSkip(vote.on() && !member.away());
    if (after.equals(before)) {
      return Decision.unchanged(room);
    }
    var events = new ArrayList<RoomEvent>();
    Room changed = room.changed(nowMs);
    Queue next = room.queue().withVotes(votes.with(vote.actor(), after));
    Room voted = changed.withQueue(next);
    boolean passes = vote.on() && SkipVotes.of(voted).passes();
    Room done =
        passes
            ? skip(voted, audience, events, nowMs)
            : QueueDiff.put(changed, next, vote.actor(), events);
    return Decision.done(done, events);
  }

  /** Goes on to the next item, within a change that has its number already. */
  private Room skip(Room room, Audience audience, List<RoomEvent> events, long nowMs) {
    Queue next = ShowRules.following(room, Cause.SKIPPED, nowMs);
    if (next != null) {
      return shows.show(room, audience, next, null, events, nowMs);
    }
    Timeline timeline = room.timeline();
    double end = timeline.duration() > 0 ? timeline.duration() : timeline.targetAt(nowMs);
    return ShowRules.stop(room.withJump(null), end, events, nowMs);
  }

  /**
   * Follows a change of the members or of the settings: votes of members that left end, and the
   * others may be enough then.
   *
   * @param before the room before the decision
   */
  Decision follow(Room before, Decision decision, Audience audience, long nowMs) {
    Room room = decision.next();
    Queue queue = room.queue();
    if (queue.votes().isEmpty()
        || room.closed()
        || (room.members().equals(before.members()) && room.settings().equals(before.settings()))) {
      return decision;
    }
    Votes votes = queue.votes();
    boolean fewer = room.settings().skipShare() != before.settings().skipShare();
    for (RoomEvent event : decision.events()) {
      if (event instanceof RoomEvent.UserLeft left) {
        votes = without(votes, left.userId(), Ballot.EMPTY);
        fewer = true;
      } else if (event instanceof RoomEvent.UserAway away) {
        votes = without(votes, away.userId(), votes.of(away.userId()).withSkip(false));
      }
    }
    if (room.settings().skipShare() == 0) {
      votes = votes.withoutSkips();
    }
    var events = new ArrayList<>(decision.events());
    SkipVotes known = SkipVotes.of(queue.votes(), before.members(), before.settings());
    Room next = QueueDiff.put(room, queue.withVotes(votes), known, null, events);
    if (fewer && votes.skips() > 0 && SkipVotes.of(next).passes()) {
      next = skip(next, audience, events, nowMs);
    }
    return new Decision(next, events, null, decision.joined(), 0);
  }

  private static Votes without(Votes votes, UserId user, Ballot left) {
    return votes.of(user).equals(left) ? votes : votes.with(user, left);
  }
}
