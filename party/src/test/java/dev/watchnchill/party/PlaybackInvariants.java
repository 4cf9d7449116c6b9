package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import java.util.HashMap;
import java.util.Map;

/**
 * Checks the rules of waiting (TL9, TL10, WT2) on every decision of a room whose deadlines are
 * kept, with state of its own; throws at a violation.
 */
public final class PlaybackInvariants {
  private final int awaitedMax;
  private final Map<UserId, Integer> stallWaits = new HashMap<>();
  private long shownMs = Long.MIN_VALUE;
  private double playedMs;
  private double calmMs;

  /**
   * @param awaitedMax most viewers that a seek waits for
   */
  public PlaybackInvariants(int awaitedMax) {
    this.awaitedMax = awaitedMax;
  }

  /** Checks a decision. */
  public void check(Room before, RoomCommand command, Decision decision, long nowMs) {
    Room after = decision.next();
    played(before.timeline(), nowMs);
    ReadyBarrier barrier = before.timeline().barrier();
    if (barrier != null) {
      assertThat(nowMs).as("no wait outlives its deadline").isLessThanOrEqualTo(barrier.untilMs());
    }
    for (RoomEvent event : decision.events()) {
      if (event instanceof RoomEvent.VideoSet) {
        stallWaits.clear();
        calmMs = 0;
      }
      if (event instanceof RoomEvent.TimelineChanged changed) {
        ReadyBarrier begun = changed.timeline().barrier();
        if (begun != null && begun.seq() == changed.seq()) {
          begins(before, after, changed, begun, nowMs);
        }
      }
    }
    boolean controls =
        command instanceof RoomCommand.HostCommand
            || command instanceof RoomCommand.ControlCommand
            || command instanceof QueueCommand.HostQueueCommand;
    if (controls && !mayControl(before, command)) {
      assertThat(after).as("who may not control changes nothing").isSameAs(before);
    }
    boolean outage =
        command instanceof RoomCommand.MarkInstancesDead; // goes back to where it was seen last
    boolean followed = decision.events().stream().anyMatch(PlaybackInvariants::endsFilm);
    if (!controls && !outage && !followed) {
      assertThat(after.timeline().targetAt(nowMs))
          .as("only a control moves the film")
          .isEqualTo(before.timeline().targetAt(nowMs));
      assertThat(after.timeline().rate()).isEqualTo(before.timeline().rate());
    }
    if (!controls && !followed && before.timeline().phase() == Timeline.Phase.PAUSED) {
      assertThat(after.timeline()).as("paused stays paused").isSameAs(before.timeline());
    }
    if (command instanceof RoomCommand.Pause && decision.rejection() == null) {
      assertThat(after.timeline().phase()).as("pause wins").isEqualTo(Timeline.Phase.PAUSED);
    }
    ReadyBarrier kept = after.timeline().barrier();
    if (kept != null && barrier != null && kept.seq() == barrier.seq()) {
      assertThat(kept).as("a wait never changes").isEqualTo(barrier);
    }
    if (kept != null && command instanceof RoomCommand.Tick) {
      assertThat(nowMs).as("over when it is time").isLessThan(kept.untilMs());
    }
  }

  /** Returns whether another film is shown, or the film has ended (QU). */
  private static boolean endsFilm(RoomEvent event) {
    return event instanceof RoomEvent.VideoSet
        || (event instanceof RoomEvent.TimelineChanged changed
            && changed.reason() == RoomEvent.Reason.ENDED);
  }

  private static boolean mayControl(Room room, RoomCommand command) {
    UserId actor = command.actor();
    Member member = actor == null ? null : room.members().find(actor);
    boolean everyone =
        command instanceof RoomCommand.ControlCommand
            && room.settings().control() == RoomSettings.Who.EVERYONE;
    return member != null && (member.host() || everyone);
  }

  private void played(Timeline timeline, long nowMs) {
    if (timeline.playing() && shownMs != Long.MIN_VALUE) {
      playedMs += Math.max(0, nowMs - Math.max(shownMs, timeline.atMs()));
    }
    shownMs = nowMs;
  }

  private void begins(
      Room before, Room after, RoomEvent.TimelineChanged changed, ReadyBarrier begun, long nowMs) {
    assertThat(changed.timeline().resume()).isTrue();
    assertThat(begun.untilMs()).isGreaterThan(nowMs);
    assertThat(begun.awaited()).doesNotHaveDuplicates();
    for (UserId user : begun.awaited()) {
      Member member = after.members().find(user);
      assertThat(member != null && !member.away()).as("the awaited are present").isTrue();
    }
    if (begun.reason() == ReadyBarrier.Reason.STALL) {
      assertThat(begun.awaited()).hasSizeLessThanOrEqualTo(after.waiting().peopleMax());
      assertThat(playedMs).as("it played for a while before").isGreaterThanOrEqualTo(calmMs);
      assertThat(before.timeline().playing()).isTrue();
      for (UserId user : begun.awaited()) {
        assertThat(stallWaits.merge(user, 1, Integer::sum))
            .as("no more waits for one than strikes")
            .isLessThanOrEqualTo(after.waiting().strikesMax());
      }
    } else {
      assertThat(begun.awaited()).hasSizeLessThanOrEqualTo(awaitedMax);
    }
    calmMs = after.waiting().seconds() * 1_000.0;
    playedMs = 0;
  }
}
