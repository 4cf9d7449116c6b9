package dev.watchnchill.server.redis.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock against made-up stores and networks; {@link World} moves true time. */
final class SlewedClockTest {
  private static final double START_MS = 1_700_000_000_000.0;
  private static final double PAUSE_MS = 5_000;
  private static final double LAN_MS = 0.3;

  /** A store's clock, and the true time in ms since the start of the test. */
  private static final class World {
    final Random random;
    double nowMs;
    DoubleUnaryOperator store = trueMs -> START_MS + trueMs;
    double wayMs = LAN_MS;
    double jitterMs = 0.2;
    double asymmetry; // of the way, -1 to 1
    boolean away;

    World(long seed) {
      random = new Random(seed);
    }

    double storeMs() {
      return store.applyAsDouble(nowMs);
    }
  }

  /** One server: a counter that runs as fast as it likes, and a clock that is led. */
  private static final class Server {
    final World world;
    final double rate;
    final long bornNanos;
    final SlewedClock clock;
    double lastMs;
    double steepest;
    double lastTrueMs = Double.NaN;
    int steps;
    boolean used;

    Server(World world, double rate, long wallMs) {
      this.world = world;
      this.rate = rate;
      bornNanos = world.random.nextLong(1L << 50);
      clock = new SlewedClock(nanos(), wallMs);
    }

    long nanos() {
      return bornNanos + Math.round(world.nowMs * 1e6 * rate);
    }

    double now() {
      used = true;
      return clock.slew().at(nanos());
    }

    double off() {
      return now() - world.storeMs();
    }

    void ask(int questions) {
      if (world.away) {
        return;
      }
      double before = world.nowMs;
      var burst = new ArrayList<TimeSample>();
      for (int i = 0; i < questions; i++) {
        long sent = nanos();
        double there = world.wayMs * (1 + world.asymmetry) / 2 + late();
        double back = world.wayMs * (1 - world.asymmetry) / 2 + late();
        world.nowMs += there;
        double storeMs = Math.floor(world.storeMs() * 1e3) / 1e3;
        world.nowMs += back;
        burst.add(new TimeSample(sent, storeMs, nanos()));
      }
      long epoch = clock.slew().epoch();
      double was = clock.slew().at(nanos());
      clock.update(burst, nanos(), used);
      if (!used) { // it may jump
        world.nowMs = before;
        return;
      }
      if (clock.slew().epoch() == epoch) {
        assertThat(clock.slew().at(nanos())).isCloseTo(was, within(1e-3));
      } else {
        steps++;
        lastTrueMs = Double.NaN;
      }
      world.nowMs = before; // the next server asks at the same time
    }

    double late() {
      // Mostly a little, sometimes a lot.
      double jitter = -Math.log(1 - world.random.nextDouble()) * world.jitterMs;
      return world.random.nextInt(20) == 0 ? jitter * 20 : jitter;
    }

    /** Looks at the clock: never back, never faster or slower than it may. */
    void look() {
      double now = now();
      if (!Double.isNaN(lastTrueMs)) {
        assertThat(now).as("never runs backwards").isGreaterThanOrEqualTo(lastMs);
        double local = (world.nowMs - lastTrueMs) * rate;
        if (local > 50) {
          steepest = Math.max(steepest, Math.abs((now - lastMs) / local - 1));
        }
      }
      lastMs = now;
      lastTrueMs = world.nowMs;
    }
  }

  /** Lets so much time pass; everybody asks when it is due, and soon again when in doubt. */
  private static void run(World world, double ms, List<Server> servers, Runnable check) {
    double end = world.nowMs + ms;
    while (world.nowMs < end) {
      servers.forEach(server -> server.ask(3));
      for (Server server : servers) {
        if (server.clock.hasOutlier()) {
          world.nowMs += 200;
          server.ask(3);
        }
      }
      for (int i = 0; i < 10; i++) {
        world.nowMs += PAUSE_MS / 10;
        servers.forEach(Server::look);
        check.run();
      }
    }
    for (Server server : servers) {
      assertThat(server.steepest).isLessThanOrEqualTo(SlewFunction.SLEW_MAX + 1e-6);
    }
  }

