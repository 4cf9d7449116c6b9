package dev.watchnchill.server.redis.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TestLinks;
import dev.watchnchill.server.runtime.port.Instances;
import dev.watchnchill.server.runtime.port.ServerClock;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of instances on one real Redis, with leases of 2 s. */
final class RedisInstancesTest {
  private static final RedisInstances.Times QUICK = new RedisInstances.Times(2_000, 200, 800);

  /** No instance with this lease is found dead during a test, unless it gives the lease back. */
  private static final RedisInstances.Times LONG = new RedisInstances.Times(600_000, 200, 800);

  private static final long NOW_MS = 1_700_000_000_000L;
  private static final RoomId ROOM = new RoomId("AAAAAA");
  private static final RoomId OTHER = new RoomId("BBBBBB");

  /** Moves all stored times at once, as if the store's clock had been set the other way. */
  private static final String SET_CLOCK =
      """
      for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
        redis.call('ZINCRBY', KEYS[1], ARGV[1], id)
      end
      for _, id in ipairs(redis.call('HKEYS', KEYS[2])) do
        redis.call('HINCRBY', KEYS[2], id, ARGV[1])
      end
      """;

  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private record Death(
      InstanceId reporter, InstanceId instance, long lastSeenMs, Set<RoomId> rooms) {}

  private final TestLinks links = new TestLinks(REDIS);
  private final BlockingQueue<Death> deaths = new LinkedBlockingQueue<>();
  private final List<Server> servers = new ArrayList<>();

