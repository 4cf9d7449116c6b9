package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.SocketIoConfig;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checks of deadlines on an event loop whose time stands still. */
class DeadlineTickTest {
  private static final long LINGER_MS = 5_000;

  private final EmbeddedChannel loop = new EmbeddedChannel();
  private final EventLoopContext context =
      new EventLoopContext(
          loop.eventLoop(), 0, EngineTimeouts.of(SocketIoConfig.builder().build().engine()));

  @BeforeEach
  void start() {
    loop.freezeTime();
    context.start();
  }

  @AfterEach
  void stop() {
    var _ = loop.finishAndReleaseAll();
  }

  /** Lets time pass; returns how often the event loop woke up. */
  private int pass(long millis) {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    int wakes = 0;
    for (long next = nextTask(); next <= left; next = nextTask()) {
      loop.advanceTimeBy(next, TimeUnit.NANOSECONDS);
      left -= next;
      loop.runScheduledPendingTasks();
      wakes++;
    }
    loop.advanceTimeBy(left, TimeUnit.NANOSECONDS);
    return wakes;
  }

  private long nextTask() {
    return Math.max(0, loop.runScheduledPendingTasks());
  }

  private Channel closing() {
    var channel = new EmbeddedChannel();
    context.lingering.add(channel, context.nowNanos());
    return channel;
  }

  @Test
  void EIO13_event_loop_without_deadlines_wakes_up_every_few_seconds() {
    assertThat(pass(60_000)).isBetween(1, 13);
  }

  @Test
  void EIO13_deadline_is_kept_whenever_it_was_added() {
    for (long wait : new long[] {0, 1, 99, 101, 2_500, 4_999, 5_000, 7_321}) {
      pass(wait);
      Channel channel = closing();
      pass(LINGER_MS - 1);
      assertThat(channel.isOpen()).isTrue();
      pass(101);
      assertThat(channel.isOpen()).isFalse();
    }
  }

  @Test
  void EIO13_deadlines_close_to_each_other_share_a_check() {
    for (int n = 0; n < 50; n++) {
      closing();
      pass(1);
    }
    pass(LINGER_MS - 51);
    assertThat(pass(200)).isBetween(1, 3);
    assertThat(context.lingering.size()).isZero();
  }
}
