package dev.watchnchill.load;

import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.DeliveryCounts;
import dev.watchnchill.load.measure.MeasuredProcesses;
import dev.watchnchill.load.measure.MeasuredProcesses.Usage;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.measure.PhaseResult;
import dev.watchnchill.load.measure.Schedule;
import dev.watchnchill.load.net.LoadConnections;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.HdrHistogram.Histogram;

/** Runs phases: sends commands when they are due, waits for the last delivery, and measures. */
public final class PhaseRunner {
  private static final int LOOK_MS = 10;
  private static final int QUIET_LOOKS = 50;
  private static final int QUIET_MAX_MS = 60_000;
  private static final double DRAIN_SECONDS = 5;
  private static final double LONG_DRAIN_SECONDS = 60;

  private final LoadConnections connections;
  private final MeasuredProcesses processes;
  private final double drainSeconds;
  private final List<PhaseResult> phases = new ArrayList<>();

  /** Creates a runner over these connections that measures these processes. */
  public PhaseRunner(LoadConnections connections, MeasuredProcesses processes, Options options) {
    this.connections = connections;
    this.processes = processes;
    this.drainSeconds = options.number("drain", DRAIN_SECONDS);
  }

  /** Returns the connections. */
  public LoadConnections connections() {
    return connections;
  }

  /** Returns the processes that are measured. */
  public MeasuredProcesses processes() {
    return processes;
  }

  /** Returns the results so far. */
  public List<PhaseResult> phases() {
    return List.copyOf(phases);
  }

  /** Runs a phase as {@link #measure} does, and keeps nothing of it. */
  public void warmUp(double perSecond, double seconds, Command command) {
    if (seconds > 0) {
      run("warm-up", perSecond, seconds, command);
    }
  }

  /** Sends commands at a rate for so long, and keeps the result. */
  public PhaseResult measure(String name, double perSecond, double seconds, Command command) {
    return keep(run(name, perSecond, seconds, command));
  }

  /**
   * Measures as {@link #measure} does, but until nothing more arrives, so that late events count.
   */
  public PhaseResult measureAll(String name, double perSecond, double seconds, Command command) {
    Running running = begin(perSecond, seconds);
    send(running, command);
    drain(running, LONG_DRAIN_SECONDS);
    quiet();
    return keep(end(name, running));
  }

  /** Runs a task of unknown duration that returns its number of commands, and keeps the result. */
  public PhaseResult measure(String name, IntSupplier commands) {
    Running running = begin(0, 0);
    int sent = commands.getAsInt();
    double seconds = running.seconds();
    Running done = running.withSent(sent, sent / seconds, seconds);
    return keep(end(name, done));
  }

  private PhaseResult keep(PhaseResult phase) {
    phases.add(phase);
    Progress.print(
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

  /** Waits until nothing has arrived for half a second. */
  public void quiet() {
    long before = -1;
    int same = 0;
    for (int waited = 0; same < QUIET_LOOKS && waited < QUIET_MAX_MS; waited += LOOK_MS) {
      pause(LOOK_MS);
      long now = connections.counts().all();
      same = now == before ? same + 1 : 0;
      before = now;
    }
  }

  private PhaseResult run(String name, double perSecond, double seconds, Command command) {
    Running running = begin(perSecond, seconds);
    send(running, command);
    drain(running, drainSeconds);
    return end(name, running);
  }

  private Running begin(double perSecond, double seconds) {
    quiet();
    Counts before = connections.counts();
    Usage from = processes.usage();
    Schedule schedule = Schedule.lasting(MicrosClock.micros() + 20_000, perSecond, seconds);
    connections.forEach(counters -> counters.begin(schedule));
    return new Running(
        before,
        from,
        schedule,
        schedule.count(),
        seconds,
        new DeliveryCounts(schedule.count()),
        new Histogram(3));
  }

  private static void send(Running running, Command command) {
    Schedule schedule = running.schedule();
    for (int i = 0; i < schedule.count(); i++) {
      long due = schedule.dueMicros(i);
      waitUntil(due);
      running.late().recordValue(Math.max(0, MicrosClock.micros() - due));
      running.expected().add(i, command.send(i, due));
    }
    waitUntil(schedule.startMicros() + Math.round(running.sendSeconds() * 1e6));
  }

  private void drain(Running running, double seconds) {
    long giveUp = MicrosClock.micros() + Math.round(seconds * 1e6);
    while (running.expected().notIn(connections.counts().delivered()) > 0
        && MicrosClock.micros() < giveUp) {
      pause(LOOK_MS);
    }
  }

  private PhaseResult end(String name, Running running) {
    double seconds = running.seconds();
    Usage to = processes.usage();
    Counts after = connections.counts();
    var sent =
        new PhaseResult.Sent(
            running.schedule().perSecond(),
            running.sendSeconds(),
            running.sent(),
            running.expected(),
            running.late().getMaxValue());
    return PhaseResult.of(name, sent, seconds, running.before(), after, running.from(), to);
  }

  private static void waitUntil(long dueMicros) {
    long left = MicrosClock.nanoTime(dueMicros) - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted");
      }
      left = MicrosClock.nanoTime(dueMicros) - System.nanoTime();
    }
  }

  /** Waits for so long. */
  public static void pause(long ms) {
    waitUntil(MicrosClock.micros() + ms * 1_000);
  }

  private record Running(
      Counts before,
      Usage from,
      Schedule schedule,
      int sent,
      double sendSeconds,
      DeliveryCounts expected,
      Histogram late) {
    double seconds() {
      return (MicrosClock.micros() - schedule.startMicros()) / 1e6;
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

  /** Sends the commands of a phase. */
  @FunctionalInterface
  public interface Command {
    /** Sends one command and returns the number of members that should receive it. */
    int send(int index, long dueMicros);
  }
}
