package dev.watchnchill.party.playback;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.UserTable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The known state of the viewers' players, derived from the events of a room and never stored
 * (rules TL3, TL9, WT2).
 *
 * <p>Every instance that receives the events of a room derives the same audience. It holds members
 * only: a member who leaves is removed. Immutable.
 */
public final class Audience {
  /** The audience of which nothing is known. */
  public static final Audience NONE = new Audience(UserTable.empty(), 0, 0);

  private final UserTable<Viewer> viewers;

  // So that a play need not look at every viewer to learn that no player says this of the film.
  private final int endings;
  private final int lengths;

  private Audience(UserTable<Viewer> viewers, int endings, int lengths) {
    this.viewers = viewers;
    this.endings = endings;
    this.lengths = lengths;
  }

  private static Audience of(UserTable<Viewer> viewers) {
    int endings = 0;
    int lengths = 0;
    for (Viewer viewer : viewers.all().values()) {
      endings += viewer.stopsFilm() ? 1 : 0;
      lengths += viewer.knowsLength() ? 1 : 0;
    }
    return new Audience(viewers, endings, lengths);
  }

  /** Returns how many players are at the end of the film, or cannot play it. */
  int endings() {
    return endings;
  }

  /** Returns how many players know the length of the film. */
  int lengths() {
    return lengths;
  }

  /** Returns the known state of a member's player. */
  public Viewer of(UserId user) {
    Viewer viewer = viewers.find(user);
    return viewer == null ? Viewer.UNKNOWN : viewer;
  }

  /**
   * Returns whether a member's player says something of the film that may end it, or tells when it
   * ends (rules QU9, QU10).
   */
  public boolean mayEndFilm(UserId user) {
    return of(user).stopsFilm() || of(user).knowsLength();
  }

  /** Returns the number of players of which something is known. */
  public int size() {
    return viewers.size();
  }

  /**
   * Returns the audience after an event.
   *
   * @param before the room before the event's change, or the present room for an event without a
   *     change
   */
  public Audience after(RoomEvent event, Room before, long nowMs) {
    return switch (event) {
      case RoomEvent.ViewerSignal signal -> afterSignal(signal, before, nowMs);
      case RoomEvent.UserLeft left -> without(left.userId());
      case RoomEvent.UserAway away -> withLost(away.userId(), before);
      case RoomEvent.UserReturned back -> withLost(back.userId(), before);
      case RoomEvent.VideoSet _ -> mapAll(Viewer::atNextFilm);
      case RoomEvent.TimelineChanged changed -> afterTimeline(changed, before);
      case RoomEvent.RoomClosed _ -> NONE;
      case RoomEvent.UserJoined _,
          RoomEvent.UserPromoted _,
          RoomEvent.UserDemoted _,
          RoomEvent.RoomTransferred _,
          RoomEvent.SettingsChanged _,
          RoomEvent.MemberMuted _,
          RoomEvent.HostsChange _,
          RoomEvent.Controlled _,
          RoomEvent.WaitingSet _,
          RoomEvent.QueueChanged _,
          RoomEvent.SubtitlesChanged _,
          RoomEvent.ChatChange _,
          RoomEvent.VoiceChanged _,
          RoomEvent.SyncReported _,
          RoomEvent.Typing _,
          RoomEvent.FilmReacted _,
          RoomEvent.VoiceSignalled _,
          RoomEvent.SpeakingChanged _ ->
          this;
    };
  }

  /** Returns the audience reduced to the members of a room. */
  public Audience within(Room room) {
    UserTable<Viewer> members = viewers.filter(user -> room.members().find(user) != null);
    return members.size() == viewers.size() ? this : of(members);
  }

  private Audience afterSignal(RoomEvent.ViewerSignal signal, Room room, long nowMs) {
    Member member = room.members().find(signal.userId());
    if (member == null || member.away()) {
      return this; // sent before the connection was lost
    }
    Viewer viewer = of(member.id());
    return with(
        member.id(),
        switch (signal) {
          case RoomEvent.PlayerReported reported ->
              viewer.withReport(reported.report(), room.timeline(), nowMs);
          case RoomEvent.PlayerReady readied -> readied(viewer, readied.seq(), room.timeline());
          case RoomEvent.PlayerStalled _ -> viewer.stalled(nowMs);
          case RoomEvent.PlayerRecovered _ -> recovered(viewer, room.timeline());
        });
  }

  private static Viewer readied(Viewer viewer, long seq, Timeline timeline) {
    ReadyBarrier barrier = timeline.barrier();
    boolean stale = seq < (barrier == null ? timeline.seq() : barrier.seq());
    return stale ? viewer.asResponsive() : viewer.ready(seq);
  }

  /** Returns a player that plays again: ready, except for one that has to seek first. */
  private static Viewer recovered(Viewer viewer, Timeline timeline) {
    ReadyBarrier barrier = timeline.barrier();
    return barrier != null && barrier.reason() == ReadyBarrier.Reason.STALL
        ? viewer.ready(timeline.seq())
        : viewer.recovered();
  }

  private Audience afterTimeline(RoomEvent.TimelineChanged changed, Room before) {
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
          next = next.with(user, next.of(user).asUnresponsive());
        }
      }
    }
    return next;
  }

  /**
   * Returns whether the barrier still waits for a member: present, not known to be ready, and not
   * known to be detached from the film (rules TL9, VF3).
   */
  boolean awaits(UserId user, ReadyBarrier barrier, Room room) {
    Member member = room.members().find(user);
    if (member == null || member.away()) {
      return false;
    }
    Viewer viewer = of(user);
    return viewer.readySeq() < barrier.seq() && !viewer.detached();
  }

  private Audience withLost(UserId user, Room before) {
    return viewers.find(user) != null || before.timeline().barrier() != null
        ? with(user, of(user).lost(before.timeline().seq()))
        : this;
  }

  private Audience with(UserId user, Viewer viewer) {
    return changed(viewers.with(user, viewer), of(user), viewer);
  }

  private Audience without(UserId user) {
    return changed(viewers.without(user), of(user), Viewer.UNKNOWN);
  }

  private Audience changed(UserTable<Viewer> next, Viewer before, Viewer after) {
    return new Audience(
        next,
        endings + (after.stopsFilm() ? 1 : 0) - (before.stopsFilm() ? 1 : 0),
        lengths + (after.knowsLength() ? 1 : 0) - (before.knowsLength() ? 1 : 0));
  }

  private Audience mapAll(UnaryOperator<Viewer> change) {
    return of(viewers.mapAll(change));
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
