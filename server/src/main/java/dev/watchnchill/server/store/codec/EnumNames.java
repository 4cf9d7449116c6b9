package dev.watchnchill.server.store.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The names that the constants of an enum are stored under. */
final class EnumNames<E extends Enum<E>> {
  private final Function<E, String> nameOf;
  private final Map<String, E> byName = new HashMap<>();

  /**
   * @param constants all constants
   * @param nameOf a switch over them, so that the compiler demands the name of a new one
   */
  EnumNames(E[] constants, Function<E, String> nameOf) {
    this.nameOf = nameOf;
    for (E constant : constants) {
      if (byName.put(nameOf.apply(constant), constant) != null) {
        throw new IllegalArgumentException("two constants with one name: " + constant);
      }
    }
  }

  String of(E constant) {
    return nameOf.apply(constant);
  }

  E read(JsonCursor value) {
    E constant = byName.get(value.asString());
    if (constant == null) {
      throw value.corrupt("no known name");
    }
    return constant;
  }
}
