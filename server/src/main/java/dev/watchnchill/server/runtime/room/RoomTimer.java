package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timer of a room for grace periods, the next host, waits and the end of the room (rules RS4,
 * LV4, LV5, LF1, TL9, WT2).
 */
final class RoomTimer {
  private static final Logger log = LoggerFactory.getLogger(RoomTimer.class);
  private static final long RETRY_MS = 1_000;

  private final RoomActor room;
  private final RoomContext context;
  private Scheduler.@Nullable Timer timer;
  private long dueMs = Long.MAX_VALUE;
  private boolean willCheck;

  RoomTimer(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /**
   * Sets the next deadline. A timer that fires sooner is left alone: it checks again when it fires.
   */
  void set(long nextDueMs) {
    if (timer != null && dueMs <= nextDueMs) {
      return;
    }
    cancel();
    dueMs = nextDueMs;
    long delayMs = Math.max(1, nextDueMs - context.clock().nowMs());
    timer = context.scheduler().after(delayMs, () -> room.enqueueTask(this::fire));
  }

  /**
   * Checks whether something is due when the task under way has ended: what has just been applied
   * may have made it so.
   */
  void checkSoon() {
    if (!willCheck) {
      willCheck = true;
      room.enqueueTask(() -> nothingDue() ? Futures.done() : fire());
    }
  }

  private boolean nothingDue() {
    willCheck = false;
    Room now = room.cachedState();
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

  /** Retries soon, after something could not be done. */
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

  private CompletableFuture<?> fire() {
    cancel();
    if (room.isAway()) {
      retry();
      return Futures.done();
    }
    return room.departures()
        .settle()
        .thenCompose(settled -> room.apply(new RoomCommand.Tick()).thenApply(_ -> settled))
        .handle((settled, failure) -> {
          if (failure != null) {
            failed(Futures.cause(failure));
          } else {
            setNext(settled);
          }
          room.retireIfUnused();
          return true;
        });
  }

  private void setNext(boolean settled) {
    Room now = room.cachedState();
    if (now != null) {
      set(context.rules().nextDeadlineMs(now, room.viewers().audience()));
    }
    if (!settled) {
      retry();
    }
  }

  private void failed(Throwable cause) {
    // Whatever it was, the room must not lose its timer: what is due stays due.
    log.atLevel(FailureLogLevel.level(cause))
        .log("What was due in room {} could not be done yet: {}", room.id(), cause.toString());
    retry();
  }
}
