package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.playback.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * The 5-second sync for base clients in a room that a client of ours drives (rule TL8).
 *
 * <p>A base host sends {@code sync-check} by itself; ours follows the timeline and sends none.
 */
final class BaseSync {
  private static final long PERIOD_MS = 5_000;

  private final LiveRoom room;
  private final RoomContext context;
  private boolean extendedDriver;
  private Scheduler.@Nullable Timer timer;

  BaseSync(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  void drivenBy(boolean extendedClient) {
    extendedDriver = extendedClient;
  }

  void follow(Timeline timeline) {
    if (!timeline.playing()) {
      cancel();
    } else if (timer == null) {
      schedule();
    }
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void schedule() {
    timer = context.scheduler().after(PERIOD_MS, () -> room.mailbox().submit(this::fire));
  }

  private void fire() {
    Room now = room.state();
    if (timer == null || now == null || !now.timeline().playing()) {
      timer = null;
      return;
    }
    if (extendedDriver) {
      for (Session session : room.seats().values()) {
        if (!session.resumable()) {
          room.sendPosition(session, now);
        }
      }
    }
    schedule();
  }
}
