package dev.watchnchill.server.redis.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SharedGuessLimitTest extends GuessLimitContract {
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
  GuessLimit limit() {
    return new SharedGuessLimit(
        links.open(), RATES, 250, new MemoryGuessLimit(RATES, localNowMs::get));
  }

  @Override
  void advance(long ms) {
    REDIS.advanceExpiries(ms);
  }

  /** Returns the names of the keys of attempts. */
  private static List<String> keys() {
    return REDIS.cli("KEYS", "guesses:*").lines().filter(key -> !key.isBlank()).toList();
  }

  @Test
  void instances_share_five_attempts() {
    GuessLimit one = limit();
    GuessLimit two = limit();
    var answers = new ArrayList<CompletionStage<GuessLimit.Answer>>();
    for (int i = 0; i < 100; i++) {
      answers.add((i % 2 == 0 ? one : two).take(EVE, ROOM));
    }
    List<GuessLimit.Attempt> taken = new ArrayList<>();
    for (var answer : answers) {
      if (answer.toCompletableFuture().join() instanceof GuessLimit.Taken(var attempt)) {
        taken.add(attempt);
      }
    }
    assertThat(taken).hasSize(5);
    taken.forEach(GuessLimit.Attempt::wrong);
    await().until(() -> retryInMs(one, EVE, ROOM) > 1_000);
    assertThat(retryInMs(two, EVE, ROOM)).isGreaterThan(1_000);
  }

  @Test
  void key_names_no_address_and_ends_with_the_window_or_the_last_attempt() {
    GuessLimit limit = limit();
    GuessLimit.Attempt attempt = take(limit, EVE, ROOM);
    assertThat(keys()).hasSize(1).first().asString().matches("guesses:\\{ROOM01}:[0-9a-f]{32}");
    assertThat(Long.parseLong(REDIS.cli("PTTL", keys().getFirst()))).isBetween(1L, 600_000L);
    attempt.giveBack();
    await().until(() -> keys().isEmpty());
    take(limit, EVE, ROOM).wrong();
    take(limit, EVE, OTHER).wrong();
    assertThat(keys().stream().map(key -> key.substring("guesses:{ROOM01}:".length())))
        .doesNotHaveDuplicates();
    advance(600_020);
    assertThat(keys()).isEmpty();
  }

  @Test
  void during_an_outage_each_instance_counts_alone_with_its_own_wrong_passwords() {
    GuessLimit one = limit();
    GuessLimit two = limit();
    guessWrong(one, EVE, ROOM, 3);
    REDIS.stop();
    guessWrong(one, EVE, ROOM, 2);
    assertThat(retryInMs(one, EVE, ROOM)).isEqualTo(600_000);
    guessWrong(two, EVE, ROOM, 5);
    assertThat(retryInMs(two, EVE, ROOM)).isEqualTo(600_000);
    REDIS.start(); // without its data
    await().until(() -> answer(one, EVE, ROOM) instanceof GuessLimit.Taken && !keys().isEmpty());
  }

  @Test
  void attempt_that_redis_gives_too_late_is_given_back() {
    GuessLimit limit = limit();
    take(limit, EVE, ROOM).giveBack();
    await().until(() -> keys().isEmpty());
    REDIS.freeze();
    GuessLimit.Attempt local;
    try {
      local = take(limit, EVE, ROOM);
    } finally {
      REDIS.thaw();
    }
    // The late attempt is the only one in Redis; with it the key goes.
    take(limit, ANN, ROOM).giveBack();
    await().until(() -> keys().isEmpty());
    local.wrong();
    assertThat(keys()).isEmpty();
  }
}
