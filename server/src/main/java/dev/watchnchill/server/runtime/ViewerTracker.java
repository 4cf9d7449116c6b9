package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import java.util.List;

/**
 * What this instance knows of the players of a room's viewers, and what it tells of them (rules
 * TL9, WT2, ST1).
 *
 * <p>It grows out of the events that the store publishes, so that several instances know the same.
 */
final class ViewerTracker {
  private final RoomActor room;
  private final RoomContext context;
  private final ViewerStatusBroadcaster board;
  private Audience audience = Audience.NONE;

  ViewerTracker(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
    this.board = new ViewerStatusBroadcaster(room, context);
  }

  Audience audience() {
    return audience;
  }

  /** That room was loaded: whoever has left meanwhile is forgotten. */
  void loaded(Room loaded) {
    audience = audience.within(loaded);
  }

  /**
   * Something has happened, and the members know.
   *
   * @param before the room before the change that it belongs to
   * @param now the room after that change
   */
  void apply(RoomEvent event, Room before, Room now) {
    audience = audience.after(event, before, context.clock().nowMs());
    switch (event) {
      case RoomEvent.Reported reported -> {
        if (now.members().find(reported.userId()) != null) {
          board.reported(reported.userId(), reported.report());
        }
      }
      case RoomEvent.UserLeft left -> board.forget(left.userId());
      case RoomEvent.UserAway away -> board.forget(away.userId());
      case RoomEvent.UserReturned back -> board.forget(back.userId());
      case RoomEvent.TimelineChanged changed -> {
        if (waitsOrGoesOn(changed) || stoppedByNobody(changed) || startsLater(changed)) {
          tellBaseMembers(now);
        }
      }
      case RoomEvent.UserJoined _,
          RoomEvent.UserPromoted _,
          RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.WaitingSet _,
          RoomEvent.MessageSent _,
          RoomEvent.RoomClosed _,
          RoomEvent.TransientEvent _,
          RoomEvent.Readied _,
          RoomEvent.Stalled _,
          RoomEvent.Recovered _ -> {}
    }
  }

  /** Whether something may be due because of that event. */
  boolean mayMakeSomethingDue(RoomEvent event) {
    return switch (event) {
      case RoomEvent.Reported reported -> audience.of(reported.userId()).stalledSinceMs() != null;
      case RoomEvent.Readied _,
          RoomEvent.Stalled _,
          RoomEvent.Recovered _,
          RoomEvent.UserJoined _,
          RoomEvent.UserLeft _,
          RoomEvent.UserAway _,
          RoomEvent.UserReturned _,
          RoomEvent.UserPromoted _,
          RoomEvent.TimelineChanged _,
          RoomEvent.WaitingSet _ ->
          true;
      case RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.MessageSent _,
          RoomEvent.RoomClosed _,
          RoomEvent.TransientEvent _ ->
          false;
    };
  }

  /** A joiner hears how those whom it is shown do. */
  void sendStatus(Session session, List<Member> shown) {
    board.sendTo(session, shown, audience);
  }

  void clear() {
    audience = Audience.NONE;
    board.clear();
  }

  /** Base members know no waiting film: for them it stands, and plays again (rule TL9). */
  private static boolean waitsOrGoesOn(RoomEvent.TimelineChanged changed) {
    return switch (changed.reason()) {
      case SEEK, STALL -> changed.timeline().preparing();
      case READY, DEADLINE -> true;
      case PLAY, PAUSE, VIDEO, SYNC, DURATION, RATE -> false;
    };
  }

  /** A film that nobody saw was stopped (rule IN3); no event for base members says so. */
  private static boolean stoppedByNobody(RoomEvent.TimelineChanged changed) {
    return changed.reason() == RoomEvent.Reason.PAUSE && changed.timeline().by() == null;
  }

  /** Base members take every film to start at 0; a link may say otherwise (rule MD3). */
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
