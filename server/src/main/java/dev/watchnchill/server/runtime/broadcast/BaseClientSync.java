package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * The 5-second sync for base clients in a room that an extended client drives (rule TL8).
 *
 * <p>A base host sends {@code sync-check} by itself; an extended one follows the timeline and sends
 * none.
 */
public final class BaseClientSync {
  private static final long PERIOD_MS = 5_000;

  private final LiveRoom room;
  private final RoomContext context;
  // Counts the runs of the film: a timer that fires while the film is paused and played again
  // belongs to an old one.
  private int run;
  private Scheduler.@Nullable Timer timer;

  public BaseClientSync(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  public void follow(Timeline timeline) {
    if (!timeline.playing()) {
      cancel();
    } else if (timer == null) {
      schedule();
    }
  }

  public void cancel() {
    run++;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void schedule() {
    int ofRun = run;
    timer = context.scheduler().after(PERIOD_MS, () -> room.enqueue(() -> fire(ofRun)));
  }

  private void fire(int ofRun) {
    Room now = room.cachedState();
    if (ofRun != run || now == null || !now.timeline().playing()) {
      return;
    }
    if (drivenByExtendedClient(now)) {
      for (Session session : room.seats().all().values()) {
        if (!session.resumable()) {
          room.broadcaster().position(session, now);
        }
      }
    }
    schedule();
  }

  /** Returns whether the room needs the sync; every instance computes the same from the room. */
  private static boolean drivenByExtendedClient(Room now) {
    UserId by = now.timeline().by();
    Member driver = by == null ? null : now.members().find(by);
    return driver == null || driver.session() != null;
  }
}
