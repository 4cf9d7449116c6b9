package dev.watchnchill.server.redis.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import dev.watchnchill.server.runtime.port.ServerClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The films of instances on one real Redis (rule LB15). */
final class InstanceFilmsTest {
  private static final RedisInstances.Times QUICK = new RedisInstances.Times(60_000, 100, 800);
  private static final String KEY = "instance-films:one";
  private static final InstanceId ONE = new InstanceId("one");
  private static final InstanceId THREE = new InstanceId("three");

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private final TestLinks links = new TestLinks(REDIS);
  private final List<RedisInstances> instances = new ArrayList<>();
  private RedisLink linkOfOne;
  private RedisInstances one;
  private RedisInstances two;

  private RedisInstances instance(String name, RedisLink link) {
    var clock =
        new ServerClock() {
          @Override
          public long nowMs() {
            return 1_700_000_000_000L;
          }

          @Override
          public double nowExactMs() {
            return nowMs();
          }

          @Override
          public long clockEpoch() {
            return 1;
          }
        };
    var opened = new RedisInstances(link, new InstanceId(name), clock, System::nanoTime, QUICK);
    opened.start();
    instances.add(opened);
    return opened;
  }

  @BeforeEach
  void open() {
    REDIS.thaw(); // a test that failed may have left it frozen
    REDIS.cli("FLUSHALL");
    linkOfOne = links.open();
    one = instance("one", linkOfOne);
    two = instance("two", links.open());
  }

  @AfterEach
  void close() {
    instances.forEach(RedisInstances::close);
    links.close();
  }

  private Map<InstanceId, Set<String>> lacking(String... films) {
    return two.lackingFilms(Set.of(ONE, THREE), List.of(films)).join();
  }

  private void awaitLacking(Set<String> lacked, String... films) {
    await()
        .until(() ->
            lacking(films).equals(lacked.isEmpty() ? Map.of() : Map.of(ONE, Set.copyOf(lacked))));
  }

  private static Set<String> films(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj("film-%017d"::formatted)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void awaitSize(int films) {
    // With the mark of a complete set.
    await().until(() -> REDIS.cli("SCARD", KEY).equals("" + (films + 1)));
  }

  @Test
  void LB15_other_instances_know_which_films_one_has() {
    assertThat(lacking("a", "b")).as("of an instance that has said nothing").isEmpty();
    one.publishFilms(Set.of("a", "b"));
    awaitLacking(Set.of("c"), "a", "b", "c");
    one.publishFilms(Set.of("b", "c"));
    awaitLacking(Set.of("a"), "a", "b", "c");
    one.publishFilms(Set.of());
    awaitLacking(Set.of("a", "c"), "a", "c");
    assertThat(two.lackingFilms(Set.of(), List.of("a")).join()).isEmpty();
    assertThat(lacking()).isEmpty();
  }

  @Test
  void LB15_ten_thousand_films_are_written_in_batches_and_changed() {
    Set<String> many = films(0, 10_000);
    one.publishFilms(many);
    awaitSize(10_000);
    one.publishFilms(films(600, 10_400));
    awaitSize(9_800);
    awaitLacking(films(0, 1), films(0, 1).iterator().next(), films(600, 601).iterator().next());
    assertThat(Long.parseLong(REDIS.cli("PTTL", KEY))).isBetween(1L, InstanceFilmSet.LIFE_MS);
    assertThat(one.dead(Set.of(two.self()))).isEmpty();
  }

  @Test
  void LB15_redis_that_lost_its_data_gets_the_films_again() {
    one.publishFilms(films(0, 1_200));
    awaitSize(1_200);
    REDIS.cli("FLUSHALL");
    awaitSize(1_200);
    REDIS.cli("DEL", KEY);
    awaitSize(1_200);
    REDIS.stop();
    await().until(() -> !linkOfOne.available());
    one.publishFilms(films(0, 700));
    REDIS.start();
    awaitSize(700);
  }

  @Test
  void LB15_change_of_a_set_that_redis_has_lost_writes_all_of_it() {
    one.publishFilms(films(0, 600));
    awaitSize(600);
    REDIS.cli("SREM", KEY, "complete");
    assertThat(lacking("x")).as("of a set that is not complete").isEmpty();
    one.publishFilms(films(0, 601));
    awaitSize(601);
    awaitLacking(Set.of("x"), "x");
  }

  @Test
  void LB15_films_of_a_killed_instance_vanish_and_those_of_others_stay() {
    one.publishFilms(Set.of("a"));
    two.publishFilms(Set.of("b"));
    awaitSize(1);
    await().until(() -> REDIS.cli("SCARD", "instance-films:two").equals("2"));
    linkOfOne.close();
    REDIS.advanceExpiries(InstanceFilmSet.LIFE_MS);
    assertThat(REDIS.cli("EXISTS", KEY)).isEqualTo("0");
    assertThat(lacking("x")).isEmpty();
    await().until(() -> REDIS.cli("SCARD", "instance-films:two").equals("2"));
  }

  @Test
  void LB15_instance_that_ends_takes_its_films_along() {
    one.publishFilms(Set.of("a"));
    awaitSize(1);
    one.close();
    await().until(() -> REDIS.cli("EXISTS", KEY).equals("0"));
  }

  @Test
  void LB16_question_to_a_redis_that_does_not_answer_ends_in_time() {
    one.publishFilms(Set.of("a"));
    awaitSize(1);
    awaitLacking(Set.of("b"), "b");
    REDIS.freeze();
    try {
      assertThat(two.lackingFilms(Set.of(ONE), List.of("b")))
          .succeedsWithin(Duration.ofMillis(4 * InstanceFilmSet.PATIENCE_MS))
          .isEqualTo(Map.of());
    } finally {
      REDIS.thaw();
    }
  }
}
