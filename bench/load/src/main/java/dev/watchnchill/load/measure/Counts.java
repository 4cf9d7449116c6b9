package dev.watchnchill.load.measure;

import java.util.Collection;

/**
 * Counters since the start, with the deliveries and latencies of the current phase.
 *
 * @param base events of the base contract
 * @param all all events
 * @param delivered for each command of the phase, the number of members that have received it
 * @param latencies in microseconds
 */
public record Counts(
    long base,
    long all,
    long errors,
    long bytesIn,
    long bytesOut,
    long messagesIn,
    long messagesOut,
    long acks,
    TalkCounts talk,
    DeliveryCounts delivered,
    Latencies latencies) {

  /** Adds up the counters of all event loops. */
  public static Counts sum(Collection<Counts> parts) {
    int commands = parts.stream().mapToInt(part -> part.delivered.commands()).max().orElse(0);
    DeliveryCounts delivered = new DeliveryCounts(commands);
    Latencies latencies = new Latencies();
    TalkCounts talk = TalkCounts.NONE;
    for (Counts part : parts) {
      latencies.add(part.latencies);
      talk = talk.plus(part.talk);
      delivered.add(part.delivered);
    }
    return new Counts(
        parts.stream().mapToLong(Counts::base).sum(),
        parts.stream().mapToLong(Counts::all).sum(),
        parts.stream().mapToLong(Counts::errors).sum(),
        parts.stream().mapToLong(Counts::bytesIn).sum(),
        parts.stream().mapToLong(Counts::bytesOut).sum(),
        parts.stream().mapToLong(Counts::messagesIn).sum(),
        parts.stream().mapToLong(Counts::messagesOut).sum(),
        parts.stream().mapToLong(Counts::acks).sum(),
        talk,
        delivered,
        latencies);
  }
}
