package dev.watchnchill.server.redis.clock;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a {@link SharedClock} at the store's time: asks often at first, then now and then. */
public final class ClockPoller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClockPoller.class);

  private static final int FIRST_BURST = 8;
  private static final int BURST = 3;
  private static final long PAUSE_MS = 5_000;
  private static final long DOUBT_PAUSE_MS = 200;
  private static final long FIRST_PAUSE_MS = 250;

  private final SharedClock clock;
  private final Supplier<CompletableFuture<Double>> store;
  private final Scheduler scheduler;
  private final CompletableFuture<Boolean> first = new CompletableFuture<>();
  private volatile boolean ever;
  private volatile boolean closed;

  /**
   * Asks that Redis.
   *
   * @param scheduler for the pauses between questions
   */
  public ClockPoller(SharedClock clock, RedisLink redis, Scheduler scheduler) {
    this(clock, new RedisTimeScript(redis)::ask, scheduler);
  }

  ClockPoller(SharedClock clock, Supplier<CompletableFuture<Double>> store, Scheduler scheduler) {
    this.clock = clock;
    this.store = store;
    this.scheduler = scheduler;
  }

  /**
   * Begins to ask. Best before anybody has seen the clock: then the first answers set it, and it
   * need not be led.
   *
   * @return when the first round is over; whether the store answered. It does not fail
   */
  public CompletionStage<Boolean> start() {
    burst(FIRST_BURST, new ArrayList<>());
    return first.minimalCompletionStage();
  }

  private void burst(int left, List<TimeSample> samples) {
    long sentNanos = clock.nanos();
    var _ =
        store
            .get()
            .whenComplete((storeMs, failure) -> {
              if (closed) {
                return;
              }
              if (failure == null) {
                samples.add(new TimeSample(sentNanos, storeMs, clock.nanos()));
              }
              // One after the other: a question that waits for another one measures that one's way.
              if (failure == null && left > 1) {
                burst(left - 1, samples);
              } else {
                learn(samples);
              }
            });
  }

  private void learn(List<TimeSample> samples) {
    // While it knows nothing of the store it asks at the pace of somebody who waits.
    ever = ever || !samples.isEmpty();
    long pauseMs = ever ? PAUSE_MS : FIRST_PAUSE_MS;
    try {
      if (clock.learn(samples)) {
        pauseMs = DOUBT_PAUSE_MS;
      }
    } catch (RuntimeException e) {
      log.error("The clock could not learn from {}", samples, e);
    }
    first.complete(!samples.isEmpty());
    var _ =
        scheduler.after(
            pauseMs,
            () -> {
              if (!closed) {
                burst(BURST, new ArrayList<>());
              }
            });
  }

  /** Asks no more. */
  @Override
  public void close() {
    closed = true;
    first.complete(false);
  }
}
