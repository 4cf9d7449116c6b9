package dev.watchnchill.server.simulation;

import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Random faults of a cluster: of its instances, of their links to the store, and of the store. */
final class FaultSchedule {
  /** The kinds of faults; all runs of a simulation together must have every one. */
  enum Fault {
    CUT_LINK,
    SILENT_LINK,
    LOSSY_LINK,
    SLOW_LINK,
    PAUSE,
    DEATH,
    DEATH_DURING_TAKEOVER,
    NEW_INSTANCE,
    STORE_LOSES_EVERYTHING,
    STORE_LOSES_LAST
  }

  private static final int INSTANCES_MAX = 5;

  /** Long enough for the restoration of all rooms. */
  private static final long CALM_MS = 3_000;

  /** Long enough for every lease, grace period and retry. */
  private static final long QUIET_MS = 25_000;

  private final SimulatedCluster cluster;
  private final RandomGenerator random;
  private final Set<Fault> occurred;
  // Whether the store has lost changes that no instance had to keep: lost results are excused.
  private boolean historyLost;
  private long calmUntilMs;
  private boolean anyDied;

  /**
   * @param occurred receives the faults
   */
  FaultSchedule(SimulatedCluster cluster, Set<Fault> occurred) {
    this.cluster = cluster;
    this.random = cluster.random;
    this.occurred = occurred;
  }

  /** Returns whether the store has lost changes in this phase that no instance had to keep. */
  boolean historyLost() {
    return historyLost;
  }

  /** Begins a phase with faults. */
  void beginPhase() {
    historyLost = false;
    anyDied = false;
  }

  /** Ends all faults, and lets clients and instances recover. */
  void quiet() {
    cluster.note(() -> "-- quiet");
    cluster.time.advance(Math.max(0, calmUntilMs - cluster.time.nowMs()));
    if (cluster.living().isEmpty()) {
      cluster.addInstance();
    }
    cluster.instances.forEach(instance -> instance.diesDuringTakeover = false);
    for (SimulatedInstance instance : cluster.living()) {
      instance.link.mend();
      instance.unpause();
    }
    cluster.time.advance(QUIET_MS);
    cluster.instances.forEach(instance -> instance.troubled = false);
  }

  private void record(Fault fault, String what) {
    occurred.add(fault);
    cluster.note(() -> what + ": " + fault);
  }

  /** Begins or ends one fault. */
  void act() {
    SimulatedInstance instance = cluster.anyLiving();
    if (instance == null) {
      cluster.addInstance();
      return;
    }
    if (cluster.time.nowMs() < calmUntilMs) {
      return;
    }
    switch (random.nextInt(16)) {
      case 0, 1, 2 -> {
        cluster.note(() -> instance.name + " has a good link");
        instance.link.mend();
      }
      case 3, 4 -> {
        cluster.note(() -> instance.name + " goes on");
        instance.unpause();
      }
      case 5 -> {
        if (cluster.living().size() < INSTANCES_MAX) {
          record(Fault.NEW_INSTANCE, "cluster");
          cluster.addInstance();
        }
      }
      case 6, 7 -> {
        record(Fault.CUT_LINK, instance.name);
        instance.link.cut();
        instance.troubled = true;
      }
      case 8 -> {
        record(Fault.SILENT_LINK, instance.name);
        instance.link.silence();
      }
      case 9 -> {
        record(Fault.LOSSY_LINK, instance.name);
        instance.troubled = true;
        instance.link.lostCalls = random.nextInt(30);
        instance.link.lostAnswers = random.nextInt(30);
        instance.link.lostPublications = random.nextInt(3) == 2 ? random.nextInt(50) : 0;
      }
      case 10 -> {
        record(Fault.SLOW_LINK, instance.name);
        instance.link.delayMaxMs = random.nextInt(random.nextBoolean() ? 50 : 800);
      }
      case 11, 12 -> {
        record(Fault.PAUSE, instance.name);
        instance.pause();
      }
      case 13 -> die(instance);
      case 14 ->
          lose(() -> {
            record(Fault.STORE_LOSES_EVERYTHING, "store");
            cluster.sharedStore.loseEverything();
            cluster.leases.loseEverything();
          });
      default -> {
        // A client without changes meanwhile could not distinguish the two histories of one epoch.
        if (calm()) {
          int changes = 1 + random.nextInt(4);
          lose(() -> {
            record(Fault.STORE_LOSES_LAST, "store, " + changes + " changes");
            cluster.sharedStore.loseLast(changes);
          });
        }
      }
    }
  }

  private void die(SimulatedInstance instance) {
    record(Fault.DEATH, instance.name);
    instance.die();
    anyDied = true;
    for (SimulatedInstance other : cluster.instances) {
      other.diesDuringTakeover = random.nextInt(6) == 5;
      if (other.diesDuringTakeover && !other.dead()) {
        record(Fault.DEATH_DURING_TAKEOVER, other.name + ", soon");
      }
    }
  }

  /** Returns whether the instance with the newest copy of a room can restore it. */
  private boolean calm() {
    return !anyDied
        && cluster.living().stream()
            .allMatch(instance -> instance.running() && instance.link.healthy());
  }

  /**
   * Restarts the store, which breaks all connections. Without other faults no result may be lost.
   */
  private void lose(Runnable loss) {
    List<SimulatedInstance> living = cluster.living();
    boolean calm = calm();
    loss.run();
    if (calm) {
      calmUntilMs = cluster.time.nowMs() + CALM_MS;
    } else {
      historyLost = true;
    }
    for (SimulatedInstance instance : living) {
      if (calm || !instance.link.isCut()) {
        instance.link.cut();
        cluster.time.after(1 + random.nextInt(300), instance.link::mend);
      }
    }
  }
}
