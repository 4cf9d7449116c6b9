package dev.watchnchill.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the items of a comma-separated header from the right, where the nearest proxy
 * writes, over all lines of that header.
 *
 * <p>Only the right end is read: what a client puts in front, an open quote or 100,000 items, has
 * no influence on what follows it. At most {@link #ITEMS_MAX} items and {@link #CHARACTERS_MAX}
 * characters are looked at (rule TR12).
 */
final class ItemsFromRight {
  /** Most items, empty ones included. */
  static final int ITEMS_MAX = 32;

  /** Most characters. */
  static final int CHARACTERS_MAX = 2_048;

  private final List<String> lines;
  private int line;
  private int end;
  private int items;
  private int characters;
  private boolean exhausted;

  /**
   * @param lines the values of the header, in the order of the request
   */
  ItemsFromRight(List<String> lines) {
    this.lines = lines;
    this.line = lines.size() - 1;
    this.end = line < 0 ? -1 : lines.get(line).length();
  }

  /** Returns whether a bound was reached before the left end. */
  boolean exhausted() {
    return exhausted;
  }

  /** Returns the next item to the left, stripped, or null after the last one or at a bound. */
  @Nullable String next() {
    if (line < 0) {
      return null;
    }
    if (++items > ITEMS_MAX) {
      return stop();
    }
    String text = lines.get(line);
    boolean quoted = false;
    int at = end - 1;
    while (at >= 0) {
      char c = text.charAt(at);
      if (c == ',' && !quoted) {
        break;
      }
      if (c == '"') {
        quoted = !quoted;
      }
      if (++characters > CHARACTERS_MAX) {
        return stop();
      }
      at--;
    }
    String item = text.substring(at + 1, end).strip();
    if (at >= 0) {
      end = at;
    } else {
      line--;
      end = line < 0 ? -1 : lines.get(line).length();
    }
    return item;
  }

  private @Nullable String stop() {
    exhausted = true;
    line = -1;
    return null;
  }
}
