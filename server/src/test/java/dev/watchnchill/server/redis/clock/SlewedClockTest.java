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

/** Tests of the clock against simulated stores and networks; {@link World} advances true time. */
final class SlewedClockTest {
  private static final double START_MS = 1_700_000_000_000.0;
  private static final double PAUSE_MS = 5_000;
  private static final double LAN_MS = 0.3;

  /** The store's clock, the network, and the true time in ms since the start of the test. */
  private static final class World {
    final Random random;
    double nowMs;
    DoubleUnaryOperator store = trueMs -> START_MS + trueMs;
    double roundTripMs = LAN_MS;
    double jitterMs = 0.2;
    double asymmetry; // of the round trip, -1 to 1
    boolean unreachable;

    World(long seed) {
      random = new Random(seed);
    }

    double storeMs() {
      return store.applyAsDouble(nowMs);
    }
  }

  /** An instance: a local counter with its own rate, and a slewed clock. */
  private static final class Instance {
    final World world;
    final double rate;
    final long bornNanos;
    final SlewedClock clock;
    double lastMs;
    double maxRateError;
    double lastTrueMs = Double.NaN;
    int steps;
    boolean used;

    Instance(World world, double rate, long wallMs) {
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

    double offset() {
      return now() - world.storeMs();
    }

    void poll(int questions) {
      if (world.unreachable) {
        return;
      }
      double before = world.nowMs;
      var burst = new ArrayList<TimeSample>();
      for (int i = 0; i < questions; i++) {
        long sent = nanos();
        double there = world.roundTripMs * (1 + world.asymmetry) / 2 + delay();
        double back = world.roundTripMs * (1 - world.asymmetry) / 2 + delay();
        world.nowMs += there;
        double storeMs = Math.floor(world.storeMs() * 1e3) / 1e3;
        world.nowMs += back;
        burst.add(new TimeSample(sent, storeMs, nanos()));
      }
      long epoch = clock.slew().epoch();
      double previousMs = clock.slew().at(nanos());
      clock.update(burst, nanos(), used);
      if (!used) { // the clock may jump
        world.nowMs = before;
        return;
      }
      if (clock.slew().epoch() == epoch) {
        assertThat(clock.slew().at(nanos())).isCloseTo(previousMs, within(1e-3));
      } else {
        steps++;
        lastTrueMs = Double.NaN;
      }
      world.nowMs = before; // the next instance polls at the same time
    }

    double delay() {
      // Mostly short, sometimes long.
      double jitter = -Math.log(1 - world.random.nextDouble()) * world.jitterMs;
      return world.random.nextInt(20) == 0 ? jitter * 20 : jitter;
    }

    /** Reads the clock: it never runs backwards, and its rate error is recorded. */
    void assertMonotonic() {
      double now = now();
      if (!Double.isNaN(lastTrueMs)) {
        assertThat(now).as("never runs backwards").isGreaterThanOrEqualTo(lastMs);
        double local = (world.nowMs - lastTrueMs) * rate;
        if (local > 50) {
          maxRateError = Math.max(maxRateError, Math.abs((now - lastMs) / local - 1));
        }
      }
      lastMs = now;
      lastTrueMs = world.nowMs;
    }
  }

  /** Advances time; every instance polls at its interval, and again soon after an outlier. */
  private static void run(World world, double ms, List<Instance> instances, Runnable check) {
    double end = world.nowMs + ms;
    while (world.nowMs < end) {
      instances.forEach(instance -> instance.poll(3));
      for (Instance instance : instances) {
        if (instance.clock.hasOutlier()) {
          world.nowMs += 200;
          instance.poll(3);
        }
      }
      for (int i = 0; i < 10; i++) {
        world.nowMs += PAUSE_MS / 10;
        instances.forEach(Instance::assertMonotonic);
        check.run();
      }
    }
    for (Instance instance : instances) {
      assertThat(instance.maxRateError).isLessThanOrEqualTo(SlewFunction.SLEW_MAX + 1e-6);
    }
  }