  private static double apart(List<Server> servers) {
    double least = servers.stream().mapToDouble(Server::now).min().orElseThrow();
    return servers.stream().mapToDouble(Server::now).max().orElseThrow() - least;
  }

  /** Three servers with crystals of their own and wall clocks that are hours off. */
  private static List<Server> fleet(World world) {
    var servers =
        List.of(
            new Server(world, 1 + 40e-6, 0),
            new Server(world, 1 - 70e-6, (long) START_MS + 7_200_000),
            new Server(world, 1 + 10e-6, (long) START_MS));
    servers.forEach(server -> server.ask(8));
    return servers;
  }

  @Test
  void TL7_first_answers_set_a_clock_that_nobody_has_seen() {
    var world = new World(1);
    world.jitterMs = 0;
    var server = new Server(world, 1, 123);
    server.ask(8);
    assertThat(server.off()).isCloseTo(0, within(0.01));
    assertThat(server.clock.slew().epoch())
        .isBetween((long) START_MS, (long) START_MS + Math.round(8 * LAN_MS));
  }

  @ParameterizedTest
  @CsvSource({"20,false", "-20,false", "999,false", "-999,false", "1100,true", "-1100,true"})
  void TL7_clock_that_was_seen_is_led_and_steps_only_beyond_a_second(double ahead, boolean steps) {
    var world = new World(2);
    world.jitterMs = 0;
    var server = new Server(world, 1, Math.round(START_MS + ahead));
    double before = server.now();
    long epoch = server.clock.slew().epoch();
    server.ask(8);
    assertThat(server.clock.slew().epoch() != epoch).isEqualTo(steps);
    if (steps) {
      assertThat(server.off()).isCloseTo(0, within(0.01));
      return;
    }
    assertThat(server.now()).isCloseTo(before, within(0.01));
    world.nowMs += 10_000;
    assertThat(server.off()).isCloseTo(ahead - Math.copySign(3.5, ahead), within(0.5));
    world.nowMs += 3_000_000;
    // Long alone it goes on with what it knows, not past the line.
    assertThat(server.off()).isCloseTo(0, within(0.01));
  }

  @Test
  void TL7_quickest_answer_counts_and_impossible_ones_do_not() {
    var world = new World(3);
    world.jitterMs = 0;
    var server = new Server(world, 1, 0);
    server.ask(8);
    world.nowMs += PAUSE_MS;
    world.wayMs = 400;
    world.asymmetry = 1; // every answer is 200 ms wrong, and looks 400 ms slow
    for (int i = 0; i < 20; i++) {
      server.ask(3);
      world.nowMs += PAUSE_MS;
    }
    assertThat(server.off()).isCloseTo(0, within(0.05));
    // A single answer from nowhere moves nothing.
    world.wayMs = LAN_MS;
    world.asymmetry = 0;
    world.store = trueMs -> START_MS + trueMs + 500;
    server.ask(3);
    assertThat(server.clock.hasOutlier()).isTrue();
    world.store = trueMs -> START_MS + trueMs;
    server.ask(3);
    world.nowMs += PAUSE_MS;
    assertThat(server.clock.hasOutlier()).isFalse();
    assertThat(server.off()).isCloseTo(0, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"11,0.2,0", "12,0.2,100e-6", "13,0.5,-100e-6", "14,1,30e-6", "15,0.2,0", "16,2,0"})
  void TL7_servers_agree_whatever_their_crystals_wall_clocks_and_network(
      long seed, double jitterMs, double storeDrift) {
    var world = new World(seed);
    world.jitterMs = jitterMs;
    world.store = trueMs -> START_MS + trueMs * (1 + storeDrift);
    List<Server> servers = fleet(world);
    // Until the crystals are known, a way and half a pause's drift may lie between them.
    run(world, 60_000, servers, () -> assertThat(apart(servers)).isLessThan(1.5 * jitterMs + 1.2));
    run(
        world,
        1_200_000,
        servers,
        () -> {
          assertThat(apart(servers)).isLessThan(Math.max(0.3, jitterMs));
          servers.forEach(
              server -> assertThat(server.off()).isCloseTo(0, within(Math.max(0.3, jitterMs))));
        });
    servers.forEach(server -> assertThat(server.steps).isZero());
  }

