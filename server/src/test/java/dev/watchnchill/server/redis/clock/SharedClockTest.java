package dev.watchnchill.server.redis.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SharedClockTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final AtomicLong nanos = new AtomicLong(77);
  private final AtomicLong wallMs = new AtomicLong(5_000_000);

  /** Returns a sample without a round trip. */
  private static List<TimeSample> sampleAt(long nanos, double storeMs) {
    return List.of(new TimeSample(nanos, storeMs, nanos));
  }

  @Test
  void TL7_jump_of_the_wall_clock_does_not_move_server_time() {
    var clock = new SharedClock(nanos::get, wallMs::get);
    assertThat(clock.roundTripMs()).isNaN();
    clock.update(sampleAt(nanos.get(), 9_000_000));
    assertThat(clock.nowMs()).isEqualTo(9_000_000);
    assertThat(clock.clockEpoch()).isEqualTo(9_000_000);
    assertThat(clock.aheadOfWallMs()).isEqualTo(4_000_000);
    assertThat(clock.roundTripMs()).isZero();
    wallMs.addAndGet(-3_600_000);
    nanos.addAndGet(2_000_000);
    clock.update(sampleAt(nanos.get(), 9_000_002));
    assertThat(clock.nowExactMs()).isCloseTo(9_000_002, within(1e-6));
    assertThat(clock.clockEpoch()).isEqualTo(9_000_000);
    assertThat(clock.aheadOfWallMs()).isCloseTo(7_600_002, within(1e-6));
  }

  @Test
  void TL7_reading_metrics_does_not_count_as_reading_the_clock() {
    var clock = new SharedClock(nanos::get, wallMs::get);
    assertThat(clock.aheadOfWallMs()).isZero();
    clock.update(sampleAt(nanos.get(), 5_000_500));
    assertThat(clock.nowMs()).isEqualTo(5_000_500);
  }

  @Test
  void TL7_readers_never_see_time_go_back_while_the_clock_slews() throws Exception {
    var clock = new SharedClock(System::nanoTime, () -> 1_000_000);
    long start = System.nanoTime();
    assertThat(clock.clockEpoch()).as("seen from now on").isEqualTo(1_000_000);
    var stop = new AtomicBoolean();
    var readers = new ArrayList<Future<Double>>();
    try (var pool = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 2; i++) {
        readers.add(
            pool.submit(() -> {
              double worst = 0;
              double before = clock.nowExactMs();
              while (!stop.get()) {
                double now = clock.nowExactMs();
                worst = Math.min(worst, now - before);
                before = now;
              }
              return worst;
            }));
      }
      // The store's clock jumps by more than a crystal's drift explains, but always within a
      // second.
      for (int i = 0; i < 3_000; i++) {
        long now = System.nanoTime();
        double off = i / 3 % 2 == 0 ? 30 : -30;
        clock.update(sampleAt(now, 1_000_000 + (now - start) / 1e6 + off));
      }
      stop.set(true);
    }
    for (Future<Double> worst : readers) {
      assertThat(worst.get()).isZero();
    }
    assertThat(clock.clockEpoch()).isEqualTo(1_000_000);
  }

  @Test
  void TL7_clocks_of_two_instances_on_one_redis_agree() {
    try (var links = new TestLinks(REDIS)) {
      var one = new SharedClock(System::nanoTime, () -> 0);
      var two = new SharedClock(System::nanoTime, () -> 1L << 41);
      try (var first = new ClockPoller(one, links.open(), links.scheduler());
          var second = new ClockPoller(two, links.open(), links.scheduler())) {
        assertThat(first.start().toCompletableFuture().join()).isTrue();
        assertThat(second.start().toCompletableFuture().join()).isTrue();
        double apart = one.nowExactMs() - two.nowExactMs();
        double ways = one.roundTripMs() + two.roundTripMs();
        assertThat(apart).isCloseTo(0, within(ways / 2 + 0.5));
        String[] time = REDIS.cli("TIME").split("\\s+", -1);
        assertThat(one.nowExactMs())
            .isCloseTo(
                Long.parseLong(time[0]) * 1e3 + Long.parseLong(time[1]) / 1e3, within(500.0));
      }
    }
  }

  @Test
  void TL7_poll_interval_is_short_during_an_outage_and_after_an_outlier() {
    var pauses = new ArrayList<Long>();
    Queue<Runnable> tasks = new ArrayDeque<>();
    Scheduler scheduler =
        (delayMs, task) -> {
          pauses.add(delayMs);
          tasks.add(task);
          return () -> tasks.remove(task);
        };
    var answers = new ArrayDeque<CompletableFuture<Double>>();
    var clock = new SharedClock(nanos::get, wallMs::get);
    try (var poller =
        new ClockPoller(
            clock,
            () -> {
              nanos.addAndGet(1_000_000);
              return answers.isEmpty()
                  ? CompletableFuture.failedFuture(new IllegalStateException("away"))
                  : answers.remove();
            },
            scheduler)) {
      assertThat(poller.start().toCompletableFuture().join()).isFalse();
      assertThat(pauses).containsExactly(250L);
      for (int i = 0; i < 3; i++) {
        answers.add(CompletableFuture.completedFuture(6_000_000.0 + i));
      }
      tasks.remove().run();
      assertThat(clock.nowMs()).isEqualTo(6_000_002);
      assertThat(pauses).containsExactly(250L, 5_000L);
      tasks.remove().run(); // the outage begins
      answers.add(CompletableFuture.completedFuture(6_100_000.0));
      tasks.remove().run(); // an outlier
      assertThat(pauses).containsExactly(250L, 5_000L, 5_000L, 200L);
    }
    tasks.remove().run();
    assertThat(tasks).as("closed").isEmpty();
  }
}
