package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import java.util.concurrent.atomic.AtomicLong;

final class MemoryRequestLimitContractTest extends RequestLimitContract {
  private final AtomicLong nowMs = new AtomicLong(5_000);

  @Override
  RequestLimit limit(int max, long windowMs) {
    return new WindowLimit(max, windowMs, nowMs::get);
  }

  @Override
  void advance(long ms) {
    nowMs.addAndGet(ms);
  }
}
