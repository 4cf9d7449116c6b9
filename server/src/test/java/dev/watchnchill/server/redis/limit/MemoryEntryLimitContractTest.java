package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.EntryLimit;
import dev.watchnchill.server.limit.MemoryEntryLimit;
import java.util.concurrent.atomic.AtomicLong;

final class MemoryEntryLimitContractTest extends EntryLimitContract {
  private final AtomicLong nowMs = new AtomicLong(5_000);

  @Override
  EntryLimit limit(EntryLimit.Rates rates) {
    return new MemoryEntryLimit(rates, nowMs::get);
  }

  @Override
  void advance(long ms) {
    nowMs.addAndGet(ms);
  }
}
