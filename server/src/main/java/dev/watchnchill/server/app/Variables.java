package dev.watchnchill.server.app;

import java.util.Map;

/**
 * Typed access to environment variables. A blank one counts as absent. docs/OPERATING.md documents
 * each of them.
 */
record Variables(Map<String, String> environment) {
  String text(String name, String otherwise) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  long number(String name, long otherwise) {
    long parsed = bytes(name, otherwise);
    if (Math.abs(parsed) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(name + " is out of range: " + parsed);
    }
    return parsed;
  }

  /** Reads a number that may be larger than an int. */
  long bytes(String name, long otherwise) {
    String value = text(name, Long.toString(otherwise));
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, not '" + value + "'", e);
    }
  }

  /** Reads a count whose default is computed, and bounded to an int of at least 1. */
  int whole(String name, double otherwise) {
    return (int) number(name, (long) Math.max(1, Math.min(Integer.MAX_VALUE, otherwise)));
  }

  boolean flag(String name, boolean otherwise) {
    String value = text(name, otherwise ? "on" : "off");
    if (!value.equals("on") && !value.equals("off")) {
      throw new IllegalArgumentException(name + " must be 'on' or 'off', not '" + value + "'");
    }
    return value.equals("on");
  }

  double decimal(String name, double otherwise) {
    String value = text(name, Double.toString(otherwise));
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a number, not '" + value + "'", e);
    }
  }
}
