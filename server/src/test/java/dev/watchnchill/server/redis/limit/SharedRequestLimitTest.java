package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SharedRequestLimitTest extends RequestLimitContract {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final TestLinks links = new TestLinks(REDIS);
  private final AtomicLong localNowMs = new AtomicLong();

  @BeforeEach
  void empty() {
    REDIS.cli("FLUSHALL");
  }

  @AfterEach
  void close() {
    links.close();
  }

  @Override
  SharedRequestLimit limit(int max, long windowMs) {
    return new SharedRequestLimit(
        links.open(),
        "rate-limit:",
        max,
        windowMs,
        250,
        new WindowLimit(max, windowMs, localNowMs::get));
  }

  @Override
  void advance(long ms) {
    REDIS.advanceExpiries(ms);
  }

  @Test
  void RL1_instances_count_together() {
    RequestLimit one = limit(100, 60_000);
    RequestLimit two = limit(100, 60_000);
    var answers = new ArrayList<CompletableFuture<RequestLimit.Verdict>>();
    for (int i = 0; i < 150; i++) {
      answers.add(
          (i % 2 == 0 ? one : two).request(ClientKey.of("192.0.2.1")).toCompletableFuture());
    }
    assertThat(answers.stream().filter(answer -> answer.join().allowed())).hasSize(100);
    assertThat(REDIS.cli("KEYS", "*")).isEqualTo("rate-limit:192.0.2.1");
    assertThat(Long.parseLong(REDIS.cli("PTTL", "rate-limit:192.0.2.1"))).isBetween(1L, 60_000L);
  }

  @Test
  void RL1_key_without_an_expiry_gets_one() {
    REDIS.cli("SET", "rate-limit:192.0.2.1", "7");
    assertThat(request(limit(10, 60_000), "192.0.2.1").remaining()).isEqualTo(2);
    assertThat(Long.parseLong(REDIS.cli("PTTL", "rate-limit:192.0.2.1"))).isPositive();
  }

  @Test
  void RL1_during_an_outage_each_instance_counts_alone_and_afterwards_together() {
    RequestLimit one = limit(3, 60_000);
    RequestLimit two = limit(3, 60_000);
    assertThat(request(one, "192.0.2.1").remaining()).isEqualTo(2);
    REDIS.freeze();
    for (RequestLimit limit : new RequestLimit[] {one, two}) {
      for (int left = 2; left >= 0; left--) {
        assertThat(request(limit, "192.0.2.1").remaining()).isEqualTo(left);
      }
      assertThat(request(limit, "192.0.2.1").allowed()).isFalse();
    }
    REDIS.stop();
    assertThat(request(one, "192.0.2.1").allowed()).isFalse();
    REDIS.start(); // without its data
    await().until(() -> request(one, "192.0.2.9").remaining() < 2);
    assertThat(request(one, "192.0.2.1").remaining()).isEqualTo(2);
    await().until(() -> request(two, "192.0.2.1").remaining() < 2);
    assertThat(request(one, "192.0.2.1").remaining()).isLessThan(1);
  }
}