  @Test
  void TL7_way_that_is_longer_in_one_direction_is_wrong_by_half_of_it_at_most_and_for_all_alike() {
    var world = new World(21);
    world.wayMs = 2;
    world.asymmetry = 0.8;
    List<Server> servers = fleet(world);
    run(world, 60_000, servers, () -> {});
    run(
        world,
        600_000,
        servers,
        () -> {
          assertThat(apart(servers)).isLessThan(0.5);
          servers.forEach(server -> assertThat(Math.abs(server.off())).isLessThan(1.2));
        });
  }

  @Test
  void TL7_failover_to_a_store_20_ms_off_is_followed_slowly_and_together() {
    var world = new World(31);
    List<Server> servers = fleet(world);
    run(world, 120_000, servers, () -> {});
    world.store = trueMs -> START_MS + trueMs - 20;
    run(world, 90_000, servers, () -> assertThat(apart(servers)).isLessThan(0.5));
    run(
        world,
        60_000,
        servers,
        () -> servers.forEach(server -> assertThat(server.off()).isCloseTo(0, within(0.5))));
    servers.forEach(server -> assertThat(server.steps).isZero());
  }

  @ParameterizedTest
  @CsvSource({"3600000", "-3600000"})
  void TL7_failover_to_a_store_an_hour_off_is_another_run_of_the_clock(double hour) {
    var world = new World(41);
    List<Server> servers = fleet(world);
    run(world, 120_000, servers, () -> {});
    var epochs = servers.stream().map(server -> server.clock.slew().epoch()).toList();
    world.store = trueMs -> START_MS + trueMs + hour;
    run(world, 20_000, servers, () -> {});
    for (int i = 0; i < servers.size(); i++) {
      assertThat(servers.get(i).steps).isEqualTo(1);
      assertThat(servers.get(i).clock.slew().epoch()).isNotEqualTo(epochs.get(i));
      assertThat(servers.get(i).off()).isCloseTo(0, within(0.5));
    }
  }

  @Test
  void TL7_without_the_store_servers_go_on_as_they_went() {
    var world = new World(51);
    world.store = trueMs -> START_MS + trueMs * (1 + 100e-6);
    List<Server> servers = fleet(world);
    run(world, 600_000, servers, () -> {});
    world.away = true;
    run(world, 600_000, servers, () -> assertThat(apart(servers)).isLessThan(3));
    world.away = false;
    run(world, 60_000, servers, () -> {});
    run(world, 60_000, servers, () -> assertThat(apart(servers)).isLessThan(0.3));
    servers.forEach(server -> assertThat(server.steps).isZero());
  }

  @Test
  void TL7_network_that_gets_slow_and_lopsided_for_ten_minutes_moves_little() {
    var world = new World(61);
    List<Server> servers = fleet(world);
    run(world, 300_000, servers, () -> {});
    world.wayMs = 300;
    world.asymmetry = 0.9;
    run(
        world,
        600_000,
        servers,
        () -> {
          assertThat(apart(servers)).isLessThan(3);
          servers.forEach(server -> assertThat(Math.abs(server.off())).isLessThan(3));
        });
    world.wayMs = LAN_MS;
    world.asymmetry = 0;
    run(world, 60_000, servers, () -> {});
    run(world, 60_000, servers, () -> assertThat(apart(servers)).isLessThan(0.3));
  }
}
