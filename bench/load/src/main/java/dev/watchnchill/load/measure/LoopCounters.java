package dev.watchnchill.load.measure;

import org.HdrHistogram.Histogram;

/** The counters of one event loop. Only that loop uses them. */
public final class LoopCounters {
  private static final int DIGITS = 3;

  public long base;
  public long all;
  public long errors;
  public long bytesIn;
  public long bytesOut;
  public long messagesIn;
  public long messagesOut;
  public long acks;

  private Schedule schedule = new Schedule(0, 0, 0);
  private DeliveryCounts delivered = new DeliveryCounts(0);
  private Histogram latency = new Histogram(DIGITS);

  /** Begins a phase with these commands. */
  public void begin(Schedule next) {
    schedule = next;
    delivered = new DeliveryCounts(next.count());
    latency = new Histogram(DIGITS);
  }

  /** Counts a delivery of the command that was due then. */
  public void delivered(long dueMicros) {
    int index = schedule.indexOf(dueMicros);
    if (index >= 0) {
      delivered.add(index, 1);
      recordLatency(dueMicros);
    }
  }

  /** Counts the answer to a command. */
  public void answered(long index) {
    if (index >= 0 && index < schedule.count()) {
      delivered.add((int) index, 1);
      recordLatency(schedule.dueMicros((int) index));
    }
  }

  /** Records the latency since a due time. */
  public void recordLatency(long dueMicros) {
    latency.recordValue(Math.max(0, MicrosClock.micros() - dueMicros));
  }

  /** Returns a copy. */
  public Counts counts() {
    return new Counts(
        base,
        all,
        errors,
        bytesIn,
        bytesOut,
        messagesIn,
        messagesOut,
        acks,
        delivered.copy(),
        latency.copy());
  }
}
