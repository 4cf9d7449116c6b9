package dev.watchnchill.party.generate;

import java.util.function.Function;

/**
 * Makes a value of a sequence of choices. The same choices give the same value, and smaller choices
 * are to give a simpler one: that is all that {@link Shrinker} goes by.
 *
 * @param <T> the type of its values
 */
@FunctionalInterface
public interface Generator<T> {
  /** Makes the next value. */
  T generate(Choices choices);

  /** Returns a generator of this one's values, each passed through a function. */
  default <R> Generator<R> map(Function<? super T, ? extends R> function) {
    return choices -> function.apply(generate(choices));
  }
}
