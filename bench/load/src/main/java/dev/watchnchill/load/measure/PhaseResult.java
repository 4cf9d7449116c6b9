package dev.watchnchill.load.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.load.measure.MeasuredProcesses.Usage;
import dev.watchnchill.load.measure.ProcessStats.Cpu;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The result of one phase: a line of the report.
 *
 * @param seconds the measured time: from the first command until the last delivery, or until it was
 *     given up
 * @param unexpected deliveries that came twice or to the wrong member
 * @param senderLateMs the greatest delay of the generator itself, which is part of the latency too
 * @param messageLatencyMs of chat messages alone, or null when there were none
 * @param controlLatencyMs of a host's commands alone, or null when there were none
 * @param talk the reactions that arrived, or null when there were none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PhaseResult(
    String name,
    double seconds,
    double sendSeconds,
    double commandsPerSecond,
    long commands,
    long delivered,
    long deliveredAll,
    long missed,
    long unexpected,
    long errors,
    long bytesIn,
    long bytesOut,
    long messagesIn,
    long messagesOut,
    List<Double> cpuSeconds,
    List<Double> userCpuSeconds,
    @Nullable Double redisCpuSeconds,
    double loadCpuSeconds,
    double senderLateMs,
    Latency latencyMs,
    @Nullable Latency messageLatencyMs,
    @Nullable Latency controlLatencyMs,
    @Nullable TalkCounts talk) {

  /** Creates a result from the counters and the CPU times before and after a phase. */
  public static PhaseResult of(
      String name, Sent sent, double seconds, Counts before, Counts after, Usage from, Usage to) {
    List<Cpu> used =
        IntStream.range(0, to.servers().size())
            .mapToObj(i -> to.servers().get(i).since(from.servers().get(i)))
            .toList();
    TalkCounts talk = after.talk().minus(before.talk());
    Cpu redis = to.redis() == null || from.redis() == null ? null : to.redis().since(from.redis());
    return new PhaseResult(
        name,
        rounded(seconds),
        rounded(sent.seconds()),
        sent.perSecond(),
        sent.commands(),
        after.base() - before.base(),
        after.all() - before.all(),
        sent.expected().notIn(after.delivered()),
        after.delivered().notIn(sent.expected()),
        after.errors() - before.errors(),
        after.bytesIn() - before.bytesIn(),
        after.bytesOut() - before.bytesOut(),
        after.messagesIn() - before.messagesIn(),
        after.messagesOut() - before.messagesOut(),
        used.stream().map(Cpu::all).toList(),
        used.stream().map(Cpu::user).toList(),
        redis == null ? null : redis.all(),
        to.load().since(from.load()).all(),
        sent.lateMicros() / 1e3,
        Latency.of(after.latencies().all()),
        Latency.orNull(after.latencies().messages),
        Latency.orNull(after.latencies().controls),
        talk.equals(TalkCounts.NONE) ? null : talk);
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }

  /**
   * The commands of a phase.
   *
   * @param expected for each command, the number of members that should receive it
   */
  public record Sent(
      double perSecond, double seconds, long commands, DeliveryCounts expected, long lateMicros) {}

  /** Milliseconds from the due time of a command to each of its deliveries. */
  public record Latency(double p50, double p90, double p99, double p999, double max, long count) {
    static Latency of(Histogram micros) {
      return new Latency(
          at(micros, 50),
          at(micros, 90),
          at(micros, 99),
          at(micros, 99.9),
          micros.getMaxValue() / 1e3,
          micros.getTotalCount());
    }

    private static @Nullable Latency orNull(Histogram micros) {
      return micros.getTotalCount() == 0 ? null : of(micros);
    }

    private static double at(Histogram micros, double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }
  }
}
