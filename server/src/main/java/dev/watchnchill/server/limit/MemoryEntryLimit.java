package dev.watchnchill.server.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Counts entries and misses of client addresses in this process's memory (rules RL8, RL9). */
public final class MemoryEntryLimit implements EntryLimit {
  /** Addresses remembered at once; beyond it the ones unused longest start anew. */
  private static final int ADDRESSES_MAX = 200_000;

  private final Rates rates;
  private final LongSupplier nowMs;
  private final Cache<ClientKey, Counts> counts;

  private static final class Counts {
    private long entriesStartMs;
    private int entries;
    private long missesStartMs;
    private int misses;
  }

  /** Creates a limit without counts. */
  public MemoryEntryLimit(Rates rates, LongSupplier nowMs) {
    this.rates = rates;
    this.nowMs = nowMs;
    this.counts =
        Caffeine.newBuilder()
            .maximumSize(ADDRESSES_MAX)
            .expireAfterAccess(
                Duration.ofMillis(2 * Math.max(rates.entriesWindowMs(), rates.missesWindowMs())))
            .build();
  }

  private Counts of(ClientKey client) {
    return counts.get(client, _ -> new Counts());
  }

  /** Counts one entry, as {@link #enter}. */
  public Verdict count(ClientKey client, boolean namesRoom) {
    long now = nowMs.getAsLong();
    Counts of = of(client);
    synchronized (of) {
      boolean missesOver =
          of.misses >= rates.missesMax() && now - of.missesStartMs < rates.missesWindowMs();
      if (namesRoom && missesOver) {
        return Verdict.TOO_MANY_MISSES;
      }
      if (of.entries == 0 || now - of.entriesStartMs >= rates.entriesWindowMs()) {
        of.entriesStartMs = now;
        of.entries = 0;
      }
      if (of.entries >= rates.entriesMax()) {
        return Verdict.TOO_MANY;
      }
      of.entries++;
      return Verdict.ALLOWED;
    }
  }

  /** Counts one miss, as {@link #missed}. */
  public void countMiss(ClientKey client) {
    long now = nowMs.getAsLong();
    Counts of = of(client);
    synchronized (of) {
      if (of.misses == 0 || now - of.missesStartMs >= rates.missesWindowMs()) {
        of.missesStartMs = now;
        of.misses = 0;
      }
      of.misses = Math.min(of.misses + 1, rates.missesMax());
    }
  }

  @Override
  public CompletionStage<Verdict> enter(ClientKey client, boolean namesRoom) {
    return CompletableFuture.completedStage(count(client, namesRoom));
  }

  @Override
  public CompletionStage<Verdict> missed(ClientKey client) {
    countMiss(client);
    return CompletableFuture.completedStage(Verdict.ALLOWED);
  }
}
