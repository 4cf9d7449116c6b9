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
import org.jspecify.annotations.Nullable;

/** When the film waits for its viewers, and when it goes on (rules TL9, WT1, WT2). */
public final class WaitingRules {
  private final Limits limits;
  private final StartLead lead;

  /** The rules within these bounds. */
  public WaitingRules(Limits limits) {
    this.limits = limits;
    this.lead = new StartLead(limits);
  }

  /** The room waits by other rules. A wait that has begun stays as it is. */
  public Decision setWaiting(Room room, SetWaiting set, long nowMs) {
    WaitPolicy next =
        room.waiting()
            .with(set.mode(), set.seconds(), set.graceMs(), set.peopleMax(), set.strikesMax());
    if (next.equals(room.waiting())) {
      return Decision.nothing(room);
    }
    Room changed = room.changed(nowMs).withWaiting(next);
    return Decision.done(
        changed, List.of(new RoomEvent.WaitingSet(changed.seq(), next, set.actor())));
  }

  /** When a common start may be, ms since the epoch. */
  double startMs(Room room, Audience audience, long nowMs) {
    return nowMs + lead.ms(room, audience, nowMs);
  }

  /** For whom a film that was moved waits, or null when there is nobody. */
  @Nullable ReadyBarrier forSeek(Room room, Audience audience, long seq, long nowMs) {
    List<UserId> awaited =
        room.members().list().stream()
            .filter(member -> !member.away() && member.session() != null)
            .map(Member::id)
            .filter(id -> !audience.of(id).mute() && !audience.of(id).standsAside())
            .limit(limits.readyAwaitedMax())
            .toList();
    return awaited.isEmpty()
        ? null
        : new ReadyBarrier(seq, ReadyBarrier.Reason.SEEK, awaited, nowMs + limits.readyBarrierMs());
  }

  /** How long a film plays in calm after a wait, ms. */
  static double calmMs(Room room) {
    return room.waiting().seconds() * 1_000.0;
  }

  /** Does what is due at that time: the end of a wait, or its beginning. */
  public Decision tick(Room room, Audience audience, long nowMs) {
    if (nowMs < nextDeadlineMs(room, audience)) {
      return Decision.nothing(room);
    }
    ReadyBarrier barrier = room.timeline().barrier();
    return barrier == null ? begin(room, audience, nowMs) : end(room, barrier, audience, nowMs);
  }

  /**
   * When {@link #tick} has something to do, ms since the epoch; {@link Long#MAX_VALUE} when there
   * is nothing. A time that has passed says: at once.
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
    double playingFor = Math.max(timeline.calmMs(), room.waiting().graceMs());
    double stalledFor = stalls.getFirst().sinceMs() + (double) room.waiting().graceMs();
    return (long) Math.ceil(Math.max(timeline.atMs() + playingFor, stalledFor));
  }

  private record Stall(UserId user, long sinceMs) {}

  /** Who has run dry and may be waited for, longest first. */
  private static List<Stall> stalls(Room room, Audience audience) {
    var stalls = new ArrayList<Stall>();
    for (Member member : room.members().list()) {
      Viewer viewer = audience.of(member.id());
      Long since = viewer.stalledSinceMs();
      if (since != null
          && !member.away()
          && !viewer.mute()
          && !viewer.standsAside()
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
    double here = room.timeline().targetAt(nowMs);
    Timeline timeline = room.timeline().prepare(barrier, here, nowMs, calmMs(room), null);
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
        changed.at(timeline),
        List.of(new RoomEvent.TimelineChanged(changed.seq(), timeline, reason)));
  }
}
