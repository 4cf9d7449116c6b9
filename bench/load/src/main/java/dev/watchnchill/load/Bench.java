package dev.watchnchill.load;

import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.Deliveries;
import dev.watchnchill.load.measure.Phase;
import dev.watchnchill.load.measure.Processes;
import dev.watchnchill.load.measure.Processes.Usage;
import dev.watchnchill.load.measure.Schedule;
import dev.watchnchill.load.net.Network;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;

/** Runs phases: sends commands when they are due, waits for the last of them, and takes stock. */
public final class Bench {
  private static final int LOOK_MS = 10;
  private static final int QUIET_LOOKS = 50;
  private static final int QUIET_MAX_MS = 60_000;
  private static final double DRAIN_SECONDS = 5;
  private static final double LONG_DRAIN_SECONDS = 60;

  private final Network network;
  private final Processes processes;
  private final double drainSeconds;
  private final List<Phase> phases = new ArrayList<>();

  /** Connections, what is looked at besides them, and what was asked for. */
  public Bench(Network network, Processes processes, Options options) {
    this.network = network;
    this.processes = processes;
    this.drainSeconds = options.number("drain", DRAIN_SECONDS);
  }

  /** The connections. */
  public Network network() {
    return network;
  }

  /** The processes that are looked at. */
  public Processes processes() {
    return processes;
  }

  /** What was measured so far. */
  public List<Phase> phases() {
    return List.copyOf(phases);
  }

  /** Warms everything up: as {@link #measure}, and nothing is kept of it. */
  public void warmUp(double perSecond, double seconds, Command command) {
    if (seconds > 0) {
      run("warm-up", perSecond, seconds, command);
    }
  }

  /** Sends so many commands in a second for so long, and keeps what came of it. */
  public Phase measure(String name, double perSecond, double seconds, Command command) {
    return keep(run(name, perSecond, seconds, command));
  }

  /** The same, and it goes on until nothing comes any more: what was caused late counts as well. */
  public Phase measureAll(String name, double perSecond, double seconds, Command command) {
    Running running = begin(perSecond, seconds);
    send(running, command);
    drain(running, LONG_DRAIN_SECONDS);
    quiet();
    return keep(end(name, running));
  }

  /** Has that done, which takes as long as it takes, and keeps what came of it. */
  public Phase measure(String name, IntSupplier commands) {
    Running running = begin(0, 0);
    int sent = commands.getAsInt();
    double seconds = running.seconds();
    Running done = running.withSent(sent, sent / seconds, seconds);
    return keep(end(name, done));
  }

  private Phase keep(Phase phase) {
    phases.add(phase);
    Progress.say(
        "%s: %d commands, %d events, %d missed, %d errors, p50 %.1f ms, p99 %.1f ms, CPU %s s",
        phase.name(),
        phase.commands(),
        phase.delivered(),
        phase.missed(),
        phase.errors(),
        phase.latencyMs().p50(),
        phase.latencyMs().p99(),
        phase.cpuSeconds());
    return phase;
  }

  /** Waits until nothing has come for half a second. */
  public void quiet() {
    long before = -1;
    int same = 0;
    for (int waited = 0; same < QUIET_LOOKS && waited < QUIET_MAX_MS; waited += LOOK_MS) {
      pause(LOOK_MS);
      long now = network.counts().all();
      same = now == before ? same + 1 : 0;
      before = now;
    }
  }

  private Phase run(String name, double perSecond, double seconds, Command command) {
    Running running = begin(perSecond, seconds);
    send(running, command);
    drain(running, drainSeconds);
    return end(name, running);
  }

  private Running begin(double perSecond, double seconds) {
    quiet();
    Counts before = network.counts();
    Usage from = processes.usage();
    Schedule schedule = Schedule.lasting(Clock.micros() + 20_000, perSecond, seconds);
    network.forEach(tally -> tally.begin(schedule));
    return new Running(
        before,
        from,
        schedule,
        schedule.count(),
        seconds,
        new Deliveries(schedule.count()),
        new Histogram(3));
  }

  private static void send(Running running, Command command) {
    Schedule schedule = running.schedule();
    for (int i = 0; i < schedule.count(); i++) {
      long due = schedule.dueMicros(i);
      waitUntil(due);
      running.late().recordValue(Math.max(0, Clock.micros() - due));
      running.expected().add(i, command.send(i, due));
    }
    waitUntil(schedule.startMicros() + Math.round(running.sendSeconds() * 1e6));
  }

  private void drain(Running running, double seconds) {
    long giveUp = Clock.micros() + Math.round(seconds * 1e6);
    while (running.expected().notIn(network.counts().delivered()) > 0 && Clock.micros() < giveUp) {
      pause(LOOK_MS);
    }
  }

  private Phase end(String name, Running running) {
    double seconds = running.seconds();
    Usage to = processes.usage();
    Counts after = network.counts();
    var sent =
        new Phase.Sent(
            running.schedule().perSecond(),
            running.sendSeconds(),
            running.sent(),
            running.expected(),
            running.late().getMaxValue());
    return Phase.of(name, sent, seconds, running.before(), after, running.from(), to);
  }

  private static void waitUntil(long dueMicros) {
    long left = Clock.nanoTime(dueMicros) - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = Clock.nanoTime(dueMicros) - System.nanoTime();
    }
  }

  /** Does nothing for so long. */
  public static void pause(long ms) {
    try {
      Thread.sleep(Duration.ofMillis(ms));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private record Running(
      Counts before,
      Usage from,
      Schedule schedule,
      int sent,
      double sendSeconds,
      Deliveries expected,
      Histogram late) {
    double seconds() {
      return (Clock.micros() - schedule.startMicros()) / 1e6;
    }

    Running withSent(int commands, double perSecond, double seconds) {
      return new Running(
          before,
          from,
          new Schedule(schedule.startMicros(), perSecond, 0),
          commands,
          seconds,
          expected,
          late);
    }
  }

  /** Sends one command of a phase. */
  @FunctionalInterface
  public interface Command {
    /** Sends it, and says how many members should get it. */
    int send(int index, long dueMicros);
  }
}
