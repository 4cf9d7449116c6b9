package dev.watchnchill.party.property;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * One thing that somebody does; numbers, so that a failing script shrinks well.
 *
 * @param waitMs how long after the one before
 * @param wish what is wanted
 * @param who picks the actor
 * @param what picks everything else
 * @param position picks a place in the film, or its length, in seconds
 */
record Step(long waitMs, Wish wish, int who, int what, double position) {
  enum Wish {
    JOIN,
    LEAVE,
    DROP,
    PROMOTE,
    SET_VIDEO,
    PLAY,
    PAUSE,
    SEEK,
    SYNC_CHECK,
    REPORT_DURATION,
    SET_RATE,
    SET_WAITING,
    READY,
    BUFFERING,
    BUFFERED,
    REPORT,
    SAY,
    TYPE,
    ORPHAN,
    REASSERT,
    TICK
  }

  /** Scripts whose waits fall short of, upon and past every deadline of {@link Walk#LIMITS}. */
  static Arbitrary<List<Step>> scripts() {
    Arbitrary<Long> waits =
        Arbitraries.frequencyOf(
            Tuple.of(500, Arbitraries.of(0L, 0L, 1L, 10L, 149L, 300L)),
            Tuple.of(100, Arbitraries.of(999L, 1_000L, 1_001L)),
            Tuple.of(15, Arbitraries.of(2_999L, 3_000L, 20_000L)),
            Tuple.of(1, Arbitraries.just(60_000L)));
    Arbitrary<Double> positions =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(0, 100).ofScale(3),
            Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, 0.5, 60.0, 7_200.0, 1e308));
    Arbitrary<Wish> wishes =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Wish.JOIN)),
            Tuple.of(4, Arbitraries.just(Wish.TICK)),
            Tuple.of(3, Arbitraries.of(Wish.PLAY, Wish.SEEK, Wish.READY, Wish.BUFFERING)),
            Tuple.of(16, Arbitraries.of(Wish.class)));
    return Combinators.combine(
            waits,
            wishes,
            Arbitraries.integers().between(0, 63),
            Arbitraries.integers().between(0, 255),
            positions)
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(80)
        .withSizeDistribution(RandomDistribution.uniform());
  }
}
