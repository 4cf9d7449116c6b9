package dev.watchnchill.party.playback;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the viewers' players right now: a value that grows out of the events of the room
 * and is stored nowhere (rules TL3, TL9, WT2).
 *
 * <p>Whoever hears the events of a room, on whatever instance, comes to the same audience. It knows
 * members only: who leaves is forgotten.
 */
public final class Audience {
  /** Nobody is known. */
  public static final Audience NONE = new Audience(ViewerTable.EMPTY);

  private final ViewerTable viewers;

  private Audience(ViewerTable viewers) {
    this.viewers = viewers;
  }

  /** What is known of that user's player. */
  public Viewer of(UserId user) {
    Viewer viewer = viewers.find(user);
    return viewer == null ? Viewer.UNKNOWN : viewer;
  }

  /** Of how many something is known. */
  public int size() {
    return viewers.size();
  }

  /**
   * What is known after that event.
   *
   * @param before the room before the change that the event belongs to, or as it is when it belongs
   *     to none
   */
  public Audience after(RoomEvent event, Room before, long nowMs) {
    return switch (event) {
      case RoomEvent.ViewerSignal sign -> heard(sign, before, nowMs);
      case RoomEvent.UserLeft left -> without(left.userId());
      case RoomEvent.UserAway away -> lost(away.userId(), before);
      case RoomEvent.UserReturned back -> lost(back.userId(), before);
      case RoomEvent.VideoSet _ -> each(Viewer::atNextFilm);
      case RoomEvent.TimelineChanged changed -> moved(changed, before);
      case RoomEvent.RoomClosed _ -> NONE;
      case RoomEvent.UserJoined _,
          RoomEvent.UserPromoted _,
          RoomEvent.Controlled _,
          RoomEvent.WaitingSet _,
          RoomEvent.MessageSent _,
          RoomEvent.SyncReported _,
          RoomEvent.Typing _ ->
          this;
    };
  }

  /** What is known of the members of that room. */
  public Audience within(Room room) {
    ViewerTable members = viewers.where(user -> room.members().find(user) != null);
    return members.size() == viewers.size() ? this : new Audience(members);
  }

  private Audience heard(RoomEvent.ViewerSignal sign, Room room, long nowMs) {
    Member member = room.members().find(sign.userId());
    if (member == null || member.away()) {
      return this; // said before it was lost
    }
    Viewer viewer = of(member.id());
    return with(
        member.id(),
        switch (sign) {
          case RoomEvent.Reported reported -> viewer.reporting(reported.report(), nowMs);
          case RoomEvent.Readied readied -> readied(viewer, readied.seq(), room.timeline());
          case RoomEvent.Stalled _ -> viewer.stalled(nowMs);
          case RoomEvent.Recovered _ -> recovered(viewer, room.timeline());
        });
  }

  private static Viewer readied(Viewer viewer, long seq, Timeline timeline) {
    ReadyBarrier barrier = timeline.barrier();
    boolean stale = seq < (barrier == null ? timeline.seq() : barrier.seq());
    return stale ? viewer.heard() : viewer.ready(seq);
  }

  /** Whoever plays again need not be waited for, unless it has to go elsewhere first. */
  private static Viewer recovered(Viewer viewer, Timeline timeline) {
    ReadyBarrier barrier = timeline.barrier();
    return barrier != null && barrier.reason() == ReadyBarrier.Reason.STALL
        ? viewer.ready(timeline.seq())
        : viewer.recovered();
  }

  private Audience moved(RoomEvent.TimelineChanged changed, Room before) {
    Audience next = this;
    ReadyBarrier begun = changed.timeline().barrier();
    if (changed.reason() == RoomEvent.Reason.STALL && begun != null) {
      for (UserId user : begun.awaited()) {
        next = next.with(user, next.of(user).withStrike());
      }
    }
    ReadyBarrier ended = before.timeline().barrier();
    if (changed.reason() == RoomEvent.Reason.DEADLINE && ended != null) {
      for (UserId user : ended.awaited()) {
        if (awaits(user, ended, before)) {
          next = next.with(user, next.of(user).muted());
        }
      }
    }
    return next;
  }

  /**
   * Returns whether that wait is still for that user: present, not known to be ready, and not known
   * to stand aside (rules TL9, VF3).
   */
  boolean awaits(UserId user, ReadyBarrier barrier, Room room) {
    Member member = room.members().find(user);
    if (member == null || member.away()) {
      return false;
    }
    Viewer viewer = of(user);
    return viewer.readySeq() < barrier.seq() && !viewer.standsAside();
  }

  private Audience lost(UserId user, Room before) {
    return viewers.find(user) != null || before.timeline().barrier() != null
        ? with(user, of(user).lost(before.timeline().seq()))
        : this;
  }

  private Audience with(UserId user, Viewer viewer) {
    return new Audience(viewers.with(user, viewer));
  }

  private Audience without(UserId user) {
    return new Audience(viewers.without(user));
  }

  private Audience each(UnaryOperator<Viewer> how) {
    return new Audience(viewers.each(how));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Audience audience && viewers.equals(audience.viewers);
  }

  @Override
  public int hashCode() {
    return viewers.hashCode();
  }

  @Override
  public String toString() {
    return viewers.toString();
  }
}
