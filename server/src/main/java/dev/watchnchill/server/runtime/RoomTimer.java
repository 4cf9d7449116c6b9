package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one timer of a room for what is due by itself: graces, handover, waits, the end (rules RS4,
 * LV4, LV5, LF1, TL9, WT2).
 */
final class RoomTimer {
  private static final Logger log = LoggerFactory.getLogger(RoomTimer.class);
  private static final long RETRY_MS = 1_000;

  private final RoomActor room;
  private final RoomContext context;
  private Scheduler.@Nullable Timer timer;
  private long dueMs = Long.MAX_VALUE;
  private boolean willLook;

  RoomTimer(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /**
   * Something is due then. A timer that fires sooner is left alone: it looks again when it fires.
   */
  void set(long nextDueMs) {
    if (timer != null && dueMs <= nextDueMs) {
      return;
    }
    cancel();
    dueMs = nextDueMs;
    long delayMs = Math.max(1, nextDueMs - context.clock().nowMs());
    timer = context.scheduler().after(delayMs, () -> room.inTurn(this::fire));
  }

  /**
   * Something was heard that may be due now or later: looks when what is going on in the room is
   * done.
   */
  void lookSoon() {
    if (!willLook) {
      willLook = true;
      room.inTurn(this::nothingDue, this::fire);
    }
  }

  private boolean nothingDue() {
    willLook = false;
    Room now = room.known();
    if (now == null) {
      return true;
    }
    long nextDueMs = context.rules().nextDeadlineMs(now, room.viewers().audience());
    if (nextDueMs <= context.clock().nowMs()) {
      return false;
    }
    set(nextDueMs);
    return true;
  }

  /** Something could not be done: looks again soon. */
  void retry() {
    set(context.clock().nowMs() + RETRY_MS);
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    dueMs = Long.MAX_VALUE;
  }

  private void fire() {
    cancel();
    if (room.isAway()) {
      retry();
      return;
    }
    try {
      boolean settled = room.settle();
      room.apply(new RoomCommand.Tick());
      Room now = room.state();
      if (now != null) {
        set(context.rules().nextDeadlineMs(now, room.viewers().audience()));
      }
      if (!settled) {
        retry();
      }
    } catch (RuntimeException e) {
      // Whatever it was, the room must not lose its clock: what is due stays due.
      log.atLevel(FailureLogLevel.level(e))
          .log("What was due in room {} could not be done yet: {}", room.id(), e.toString());
      retry();
    }
    room.retireIfUnused();
  }
}
