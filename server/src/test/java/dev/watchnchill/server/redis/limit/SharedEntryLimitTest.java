package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.limit.EntryLimit;
import dev.watchnchill.server.limit.EntryLimit.Verdict;
import dev.watchnchill.server.limit.MemoryEntryLimit;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SharedEntryLimitTest extends EntryLimitContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final TestLinks links = new TestLinks(REDIS);
  private final AtomicLong localNowMs = new AtomicLong(5_000);

  @BeforeEach
  void empty() {
    REDIS.cli("FLUSHALL");
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Override
  EntryLimit limit(EntryLimit.Rates rates) {
    return new SharedEntryLimit(
        links.open(), rates, 250, new MemoryEntryLimit(rates, localNowMs::get));
  }

  @Override
  void advance(long ms) {
    REDIS.advanceExpiries(ms);
  }

  @Test
  void RL8_RL9_instances_count_together_atomically() {
    var rates = new EntryLimit.Rates(100, 60_000, 2, 60_000);
    EntryLimit one = limit(rates);
    EntryLimit two = limit(rates);
    var answers = new ArrayList<CompletableFuture<Verdict>>();
    for (int i = 0; i < 150; i++) {
      answers.add((i % 2 == 0 ? one : two).enter(EVE, true).toCompletableFuture());
    }
    assertThat(answers.stream().filter(answer -> answer.join() == Verdict.ALLOWED)).hasSize(100);
    miss(one, ANN);
    miss(two, ANN);
    assertThat(enter(one, ANN, true)).isEqualTo(Verdict.TOO_MANY_MISSES);
    assertThat(enter(two, ANN, true)).isEqualTo(Verdict.TOO_MANY_MISSES);
    assertThat(Long.parseLong(REDIS.cli("PTTL", "entries:{192.0.2.1}"))).isBetween(1L, 60_000L);
    assertThat(Long.parseLong(REDIS.cli("PTTL", "misses:{2001:db8:0:0::/64}")))
        .isBetween(1L, 60_000L);
  }

  @Test
  void RL8_RL9_during_an_outage_each_instance_counts_alone_with_its_own_misses() {
    var rates = new EntryLimit.Rates(3, 60_000, 2, 60_000);
    EntryLimit one = limit(rates);
    EntryLimit two = limit(rates);
    miss(one, ANN);
    miss(one, ANN);
    assertThat(enter(two, ANN, true)).isEqualTo(Verdict.TOO_MANY_MISSES);
    REDIS.stop();
    assertThat(enter(one, ANN, true)).isEqualTo(Verdict.TOO_MANY_MISSES);
    assertThat(enter(two, ANN, true)).isEqualTo(Verdict.ALLOWED);
    for (EntryLimit limit : new EntryLimit[] {one, two}) {
      for (int i = 0; i < 3; i++) {
        assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.ALLOWED);
      }
      assertThat(enter(limit, EVE, true)).isEqualTo(Verdict.TOO_MANY);
    }
    REDIS.start(); // without its data
    await().until(() -> enter(one, ANN, true) == Verdict.ALLOWED);
  }
}
