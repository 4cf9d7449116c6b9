package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import java.util.List;

/**
 * Tracks the players of a room's viewers and sends their status (rules TL9, WT2, ST1).
 *
 * <p>It is derived from the events that the store publishes, so that all instances agree.
 */
public final class ViewerTracker {
  private final LiveRoom room;
  private final RoomContext context;
  private final ViewerStatusBroadcaster board;
  private Audience audience = Audience.NONE;

  public ViewerTracker(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
    this.board = new ViewerStatusBroadcaster(room, context);
  }

  public Audience audience() {
    return audience;
  }

  /** Follows a loaded room: members that have left meanwhile are removed. */
  public void loaded(Room loaded) {
    audience = audience.within(loaded);
  }

  /**
   * Follows an event that has been sent to the members.
   *
   * @param before the room before the event's change
   * @param now the room after that change
   */
  public void apply(RoomEvent event, Room before, Room now) {
    audience = audience.after(event, before, context.clock().nowMs());
    switch (event) {
      case RoomEvent.PlayerReported reported -> {
        if (now.members().find(reported.userId()) != null) {
          board.reported(reported.userId(), reported.report());
        }
      }
      case RoomEvent.UserLeft left -> board.forget(left.userId());
      case RoomEvent.UserAway away -> board.forget(away.userId());
      case RoomEvent.UserReturned back -> board.forget(back.userId());
      case RoomEvent.TimelineChanged changed -> {
        if (waitsOrGoesOn(changed, before.timeline())
            || stoppedByNobody(changed)
            || startsLater(changed)) {
          tellBaseMembers(now);
        }
      }
      case RoomEvent.UserJoined _,
          RoomEvent.UserPromoted _,
          RoomEvent.UserDemoted _,
          RoomEvent.RoomTransferred _,
          RoomEvent.SettingsChanged _,
          RoomEvent.MemberMuted _,
          RoomEvent.HostsChange _,
          RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.WaitingSet _,
          RoomEvent.QueueChanged _,
          RoomEvent.SubtitlesChanged _,
          RoomEvent.ChatChange _,
          RoomEvent.VoiceChanged _,
          RoomEvent.RoomClosed _,
          RoomEvent.TransientEvent _,
          RoomEvent.PlayerReady _,
          RoomEvent.PlayerStalled _,
          RoomEvent.PlayerRecovered _ -> {}
    }
  }

  /** Returns whether something may be due because of an event. */
  public boolean mayMakeSomethingDue(RoomEvent event) {
    return switch (event) {
      case RoomEvent.PlayerReported reported ->
          audience.of(reported.userId()).stalledSinceMs() != null
              || audience.mayEndFilm(reported.userId());
      case RoomEvent.PlayerReady _,
          RoomEvent.PlayerStalled _,
          RoomEvent.PlayerRecovered _,
          RoomEvent.UserJoined _,
          RoomEvent.UserLeft _,
          RoomEvent.UserAway _,
          RoomEvent.UserReturned _,
          RoomEvent.UserPromoted _,
          RoomEvent.UserDemoted _,
          RoomEvent.RoomTransferred _,
          RoomEvent.HostsChange _, // somebody who waits does so for a while
          RoomEvent.TimelineChanged _,
          RoomEvent.WaitingSet _ ->
          true;
      case RoomEvent.SettingsChanged _,
          RoomEvent.MemberMuted _,
          RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.QueueChanged _,
          RoomEvent.SubtitlesChanged _,
          RoomEvent.ChatChange _,
          RoomEvent.VoiceChanged _,
          RoomEvent.RoomClosed _,
          RoomEvent.TransientEvent _ ->
          false;
    };
  }

  /** Sends a joining socket the status of the members that it is shown. */
  void sendStatus(Session session, List<Member> shown) {
    board.sendTo(session, shown, audience);
  }

  public void clear() {
    audience = Audience.NONE;
    board.clear();
  }

  /** Sends base clients, which know no waits, a pause and a play instead (rule TL9). */
  private static boolean waitsOrGoesOn(RoomEvent.TimelineChanged changed, Timeline before) {
    return switch (changed.reason()) {
      // A seek may end a wait for which base clients have paused.
      case SEEK, UNDO -> changed.timeline().preparing() || before.preparing();
      case STALL -> changed.timeline().preparing();
      case NEXT -> changed.timeline().playing() || changed.timeline().position() > 0;
      case READY, DEADLINE, ENDED -> true;
      case PLAY, PAUSE, VIDEO, SYNC, DURATION, RATE -> false;
    };
  }

  /**
   * Returns whether a film without viewers was paused (rule IN3); base clients get no event for
   * that.
   */
  private static boolean stoppedByNobody(RoomEvent.TimelineChanged changed) {
    return changed.reason() == RoomEvent.Reason.PAUSE && changed.timeline().by() == null;
  }

  /** Returns whether a film starts elsewhere than at 0, as base clients expect (rule MD3). */
  private static boolean startsLater(RoomEvent.TimelineChanged changed) {
    return changed.reason() == RoomEvent.Reason.VIDEO && changed.timeline().position() > 0;
  }

  private void tellBaseMembers(Room now) {
    for (Session session : room.seats().all().values()) {
      if (!session.resumable()) {
        room.broadcaster().position(session, now);
      }
    }
  }
}
