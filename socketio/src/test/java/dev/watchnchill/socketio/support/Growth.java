package dev.watchnchill.socketio.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;

/**
 * Compares how much processor time a parser takes for input of 10,000 and of 1,000,000 characters.
 * It is the thread's own time, so that a busy machine does not matter. Linear work grows a
 * hundredfold, quadratic work ten-thousandfold.
 */
public final class Growth {
  private static final int SMALL = 10_000;
  private static final int LARGE = 1_000_000;
  private static final int RUNS = 5;
  private static final long FLOOR_NANOS = 200_000;
  private static final int TIMES_MAX = 1_500;

  /** Something that is given input of a parser's worst kind; it may refuse it by any exception. */
  public interface Parser<T> {
    void parse(T input) throws Exception;
  }

  private Growth() {}

  /** Fails when the parser is worse than linear, give or take. */
  public static <T> void assertLinear(String what, IntFunction<T> input, Parser<T> parser) {
    long small = Math.max(FLOOR_NANOS, least(input.apply(SMALL), parser));
    long large = least(input.apply(LARGE), parser);
    assertThat((double) large / small).as(what).isLessThan(TIMES_MAX);
  }

  private static <T> long least(T input, Parser<T> parser) {
    var threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long before = threads.getCurrentThreadCpuTime();
      try {
        parser.parse(input);
      } catch (Exception refused) {
        assertThat(refused).isNotInstanceOf(NullPointerException.class);
      }
      least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
    }
    return least;
  }
}
