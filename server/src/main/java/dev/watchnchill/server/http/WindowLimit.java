package dev.watchnchill.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.server.limit.ClientKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Counts requests of a client address in fixed windows, in this process's memory (rule RL1). */
public final class WindowLimit implements RequestLimit {
  /** Addresses remembered at once; beyond it the ones unused longest start anew. */
  private static final int ADDRESSES_MAX = 200_000;

  private final int max;
  private final long windowMs;
  private final LongSupplier nowMs;
  private final Cache<ClientKey, Window> windows;

  private record Window(long startMs, AtomicInteger count) {}

  /**
   * @param max requests in one window
   * @param windowMs length of a window
   */
  public WindowLimit(int max, long windowMs, LongSupplier nowMs) {
    this.max = max;
    this.windowMs = windowMs;
    this.nowMs = nowMs;
    this.windows =
        Caffeine.newBuilder()
            .maximumSize(ADDRESSES_MAX)
            .expireAfterAccess(Duration.ofMillis(2 * windowMs))
            .build();
  }

  /** Counts one request of that address. */
  public Verdict count(ClientKey client) {
    long now = nowMs.getAsLong();
    Window window =
        windows
            .asMap()
            .compute(
                client,
                (_, old) ->
                    old == null || now - old.startMs() >= windowMs
                        ? new Window(now, new AtomicInteger())
                        : old);
    int used = window.count().incrementAndGet();
    return verdict(used, max, windowMs);
  }

  @Override
  public CompletionStage<Verdict> request(ClientKey client) {
    return CompletableFuture.completedStage(count(client));
  }

  /** Returns the decision on the n-th request of a window. */
  public static Verdict verdict(long used, int max, long windowMs) {
    return new Verdict(
        used <= max, max, (int) Math.max(0, max - used), Math.ceilDiv(windowMs, 1_000L));
  }
}
