package dev.watchnchill.party.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choices that one run of a property makes: drawn at random, or played back from an earlier run
 * with some of them changed. All are recorded, so that a failing run can be repeated and
 * simplified.
 */
public final class Choices {
  private final @Nullable SplittableRandom random;
  private final List<Long> played;
  private final List<Long> made = new ArrayList<>();
  private final List<@Nullable Object> drawn = new ArrayList<>();

  private Choices(@Nullable SplittableRandom random, List<Long> played) {
    this.random = random;
    this.played = played;
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
    long choice = random != null ? random.nextLong(bound) : replayed(bound);
    made.add(choice);
    return choice;
  }

  private long replayed(long bound) {
    int next = made.size();
    return next < played.size() ? Math.min(played.get(next), bound - 1) : 0;
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
