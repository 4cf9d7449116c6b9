package dev.watchnchill.party.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The choices that one run of a property makes: drawn at random, or played back from an earlier run
 * with some of them changed. All are recorded, so that a failing run can be repeated and
 * simplified.
 *
 * <p>As a {@link RandomGenerator} they are the source of chance of a simulation. Ids must not come
 * from them: in a simplified run they would be equal. Neither may the whole delay of a retry: where
 * every choice is 0, time would stand still. A run of too many choices fails as endless.
 */
public final class Choices implements RandomGenerator {
  /** Most choices of one run, far above those of the longest simulation. */
  static final int MADE_MAX = 100_000;

  private final @Nullable SplittableRandom random;
  private final List<Long> played;
  private final List<Long> made = new ArrayList<>();
  private final List<@Nullable Object> drawn = new ArrayList<>();
  private boolean endless;

  private Choices(@Nullable SplittableRandom random, List<Long> played) {
    this.random = random;
    this.played = played;
  }

  /** Returns choices at random, from a seed. */
  public static Choices seeded(long seed) {
    return random(new SplittableRandom(seed));
  }

  /** Returns choices at random. */
  static Choices random(SplittableRandom random) {
    return new Choices(random, List.of());
  }

  /** Returns those choices; every further one is 0. */
  static Choices replay(List<Long> choices) {
    return new Choices(null, choices);
  }

  /** Returns the next value of a generator, and shows it when the property fails. */
  public <T> T draw(Generator<T> generator) {
    T value = generator.generate(this);
    drawn.add(value);
    return value;
  }

  /**
   * Returns a number of 0 to {@code bound - 1}.
   *
   * @param bound at least 1
   */
  public int below(int bound) {
    return (int) below((long) bound);
  }

  /**
   * Returns a number of 0 to {@code bound - 1}.
   *
   * @param bound at least 1
   */
  public long below(long bound) {
    if (made.size() >= MADE_MAX) {
      endless = true;
      throw new EndlessRunError("the run makes more than " + MADE_MAX + " choices");
    }
    long choice = random != null ? random.nextLong(bound) : replayed(bound);
    made.add(choice);
    return choice;
  }

  private long replayed(long bound) {
    int next = made.size();
    return next < played.size() ? Math.min(played.get(next), bound - 1) : 0;
  }

  /** Returns whether they are played back, so that details are worth recording. */
  public boolean replayed() {
    return random == null;
  }

  @Override
  public int nextInt(int bound) {
    return below(bound);
  }

  @Override
  public long nextLong(long bound) {
    return below(bound);
  }

  @Override
  public boolean nextBoolean() {
    return below(2) == 1;
  }

  @Override
  public double nextDouble() {
    return below(1L << 53) * 0x1p-53;
  }

  @Override
  public long nextLong() {
    return below(Long.MAX_VALUE);
  }

  /** Returns whether more choices were asked for than a run may make. */
  boolean endless() {
    return endless;
  }

  /** Returns all choices made so far. */
  List<Long> made() {
    return List.copyOf(made);
  }

  /** Returns the values that the property drew, for its failure message. */
  List<@Nullable Object> drawn() {
    return drawn;
  }
}
