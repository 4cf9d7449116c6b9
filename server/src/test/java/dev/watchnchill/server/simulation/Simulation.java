package dev.watchnchill.server.simulation;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.generate.Choices;
import dev.watchnchill.party.generate.Property;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Runs simulations, and collects what occurred in all of them. */
final class Simulation {
  private static final int ONE_INSTANCE_STEPS = 60;
  private static final int PHASES = 2;
  private static final int PHASE_STEPS = 30;

  /** Long enough for all users to leave and for every grace period to pass. */
  private static final long END_MS = 60_000;

  /** Long enough for all who were kept out to come in, and for their retries. */
  private static final long OPEN_MS = 10_000;

  private final Limits limits;

  /** The events that clients received in all runs, and the reasons of timelines. */
  final Set<String> received = new LinkedHashSet<>();

  /** The faults of all runs. */
  final Set<FaultSchedule.Fault> faults = EnumSet.noneOf(FaultSchedule.Fault.class);

  Simulation(Limits limits) {
    this.limits = limits;
  }

  /** Runs one instance with a store of its own and without faults; checks it after every step. */
  void ofOneInstance(int runs) {
    Property.check(
        runs,
        choices -> {
          var cluster = SimulatedCluster.ofOneInstance(choices, limits);
          logged(cluster, () -> oneInstance(cluster));
        });
  }

  private void oneInstance(SimulatedCluster cluster) {
    var users = new RoamingUsers(cluster);
    var checks = new ConvergenceChecks(cluster);
    for (int step = 0; step < ONE_INSTANCE_STEPS; step++) {
      users.act();
      checks.converged(false);
    }
    users.disconnectAll();
    cluster.time.advance(10 * limits.roomLifeMs());
    checks.nothingLeft();
  }

  /**
   * Runs instances with a shared store and faults; checks them after the end of the faults.
   *
   * @param entryControl whether hosts change settings, and decide who may come in and write
   */
  void ofSharedStore(int runs, boolean entryControl) {
    Property.check(
        runs,
        choices -> {
          var cluster = SimulatedCluster.shared(choices, limits);
          logged(cluster, () -> sharedStore(cluster, choices, entryControl));
        });
  }

  private void sharedStore(SimulatedCluster cluster, Choices random, boolean entryControl) {
    int instances = 1 + random.nextInt(4);
    for (int i = 0; i < instances; i++) {
      cluster.addInstance();
    }
    var users = new ReconnectingUsers(cluster, entryControl);
    var schedule = new FaultSchedule(cluster, faults);
    var checks = new ConvergenceChecks(cluster);
    for (int phase = 0; phase < PHASES; phase++) {
      users.beginPhase();
      schedule.beginPhase();
      for (int step = 0; step < PHASE_STEPS; step++) {
        if (random.nextInt(3) == 2) {
          schedule.act();
        } else {
          users.act();
        }
        cluster.time.advance(random.nextInt(5) == 4 ? random.nextInt(3_000) : random.nextInt(300));
        cluster.living().forEach(checks::boundedTimers);
      }
      schedule.quiet();
      checks.converged(schedule.historyLost());
      if (entryControl) {
        users.keptOutByRules();
        users.open();
        cluster.time.advance(OPEN_MS);
        checks.converged(schedule.historyLost());
      }
      users.settled(schedule.historyLost());
    }
    users.leaveAll();
    cluster.time.advance(END_MS);
    checks.nothingLeft();
  }

  private void logged(SimulatedCluster cluster, Runnable run) {
    try {
      run.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(String.join("\n", cluster.log) + "\n" + e.getMessage(), e);
    } finally {
      received.addAll(cluster.received);
    }
  }
}