  private static double spread(List<Instance> instances) {
    double least = instances.stream().mapToDouble(Instance::now).min().orElseThrow();
    return instances.stream().mapToDouble(Instance::now).max().orElseThrow() - least;
  }

  /** Returns three instances with different drifts and wall clocks that are hours apart. */
  private static List<Instance> threeInstances(World world) {
    var instances =
        List.of(
            new Instance(world, 1 + 40e-6, 0),
            new Instance(world, 1 - 70e-6, (long) START_MS + 7_200_000),
            new Instance(world, 1 + 10e-6, (long) START_MS));
    instances.forEach(instance -> instance.poll(8));
    return instances;
  }

  @Test
  void TL7_first_answers_set_a_clock_that_was_never_read() {
    var world = new World(1);
    world.jitterMs = 0;
    var instance = new Instance(world, 1, 123);
    instance.poll(8);
    assertThat(instance.offset()).isCloseTo(0, within(0.01));
    assertThat(instance.clock.slew().epoch())
        .isBetween((long) START_MS, (long) START_MS + Math.round(8 * LAN_MS));
  }

  @ParameterizedTest
  @CsvSource({"20,false", "-20,false", "999,false", "-999,false", "1100,true", "-1100,true"})
  void TL7_clock_that_was_read_slews_and_steps_only_beyond_a_second(double ahead, boolean steps) {
    var world = new World(2);
    world.jitterMs = 0;
    var instance = new Instance(world, 1, Math.round(START_MS + ahead));
    double before = instance.now();
    long epoch = instance.clock.slew().epoch();
    instance.poll(8);
    assertThat(instance.clock.slew().epoch() != epoch).isEqualTo(steps);
    if (steps) {
      assertThat(instance.offset()).isCloseTo(0, within(0.01));
      return;
    }
    assertThat(instance.now()).isCloseTo(before, within(0.01));
    world.nowMs += 10_000;
    assertThat(instance.offset()).isCloseTo(ahead - Math.copySign(3.5, ahead), within(0.5));
    world.nowMs += 3_000_000;
    // Without further samples it follows the last estimate, and does not overshoot.
    assertThat(instance.offset()).isCloseTo(0, within(0.01));
  }

  @Test
  void TL7_quickest_answer_counts_and_outliers_do_not() {
    var world = new World(3);
    world.jitterMs = 0;
    var instance = new Instance(world, 1, 0);
    instance.poll(8);
    world.nowMs += PAUSE_MS;
    world.roundTripMs = 400;
    world.asymmetry = 1; // every sample is wrong by 200 ms, with a round trip of 400 ms
    for (int i = 0; i < 20; i++) {
      instance.poll(3);
      world.nowMs += PAUSE_MS;
    }
    assertThat(instance.offset()).isCloseTo(0, within(0.05));
    // A single outlier moves nothing.
    world.roundTripMs = LAN_MS;
    world.asymmetry = 0;
    world.store = trueMs -> START_MS + trueMs + 500;
    instance.poll(3);
    assertThat(instance.clock.hasOutlier()).isTrue();
    world.store = trueMs -> START_MS + trueMs;
    instance.poll(3);
    world.nowMs += PAUSE_MS;
    assertThat(instance.clock.hasOutlier()).isFalse();
    assertThat(instance.offset()).isCloseTo(0, within(0.05));
  }

  @ParameterizedTest
  @CsvSource({"11,0.2,0", "12,0.2,100e-6", "13,0.5,-100e-6", "14,1,30e-6", "15,0.2,0", "16,2,0"})
  void TL7_instances_agree_for_any_drift_wall_clock_and_jitter(
      long seed, double jitterMs, double storeDrift) {
    var world = new World(seed);
    world.jitterMs = jitterMs;
    world.store = trueMs -> START_MS + trueMs * (1 + storeDrift);
    List<Instance> instances = threeInstances(world);
    // Until the drifts are known, a round trip and the drift of half an interval may lie between.
    run(
        world,
        60_000,
        instances,
        () -> assertThat(spread(instances)).isLessThan(1.5 * jitterMs + 1.2));
    run(
        world,
        1_200_000,
        instances,
        () -> {
          assertThat(spread(instances)).isLessThan(Math.max(0.3, jitterMs));
          instances.forEach(instance ->
              assertThat(instance.offset()).isCloseTo(0, within(Math.max(0.3, jitterMs))));
        });
    instances.forEach(instance -> assertThat(instance.steps).isZero());
  }

