package dev.watchnchill.load.measure;

import org.HdrHistogram.Histogram;

/** What one event loop has counted. Only that loop touches it. */
public final class Tally {
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
  private Deliveries delivered = new Deliveries(0);
  private Histogram latency = new Histogram(DIGITS);

  /** From now on deliveries belong to these commands. */
  public void begin(Schedule next) {
    schedule = next;
    delivered = new Deliveries(next.count());
    latency = new Histogram(DIGITS);
  }

  /** A member has got the command that was due then. */
  public void delivered(long dueMicros) {
    int index = schedule.indexOf(dueMicros);
    if (index >= 0) {
      delivered.add(index, 1);
      took(dueMicros);
    }
  }

  /** The command of that number was answered. */
  public void answered(long index) {
    if (index >= 0 && index < schedule.count()) {
      delivered.add((int) index, 1);
      took(schedule.dueMicros((int) index));
    }
  }

  /** Something that was due then has come. */
  public void took(long dueMicros) {
    latency.recordValue(Math.max(0, Clock.micros() - dueMicros));
  }

  /** A copy of all of it. */
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
