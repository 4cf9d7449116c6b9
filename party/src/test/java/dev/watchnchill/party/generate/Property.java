package dev.watchnchill.party.generate;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a property on many generated inputs. A failure names the seed and shows the smallest input
 * that was found to fail.
 *
 * <p>The system property {@code property.seed} chooses other inputs (default 1: each run of the
 * tests has the same), {@code property.tries} how many.
 */
public final class Property {
  private static final int TRIES = 1000;
  private static final int SHRINK_TRIES = 3000;

  /** Each of these takes as long as a run may. */
  private static final int ENDLESS_SHRINK_TRIES = 30;

  private Property() {}

  /** Checks a property on 1000 inputs. */
  public static void check(Consumer<Choices> property) {
    check(TRIES, property);
  }

  /**
   * Checks a property on generated inputs.
   *
   * @param tries how many
   * @param property draws its input and throws when it does not hold
   * @throws AssertionError with the seed and the smallest failing input
   */
  public static void check(int tries, Consumer<Choices> property) {
    check(Long.getLong("property.seed", 1), Integer.getInteger("property.tries", tries), property);
  }

  static void check(long seed, int tries, Consumer<Choices> property) {
    var random = new SplittableRandom(seed);
    for (int i = 1; i <= tries; i++) {
      Choices choices = Choices.random(random.split());
      Throwable failure = failure(property, choices);
      if (failure != null) {
        throw smallest(property, choices.made(), failure, "try " + i + " of seed " + seed);
      }
    }
  }

  private static AssertionError smallest(
      Consumer<Choices> property, List<Long> failing, Throwable first, String where) {
    // A simplified run that does not end is not the failure that is being looked for.
    boolean endless = EndlessRunError.is(first);
    List<Long> small =
        Shrinker.shrink(
            failing,
            candidate -> {
              Throwable failure = failure(property, Choices.replay(candidate));
              return failure != null && EndlessRunError.is(failure) == endless;
            },
            endless ? ENDLESS_SHRINK_TRIES : SHRINK_TRIES);
    Choices choices = Choices.replay(small);
    Throwable again = failure(property, choices);
    Throwable cause = again == null ? first : again;
    var text = new StringBuilder("The property fails at ").append(where);
    text.append(" (run again with -Dproperty.seed). The smallest input found:");
    choices.drawn().forEach(value -> text.append("\n  ").append(value));
    return new AssertionError(text.append("\n").append(cause).toString(), cause);
  }

  private static @Nullable Throwable failure(Consumer<Choices> property, Choices choices) {
    try {
      property.accept(choices);
      // The code under test may have handled the failure of a choice as one of its own.
      return choices.endless() ? new EndlessRunError("the run does not end") : null;
    } catch (RuntimeException | AssertionError failure) {
      return failure;
    }
  }

  /** Returns an endless stream of a generator's values, those of {@code property.seed}. */
  public static <T> Stream<T> samples(Generator<T> generator) {
    var random = new SplittableRandom(Long.getLong("property.seed", 1));
    return Stream.generate(() -> generator.generate(Choices.random(random.split())));
  }
}