  @Test
  void TL7_asymmetric_network_shifts_all_instances_alike_by_at_most_half_the_round_trip() {
    var world = new World(21);
    world.roundTripMs = 2;
    world.asymmetry = 0.8;
    List<Instance> instances = threeInstances(world);
    run(world, 60_000, instances, () -> {});
    run(
        world,
        600_000,
        instances,
        () -> {
          assertThat(spread(instances)).isLessThan(0.5);
          instances.forEach(instance -> assertThat(Math.abs(instance.offset())).isLessThan(1.2));
        });
  }

  @Test
  void TL7_failover_to_a_store_20_ms_off_is_slewed_by_all_instances_together() {
    var world = new World(31);
    List<Instance> instances = threeInstances(world);
    run(world, 120_000, instances, () -> {});
    world.store = trueMs -> START_MS + trueMs - 20;
    run(world, 90_000, instances, () -> assertThat(spread(instances)).isLessThan(0.5));
    run(
        world,
        60_000,
        instances,
        () ->
            instances.forEach(instance -> assertThat(instance.offset()).isCloseTo(0, within(0.5))));
    instances.forEach(instance -> assertThat(instance.steps).isZero());
  }

  @ParameterizedTest
  @CsvSource({"3600000", "-3600000"})
  void TL7_failover_to_a_store_an_hour_off_is_a_step_with_a_new_epoch(double hour) {
    var world = new World(41);
    List<Instance> instances = threeInstances(world);
    run(world, 120_000, instances, () -> {});
    var epochs = instances.stream().map(instance -> instance.clock.slew().epoch()).toList();
    world.store = trueMs -> START_MS + trueMs + hour;
    run(world, 20_000, instances, () -> {});
    for (int i = 0; i < instances.size(); i++) {
      assertThat(instances.get(i).steps).isEqualTo(1);
      assertThat(instances.get(i).clock.slew().epoch()).isNotEqualTo(epochs.get(i));
      assertThat(instances.get(i).offset()).isCloseTo(0, within(0.5));
    }
  }

  @Test
  void TL7_during_an_outage_clocks_continue_at_their_last_rate() {
    var world = new World(51);
    world.store = trueMs -> START_MS + trueMs * (1 + 100e-6);
    List<Instance> instances = threeInstances(world);
    run(world, 600_000, instances, () -> {});
    world.unreachable = true;
    run(world, 600_000, instances, () -> assertThat(spread(instances)).isLessThan(3));
    world.unreachable = false;
    run(world, 60_000, instances, () -> {});
    run(world, 60_000, instances, () -> assertThat(spread(instances)).isLessThan(0.3));
    instances.forEach(instance -> assertThat(instance.steps).isZero());
  }

  @Test
  void TL7_ten_minutes_of_slow_asymmetric_network_move_the_clocks_little() {
    var world = new World(61);
    List<Instance> instances = threeInstances(world);
    run(world, 300_000, instances, () -> {});
    world.roundTripMs = 300;
    world.asymmetry = 0.9;
    run(
        world,
        600_000,
        instances,
        () -> {
          assertThat(spread(instances)).isLessThan(3);
          instances.forEach(instance -> assertThat(Math.abs(instance.offset())).isLessThan(3));
        });
    world.roundTripMs = LAN_MS;
    world.asymmetry = 0;
    run(world, 60_000, instances, () -> {});
    run(world, 60_000, instances, () -> assertThat(spread(instances)).isLessThan(0.3));
  }
}
