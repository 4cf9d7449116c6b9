package dev.watchnchill.load.measure;

import org.HdrHistogram.Histogram;

/** The counters of one event loop. Only that loop uses them. */
public final class LoopCounters {
  public long base;
  public long all;
  public long errors;
  public long bytesIn;
  public long bytesOut;
  public long messagesIn;
  public long messagesOut;
  public long acks;
  private long filmEvents;
  private long filmReactions;
  private long messageReactionEvents;

  private Schedule schedule = new Schedule(0, 0, 0);
  private DeliveryCounts delivered = new DeliveryCounts(0);
  private Latencies latencies = new Latencies();

  /** Begins a phase with these commands. */
  public void begin(Schedule next) {
    schedule = next;
    delivered = new DeliveryCounts(next.count());
    latencies = new Latencies();
  }

  /** Counts a delivery of the command that was due then. */
  public void delivered(long dueMicros) {
    delivered(dueMicros, latencies.others);
  }

  /** Counts a delivery of the chat message that was due then. */
  public void message(long dueMicros) {
    delivered(dueMicros, latencies.messages);
  }

  /** Counts a delivery of the host's command that was due then. */
  public void control(long dueMicros) {
    delivered(dueMicros, latencies.controls);
  }

  /** Counts an event with so many reactions to the film. */
  public void filmReactions(long reactions) {
    filmEvents++;
    filmReactions += reactions;
  }

  /** Counts an event with the reactions to a message. */
  public void messageReactions() {
    messageReactionEvents++;
  }

  private void delivered(long dueMicros, Histogram histogram) {
    int index = schedule.indexOf(dueMicros);
    if (index >= 0) {
      delivered.add(index, 1);
      record(histogram, dueMicros);
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
    record(latencies.others, dueMicros);
  }

  private static void record(Histogram histogram, long dueMicros) {
    histogram.recordValue(Math.max(0, MicrosClock.micros() - dueMicros));
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
        new TalkCounts(filmEvents, filmReactions, messageReactionEvents),
        delivered.copy(),
        latencies.copy());
  }
}
