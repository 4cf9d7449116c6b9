package dev.watchnchill.server.redis.clock;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link SharedClock} synchronised with the store's clock: polls often at first, then every
 * few seconds.
 */
public final class ClockPoller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClockPoller.class);

  private static final int FIRST_BURST = 8;
  private static final int BURST = 3;
  private static final long INTERVAL_MS = 5_000;
  private static final long OUTLIER_INTERVAL_MS = 200;
  private static final long UNANSWERED_INTERVAL_MS = 250;

  private final SharedClock clock;
  private final Supplier<CompletableFuture<Double>> store;
  private final Scheduler scheduler;
  private final CompletableFuture<Boolean> firstRound = new CompletableFuture<>();
  private volatile boolean everAnswered;
  private volatile boolean closed;

  /**
   * Polls a Redis.
   *
   * @param scheduler for the intervals between polls
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
   * Begins to poll. If the clock has not been read yet, the first answers set it without slewing.
   *
   * @return completes after the first round with whether the store answered; does not fail
   */
  public CompletionStage<Boolean> start() {
    burst(FIRST_BURST, new ArrayList<>());
    return firstRound.minimalCompletionStage();
  }

  private void burst(int remaining, List<TimeSample> samples) {
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
              // One after the other: a request that waits behind another would measure that one's
              // round trip.
              if (failure == null && remaining > 1) {
                burst(remaining - 1, samples);
              } else {
                update(samples);
              }
            });
  }

  private void update(List<TimeSample> samples) {
    // Until the store has answered once, it is polled at a short interval.
    everAnswered = everAnswered || !samples.isEmpty();
    long intervalMs = everAnswered ? INTERVAL_MS : UNANSWERED_INTERVAL_MS;
    try {
      if (clock.update(samples)) {
        intervalMs = OUTLIER_INTERVAL_MS;
      }
    } catch (RuntimeException e) {
      log.error("The clock could not learn from {}", samples, e);
    }
    firstRound.complete(!samples.isEmpty());
    var _ =
        scheduler.after(
            intervalMs,
            () -> {
              if (!closed) {
                burst(BURST, new ArrayList<>());
              }
            });
  }

  /** Stops polling. */
  @Override
  public void close() {
    closed = true;
    firstRound.complete(false);
  }
}
