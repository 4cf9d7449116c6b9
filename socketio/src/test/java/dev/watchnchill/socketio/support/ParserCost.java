package dev.watchnchill.socketio.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/**
 * Measures how the processor time of a parser grows from an input of 10,000 characters to one of
 * 1,000,000. It is the time of the calling thread, so other work on the machine does not count.
 * Linear work grows a hundredfold, quadratic work ten-thousandfold.
 */
public final class ParserCost {
  /** Growth above which a parser counts as worse than linear. */
  public static final int LINEAR_GROWTH_MAX = 1_500;

  private static final int SMALL = 10_000;
  private static final int LARGE = 1_000_000;
  private static final int RUNS = 5;

  /** Least time of the small input: below it the clock and the start of a loop dominate. */
  private static final long FLOOR_NANOS = 200_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A parser. It may reject its input by any exception but a {@link NullPointerException}. */
  public interface Parser<T> {
    void parse(T input) throws Exception;
  }

  private ParserCost() {}

  /** Fails when the parser is worse than linear. */
  public static <T> void assertLinear(String name, IntFunction<T> input, Parser<T> parser) {
    assertThat(growth(input, parser)).as(name).isLessThan(LINEAR_GROWTH_MAX);
  }

  /** Returns the time of the large input divided by that of the small one. */
  public static <T> double growth(IntFunction<T> input, Parser<T> parser) {
    long small = Math.max(FLOOR_NANOS, leastNanos(input.apply(SMALL), parser));
    return (double) leastNanos(input.apply(LARGE), parser) / small;
  }

  private static <T> long leastNanos(T input, Parser<T> parser) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      try {
        parser.parse(input);
      } catch (Exception rejected) {
        assertThat(rejected).isNotInstanceOf(NullPointerException.class);
      }
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    return least;
  }
}
