package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what has gathered in a room: after the task under way, and never more often than the sender
 * allows. Only used within the room's tasks.
 */
final class ThrottledSender {
  private final LiveRoom room;
  private final RoomContext context;
  private final LongSupplier send;
  private boolean willSend;
  private long nextAtMs;
  private Scheduler.@Nullable Timer timer;

  /**
   * @param send sends what there is, and returns how long nothing may be sent afterwards, ms
   */
  ThrottledSender(LiveRoom room, RoomContext context, LongSupplier send) {
    this.room = room;
    this.context = context;
    this.send = send;
  }

  /** Sends soon. */
  void request() {
    if (timer == null && !willSend) {
      willSend = true;
      room.enqueue(this::sendOrWait);
    }
  }

  private void sendOrWait() {
    willSend = false;
    long waitMs = nextAtMs - context.clock().nowMs();
    if (waitMs <= 0) {
      sendNow();
    } else if (timer == null) {
      timer = context.scheduler().after(waitMs, () -> room.enqueue(this::fire));
    }
  }

  private void fire() {
    timer = null;
    sendNow();
  }

  private void sendNow() {
    long pauseMs = send.getAsLong();
    if (pauseMs > 0) {
      nextAtMs = context.clock().nowMs() + pauseMs;
    }
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
