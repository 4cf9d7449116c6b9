package dev.watchnchill.load.measure;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.load.measure.Proc.Cpu;
import dev.watchnchill.load.measure.Processes.Usage;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one phase has brought: the line of the report.
 *
 * @param seconds how long it was looked at: while commands were sent, and until the last of them
 *     had come or was given up
 * @param unexpected deliveries that came twice or to the wrong member
 * @param senderLateMs by how much the generator sent its latest command too late; that time is part
 *     of the latency as well
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Phase(
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
    Latency latencyMs) {

  /** The difference of what was counted and used before and after. */
  public static Phase of(
      String name, Sent sent, double seconds, Counts before, Counts after, Usage from, Usage to) {
    List<Cpu> used =
        IntStream.range(0, to.servers().size())
            .mapToObj(i -> to.servers().get(i).since(from.servers().get(i)))
            .toList();
    Cpu redis = to.redis() == null || from.redis() == null ? null : to.redis().since(from.redis());
    return new Phase(
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
        Latency.of(after.latency()));
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 1e3) / 1e3;
  }

  /**
   * What was sent.
   *
   * @param expected for each command, how many members should get it
   */
  public record Sent(
      double perSecond, double seconds, long commands, Deliveries expected, long lateMicros) {}

  /** Milliseconds between when a command was due and each of its deliveries. */
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

    private static double at(Histogram micros, double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }
  }
}