  /** Stands still, so that {@code lastSeenMs} shows how long Redis has not seen the instance. */
  private final ServerClock clock =
      new ServerClock() {
        @Override
        public long nowMs() {
          return NOW_MS;
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

  /** An instance that can be killed. */
  private final class Server {
    final RedisLink link = links.open();
    final RedisInstances instances;

    Server(String name, Instances.DeathListener listener) {
      this(name, listener, QUICK);
    }

    Server(String name, Instances.DeathListener listener, RedisInstances.Times times) {
      instances = new RedisInstances(link, new InstanceId(name), clock, System::nanoTime, times);
      instances.onDeath(listener);
      instances.start();
      servers.add(this);
      await().until(() -> !REDIS.cli("ZSCORE", "instances", name).isEmpty());
    }

    InstanceId id() {
      return instances.self();
    }

    /** Cuts the instance off, without releasing its lease. */
    void kill() {
      link.close();
    }

    boolean finds(Server... dead) {
      return instances.dead(ids(servers)).equals(ids(List.of(dead)));
    }
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(20));
  }

  private static Set<InstanceId> ids(List<Server> servers) {
    return Set.copyOf(servers.stream().map(Server::id).toList());
  }

  private Server server(String name) {
    return server(name, QUICK);
  }

  private Server server(String name, RedisInstances.Times times) {
    InstanceId id = new InstanceId(name);
    return new Server(
        name,
        (instance, when, rooms) -> Futures.of(deaths.add(new Death(id, instance, when, rooms))),
        times);
  }

  /** Returns the time of Redis, ms. */
  private static long redisNowMs() {
    String[] time = REDIS.cli("TIME").split("\\s+", -1);
    return Long.parseLong(time[0]) * 1_000 + Long.parseLong(time[1]) / 1_000;
  }

  /** Returns when Redis saw the last renewal of an instance, ms. */
  private static long seenMs(String name) {
    return Long.parseLong(REDIS.cli("HGET", "{instances}:seen", name));
  }

  /** Returns for how long Redis had not seen an instance when its death was reported. */
  private static long silentMs(Death death) {
    return NOW_MS - death.lastSeenMs();
  }

  /** Moves all times that Redis has stored. */
  private static void moveStoredTimes(long byMs) {
    REDIS.cli("EVAL", SET_CLOCK, "2", "instances", "{instances}:seen", "" + byMs);
  }

  private Death nextDeath() throws InterruptedException {
    @Nullable Death death = deaths.poll(20, TimeUnit.SECONDS);
    assertThat(death).as("an instance takes over").isNotNull();
    return java.util.Objects.requireNonNull(death);
  }

  private void assertNoMoreDeaths() {
    await()
        .during(Duration.ofMillis(QUICK.leaseMs() + QUICK.claimMs()))
        .atMost(Duration.ofSeconds(20))
        .until(deaths::isEmpty);
  }

  /** Waits long enough for every instance to judge. */
  private void watchForALease() {
    assertNoMoreDeaths();
  }

  private String registeredCount() {
    return REDIS.cli("ZCARD", "instances");
  }

  @BeforeEach
  void empty() {
    REDIS.thaw(); // a test that failed may have left it frozen
    REDIS.cli("FLUSHALL");
  }

  @AfterEach
  void close() {
    servers.forEach(server -> server.instances.close());
    links.close();
  }

  @Test
  void IN1_dead_instance_is_taken_over_by_exactly_one_and_forgotten() throws Exception {
    Server one = server("one");
    Server two = server("two");
    Server three = server("three");
    one.instances.keep(ROOM).join();
    one.instances.keep(ROOM).join();
    one.instances.keep(OTHER).join();
    two.instances.keep(new RoomId("CCCCCC")).join();
    one.instances.keep(new RoomId("DDDDDD")).join();
    one.instances.release(new RoomId("DDDDDD"));
    watchForALease();
    assertThat(two.finds()).isTrue();
    one.kill();
    long seenMs = seenMs("one");
    Death death = nextDeath();
    assertThat(death.instance()).isEqualTo(one.id());
    assertThat(death.reporter()).isIn(two.id(), three.id());
    assertThat(death.rooms()).containsExactlyInAnyOrder(ROOM, OTHER);
    assertThat(silentMs(death)).isBetween(QUICK.leaseMs(), redisNowMs() - seenMs);
    await().until(() -> two.finds(one) && three.finds(one));
    await().until(() -> registeredCount().equals("2"));
    assertThat(REDIS.cli("EXISTS", "instance-rooms:one", "{instances}:dying")).isEqualTo("0");
    assertNoMoreDeaths();
  }

  @Test
  void IN1_released_lease_is_taken_over_at_once() throws Exception {
    Server one = server("one", LONG);
    Server two = server("two", LONG);
    one.instances.keep(ROOM).join();
    long seenMs = seenMs("one");
    one.instances.close();
    Death death = nextDeath();
    assertThat(death.rooms()).containsExactly(ROOM);
    assertThat(silentMs(death)).isBetween(0L, redisNowMs() - seenMs);
    await().until(() -> two.finds(one));
    assertNoMoreDeaths();
  }

  @Test
  void IN1_failed_takeover_is_retried_by_another_instance() throws Exception {
    var failures = new LinkedBlockingQueue<InstanceId>();
    Instances.DeathListener failing =
        (instance, _, _) -> {
          failures.add(instance);
          throw new StoreUnavailableException("not now", new IllegalStateException());
        };
    Server one = server("one");
    Server two = new Server("two", failing);
    one.instances.keep(ROOM).join();
    watchForALease();
    one.kill();
    assertThat(failures.poll(20, TimeUnit.SECONDS)).isEqualTo(one.id());
    assertThat(failures.poll(20, TimeUnit.SECONDS)).as("again").isEqualTo(one.id());
    server("three"); // and two, whose takeover has failed, lets others try first
    Death death = nextDeath();
    assertThat(death.rooms()).containsExactly(ROOM);
    await().until(() -> registeredCount().equals("2"));
    assertThat(two.finds(one)).isTrue();
  }

  @Test
  void IN1_when_the_instance_that_takes_over_dies_a_third_takes_over_both() throws Exception {
    var begun = new CompletableFuture<InstanceId>();
    var never = new CompletableFuture<Void>();
    Server one = server("one");
    Server two =
        new Server(
            "two",
            (instance, _, _) -> {
              begun.complete(instance);
              return never;
            });
    one.instances.keep(ROOM).join();
    two.instances.keep(OTHER).join();
    watchForALease();
    one.kill();
    assertThat(begun.get(10, TimeUnit.SECONDS)).isEqualTo(one.id());
    server("three");
    assertNoMoreDeaths(); // two's takeover is in progress, for longer than a claim
    two.kill();
    never.complete(null);
    assertThat(List.of(nextDeath(), nextDeath()).stream().map(Death::rooms))
        .containsExactlyInAnyOrder(Set.of(ROOM), Set.of(OTHER));
    await().until(() -> registeredCount().equals("1"));
  }

  @Test
  void IN3_data_loss_of_redis_kills_no_instance_and_all_rooms_are_resent() {
    Server one = server("one");
    Server two = server("two");
    one.instances.keep(ROOM).join();
    one.instances.keep(OTHER).join();
    watchForALease();
    REDIS.cli("FLUSHALL");
    await().until(() -> REDIS.cli("SCARD", "instance-rooms:one").equals("2"));
    await().until(() -> registeredCount().equals("2"));
    assertThat(two.finds()).isTrue();
    assertNoMoreDeaths();
    assertThat(one.finds()).isTrue();
  }

  @Test
  void IN3_frozen_or_restarted_redis_kills_no_instance() throws Exception {
    Server one = server("one");
    Server two = server("two");
    one.instances.keep(ROOM).join();
    watchForALease();
    REDIS.freeze();
    var third = new InstanceId("unknown");
    await().until(() -> one.instances.dead(Set.of(third)).isEmpty());
    await().pollDelay(Duration.ofMillis(2 * QUICK.leaseMs())).until(() -> one.finds());
    assertThat(one.instances.keep(OTHER))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(StoreUnavailableException.class);
    REDIS.thaw();
    assertNoMoreDeaths();
    assertThat(one.finds() && two.finds()).isTrue();
    REDIS.stop();
    await().until(() -> two.instances.dead(Set.of(third)).isEmpty());
    REDIS.start();
    await().until(() -> registeredCount().equals("2"));
    assertThat(two.instances.dead(Set.of(third))).as("not before a lease has passed").isEmpty();
    await().until(() -> REDIS.cli("SMEMBERS", "instance-rooms:one").contains("AAAAAA"));
    await().until(() -> two.instances.dead(Set.of(third, one.id())).equals(Set.of(third)));
    assertNoMoreDeaths();
    two.kill();
    assertThat(nextDeath().instance()).isEqualTo(two.id());
  }

  @Test
  void IN3_living_instance_that_does_not_serve_a_room_is_absent_from_it() throws Exception {
    Server one = server("one");
    Server two = server("two");
    Set<InstanceId> asked = Set.of(one.id(), new InstanceId("never seen"));
    assertThat(two.instances.absent(ROOM, asked).join()).as("not before a lease").isNull();
    one.instances.keep(ROOM).join();
    watchForALease();
    await().until(() -> two.instances.alive().contains(one.id()));
    assertThat(two.instances.absent(ROOM, asked).join()).isEmpty();
    assertThat(two.instances.absent(OTHER, asked).join()).containsExactly(one.id());
    one.instances.release(ROOM);
    await().until(() -> Set.of(one.id()).equals(two.instances.absent(ROOM, asked).join()));
  }

  @Test
  void IN4_paused_instance_comes_back_with_its_rooms() throws Exception {
    Server one = server("one");
    Server two = server("two");
    one.instances.keep(ROOM).join();
    watchForALease();
    // As if it had been paused: its lease has expired, and another has claimed it.
    REDIS.cli("ZADD", "instances", "1", "one");
    await().until(() -> !REDIS.cli("ZSCORE", "instances", "one").equals("1"));
    await().until(() -> REDIS.cli("SMEMBERS", "instance-rooms:one").contains("AAAAAA"));
    await()
        .during(Duration.ofMillis(5 * QUICK.renewMs()))
        .until(() -> REDIS.cli("SISMEMBER", "instance-rooms:one", "AAAAAA").equals("1"));
    await().until(() -> two.finds() && one.finds());
    assertThat(REDIS.cli("EXISTS", "{instances}:dying")).isEqualTo("0");
  }

  @Test
  void IN1_when_all_have_died_a_new_instance_takes_over_their_rooms() throws Exception {
    Server one = server("one");
    Server two = server("two");
    one.instances.keep(ROOM).join();
    two.instances.keep(OTHER).join();
    one.kill();
    two.kill();
    moveStoredTimes(-2 * QUICK.leaseMs()); // as if two leases had passed
    Server three = server("three");
    Death first = nextDeath();
    Death second = nextDeath();
    assertThat(Set.of(first.instance(), second.instance()))
        .containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(Set.of(first.rooms(), second.rooms()))
        .containsExactlyInAnyOrder(Set.of(ROOM), Set.of(OTHER));
    assertThat(silentMs(first)).isGreaterThanOrEqualTo(2 * QUICK.leaseMs());
    await().until(() -> registeredCount().equals("1"));
    assertThat(three.finds(one, two)).isTrue();
  }

  @Test
  void IN3_change_of_the_store_clock_kills_no_instance() {
    Server one = server("one");
    Server two = server("two");
    one.instances.keep(ROOM).join();
    watchForALease();
    // As if the clock had been set an hour ahead, and then an hour back.
    for (long hourMs : new long[] {-3_600_000, 3_600_000}) {
      moveStoredTimes(hourMs);
      assertNoMoreDeaths();
      assertThat(one.finds() && two.finds()).isTrue();
    }
  }
}
