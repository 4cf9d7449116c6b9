package dev.watchnchill.party.generate;

import java.util.ArrayList;
import java.util.List;

/** The generators that properties are made of. Of several alternatives, the first is simplest. */
public final class Generators {
  private static final long FRACTIONS = 1L << 53;
  private static final int SURROGATES_FROM = 0xD800;

  private Generators() {}

  /** One alternative of {@link #weighted}, drawn in proportion to its weight. */
  public record Weighted<T>(int weight, Generator<? extends T> generator) {}

  /** Returns a generator of whole numbers within bounds, both included. */
  public static Generator<Integer> integers(int min, int max) {
    return choices -> min + choices.below(max - min + 1);
  }

  /** Returns a generator of all long numbers. */
  public static Generator<Long> longs() {
    return choices -> choices.below(1L << 32) << 32 | choices.below(1L << 32);
  }

  /** Returns a generator of both truth values. */
  public static Generator<Boolean> booleans() {
    return choices -> choices.below(2) == 1;
  }

  /**
   * Returns a generator of numbers within bounds, both included: the bounds themselves, whole
   * numbers, evenly spread ones, and ones of every order of magnitude.
   */
  public static Generator<Double> doubles(double min, double max) {
    return choices ->
        switch (choices.below(8)) {
          case 0 -> min;
          case 1 -> max;
          case 2 -> Math.clamp((double) choices.below(1000), min, max);
          case 3, 4 -> Math.clamp(magnitude(choices), min, max);
          default -> Math.clamp(min + fraction(choices) * (max - min), min, max);
        };
  }

  private static double fraction(Choices choices) {
    return (double) choices.below(FRACTIONS) / FRACTIONS;
  }

  private static double magnitude(Choices choices) {
    double size = Math.scalb(fraction(choices), choices.below(2048) - 1023);
    return choices.below(2) == 1 ? -size : size;
  }

  /** Returns a generator of those values. */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array goes no further than into the copy
  public static <T> Generator<T> oneOf(T... values) {
    List<T> all = List.of(values);
    return choices -> all.get(choices.below(all.size()));
  }

  /** Returns a generator that draws from one of several, in proportion to their weights. */
  @SafeVarargs
  @SuppressWarnings("varargs") // as above
  public static <T> Generator<T> weighted(Weighted<T>... alternatives) {
    List<Weighted<T>> all = List.of(alternatives);
    int sum = all.stream().mapToInt(Weighted::weight).sum();
    return choices -> {
      int pick = choices.below(sum);
      for (Weighted<T> each : all) {
        pick -= each.weight();
        if (pick < 0) {
          return each.generator().generate(choices);
        }
      }
      throw new AssertionError("the weights add up to less than their sum");
    };
  }

  /** Returns a generator of lists, all lengths within the bounds equally likely. */
  public static <T> Generator<List<T>> lists(Generator<T> elements, int min, int max) {
    return choices -> {
      var list = new ArrayList<T>();
      // A choice before each element, not one length: a list shrinks by dropping any of them.
      while (list.size() < max
          && (list.size() < min || choices.below(max - list.size() + 1) != 0)) {
        list.add(elements.generate(choices));
      }
      return list;
    };
  }

  /** Returns a generator of texts of those characters. */
  public static Generator<String> strings(String alphabet, int min, int max) {
    return text(choices -> alphabet.charAt(choices.below(alphabet.length())), min, max);
  }

  /** Returns a generator of texts of any characters, unpaired surrogates included. */
  public static Generator<String> anyStrings(int max) {
    return text(Generators::anyCharacter, 0, max);
  }

  private static char anyCharacter(Choices choices) {
    return switch (choices.below(4)) {
      case 0 -> (char) choices.below(0x80);
      case 1 -> (char) choices.below(0x800);
      case 2 -> (char) (SURROGATES_FROM + choices.below(0x800));
      default -> (char) choices.below(1 << 16);
    };
  }

  private static Generator<String> text(Generator<Character> characters, int min, int max) {
    return lists(characters, min, max)
        .map(list -> {
          var text = new StringBuilder(list.size());
          list.forEach(text::append);
          return text.toString();
        });
  }
}
