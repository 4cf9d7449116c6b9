package dev.watchnchill.party.playback;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.SetWaiting;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides when the film waits for its viewers, and when it goes on (rules TL9, WT1, WT2, QU10). */
public final class WaitingRules {
  private final Limits limits;
  private final StartLead lead;

  /** Creates the rules with the given bounds. */
  public WaitingRules(Limits limits) {
    this.limits = limits;
    this.lead = new StartLead(limits);
  }

  /** Sets the wait policy. A wait that has begun is not changed. */
  public Decision setWaiting(Room room, SetWaiting set, long nowMs) {
    WaitPolicy next =
        room.waiting()
            .with(set.mode(), set.seconds(), set.graceMs(), set.peopleMax(), set.strikesMax());
    if (next.equals(room.waiting())) {
      return Decision.unchanged(room);
    }
    Room changed = room.changed(nowMs).withWaiting(next);
    return Decision.done(
        changed, List.of(new RoomEvent.WaitingSet(changed.seq(), next, set.actor())));
  }

  /** Returns the earliest time of a common start, ms since the epoch. */
  public double startMs(Room room, Audience audience, long nowMs) {
    return nowMs + lead.ms(room, audience, nowMs);
  }

  /** Returns the barrier of a seek, or null when no viewer is awaited. */
  @Nullable ReadyBarrier seekBarrier(Room room, Audience audience, long seq, long nowMs) {
    List<UserId> awaited =
        awaited(room, audience, viewer -> !viewer.unresponsive() && !viewer.detached());
    return awaited.isEmpty()
        ? null
        : new ReadyBarrier(seq, ReadyBarrier.Reason.SEEK, awaited, nowMs + limits.readyBarrierMs());
  }

  /**
   * Returns the barrier of a film that follows another one, or null when no viewer is awaited.
   *
   * @param audience the audience of the film before
   */
  public @Nullable ReadyBarrier nextBarrier(Room room, Audience audience, long seq, long nowMs) {
    List<UserId> awaited =
        awaited(room, audience, viewer -> !viewer.unresponsive() && !viewer.heldBack());
    return awaited.isEmpty()
        ? null
        : new ReadyBarrier(seq, ReadyBarrier.Reason.NEXT, awaited, nowMs + limits.nextBarrierMs());
  }

  private List<UserId> awaited(Room room, Audience audience, Predicate<Viewer> follows) {
    return room.members().list().stream()
        .filter(member -> !member.away() && member.session() != null)
        .map(Member::id)
        .filter(id -> follows.test(audience.of(id)))
        .limit(limits.readyAwaitedMax())
        .toList();
  }

  /** Returns how long a film plays after a wait before it may wait for a stall again, ms. */
  public static double stallCooldownMs(Room room) {
    return room.waiting().seconds() * 1_000.0;
  }

  /** Begins or ends a wait when that is due at the given time. */
  public Decision tick(Room room, Audience audience, long nowMs) {
    if (nowMs < nextDeadlineMs(room, audience)) {
      return Decision.unchanged(room);
    }
    ReadyBarrier barrier = room.timeline().barrier();
    return barrier == null ? begin(room, audience, nowMs) : end(room, barrier, audience, nowMs);
  }

  /**
   * Returns when {@link #tick} has something to do, ms since the epoch; a time that has passed
   * means at once. {@link Long#MAX_VALUE} when there is nothing to do.
   */
  public long nextDeadlineMs(Room room, Audience audience) {
    Timeline timeline = room.timeline();
    ReadyBarrier barrier = timeline.barrier();
    if (barrier != null) {
      boolean late =
          barrier.awaited().stream().anyMatch(user -> audience.awaits(user, barrier, room));
      return late ? barrier.untilMs() : Math.min(barrier.untilMs(), (long) timeline.atMs());
    }
    if (!timeline.playing() || room.waiting().mode() == WaitPolicy.Mode.NEVER) {
      return Long.MAX_VALUE;
    }
    List<Stall> stalls = stalls(room, audience);
    if (stalls.isEmpty()) {
      return Long.MAX_VALUE;
    }
    double playingFor = Math.max(timeline.stallCooldownMs(), room.waiting().graceMs());
    double stalledFor = stalls.getFirst().sinceMs() + (double) room.waiting().graceMs();
    return (long) Math.ceil(Math.max(timeline.atMs() + playingFor, stalledFor));
  }

  private record Stall(UserId user, long sinceMs) {}

  /** Returns the stalls that the room may wait for, longest first. */
  private static List<Stall> stalls(Room room, Audience audience) {
    var stalls = new ArrayList<Stall>();
    for (Member member : room.members().list()) {
      Viewer viewer = audience.of(member.id());
      Long since = viewer.stalledSinceMs();
      if (since != null
          && !member.away()
          && !viewer.unresponsive()
          && !viewer.detached()
          && viewer.strikes() < room.waiting().strikesMax()) {
        stalls.add(new Stall(member.id(), since));
      }
    }
    stalls.sort(Comparator.comparingLong(Stall::sinceMs));
    return stalls;
  }

  private static Decision begin(Room room, Audience audience, long nowMs) {
    List<UserId> awaited =
        stalls(room, audience).stream().limit(room.waiting().peopleMax()).map(Stall::user).toList();
    Room changed = room.changed(nowMs);
    var barrier =
        new ReadyBarrier(
            changed.seq(),
            ReadyBarrier.Reason.STALL,
            awaited,
            nowMs + 1_000L * room.waiting().seconds());
    double position = room.timeline().targetAt(nowMs);
    Timeline timeline =
        room.timeline().prepare(barrier, position, nowMs, stallCooldownMs(room), null);
    return moved(changed, timeline, Reason.STALL);
  }

  private Decision end(Room room, ReadyBarrier barrier, Audience audience, long nowMs) {
    boolean late =
        barrier.awaited().stream().anyMatch(user -> audience.awaits(user, barrier, room));
    Room changed = room.changed(nowMs);
    Timeline old = room.timeline();
    double startMs = startMs(room, audience, nowMs);
    return moved(
        changed,
        old.play(changed.seq(), old.position(), nowMs, startMs, null),
        late ? Reason.DEADLINE : Reason.READY);
  }

  private static Decision moved(Room changed, Timeline timeline, Reason reason) {
    return Decision.done(
        changed.withTimeline(timeline),
        List.of(new RoomEvent.TimelineChanged(changed.seq(), timeline, reason)));
  }
}
