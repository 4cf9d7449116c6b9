package dev.watchnchill.server.store.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The words that the constants of an enum are stored as. */
final class EnumNames<E extends Enum<E>> {
  private final Function<E, String> toWord;
  private final Map<String, E> byWord = new HashMap<>();

  /**
   * @param constants all of them
   * @param toWord a switch over them, so that the compiler asks for the word of a new one
   */
  EnumNames(E[] constants, Function<E, String> toWord) {
    this.toWord = toWord;
    for (E constant : constants) {
      if (byWord.put(toWord.apply(constant), constant) != null) {
        throw new IllegalArgumentException("two constants with one word: " + constant);
      }
    }
  }

  String of(E constant) {
    return toWord.apply(constant);
  }

  E read(JsonCursor value) {
    E constant = byWord.get(value.text());
    if (constant == null) {
      throw value.wrong("no word that is known here");
    }
    return constant;
  }
}
