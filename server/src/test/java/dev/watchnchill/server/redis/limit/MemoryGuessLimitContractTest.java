package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MemoryGuessLimitContractTest extends GuessLimitContract {
  private final AtomicLong nowMs = new AtomicLong(5_000);

  @Override
  GuessLimit limit() {
    return new MemoryGuessLimit(RATES, nowMs::get);
  }

  @Override
  void advance(long ms) {
    nowMs.addAndGet(ms);
  }

  @Test
  void guesses_of_many_threads_share_five_attempts() throws Exception {
    for (int round = 0; round < 200; round++) {
      GuessLimit limit = limit();
      var start = new CyclicBarrier(8);
      var answers = new ArrayList<Future<GuessLimit.Answer>>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 8; i++) {
          answers.add(
              threads.submit(() -> {
                start.await();
                return answer(limit, EVE, ROOM);
              }));
        }
      }
      assertThat(answers.stream().filter(one -> one.resultNow() instanceof GuessLimit.Taken))
          .hasSize(5);
    }
  }
}
