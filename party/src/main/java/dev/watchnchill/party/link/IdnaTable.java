package dev.watchnchill.party.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The table of the code points of UTS #46 and of the joining ones; loaded on first use.
 *
 * <p>The parser is simple, because it runs once, interpreted, and on an event loop.
 */
final class IdnaTable {
  private static final String RESOURCE = "idna.txt";
  private static final String KINDS = "vimkbat";

  /** For each kind the ranges in order: the first code point, the last, where their mapping is. */
  private final int[][] ranges = new int[KINDS.length()][];

  private final int[] counts = new int[KINDS.length()];
  private final StringBuilder mappings = new StringBuilder();

  private static final class Holder {
    static final IdnaTable TABLE = new IdnaTable();
  }

  private IdnaTable() {
    Arrays.setAll(ranges, kind -> new int[4 * 512]);
    try (InputStream in = IdnaTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the table of domain names is missing: " + RESOURCE);
      }
      byte[] text = in.readAllBytes();
      int at = 0;
      while (at < text.length) {
        at = text[at] == '#' ? endOfLine(text, at) + 1 : add(text, at);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static IdnaTable get() {
    return Holder.TABLE;
  }

  boolean valid(int point) {
    return find('v', point) >= 0;
  }

  boolean ignored(int point) {
    return find('i', point) >= 0;
  }

  boolean virama(int point) {
    return find('k', point) >= 0;
  }

  boolean joinsBefore(int point) {
    return find('b', point) >= 0;
  }

  boolean joinsAfter(int point) {
    return find('a', point) >= 0;
  }

  boolean transparent(int point) {
    return find('t', point) >= 0;
  }

  /** Returns the mapping of a code point, or null when it has none. */
  @Nullable String mapping(int point) {
    int row = find('m', point);
    if (row < 0) {
      return null;
    }
    int[] mapped = ranges[KINDS.indexOf('m')];
    String mapping = mappings.substring(mapped[row + 2], mapped[row + 3]);
    int offset = point - mapped[row];
    return offset == 0 ? mapping : Character.toString(mapping.codePointAt(0) + offset);
  }

  /** Returns the index of the range of a kind with a code point, or -1. */
  private int find(char kind, int point) {
    int[] rows = ranges[KINDS.indexOf(kind)];
    int low = 0;
    int high = counts[KINDS.indexOf(kind)] - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (point < rows[4 * middle]) {
        high = middle - 1;
      } else if (point > rows[4 * middle + 1]) {
        low = middle + 1;
      } else {
        return 4 * middle;
      }
    }
    return -1;
  }

  /** Adds a line such as {@code m 41-5a 61}; returns where the next one begins. */
  private int add(byte[] text, int lineStart) {
    int kind = KINDS.indexOf(text[lineStart]);
    int row = 4 * counts[kind]++;
    if (row == ranges[kind].length) {
      ranges[kind] = Arrays.copyOf(ranges[kind], 2 * row);
    }
    int[] rows = ranges[kind];
    int fields = 0;
    int value = 0;
    rows[row + 2] = mappings.length();
    for (int at = lineStart + 2; ; at++) {
      byte c = at < text.length ? text[at] : (byte) '\n';
      if (c >= '0' && c <= '9') {
        value = value * 16 + c - '0';
      } else if (c >= 'a' && c <= 'f') {
        value = value * 16 + c - 'a' + 10;
      } else {
        if (fields == 0) {
          rows[row] = value;
        }
        if (fields <= 1) {
          rows[row + 1] = value;
        } else {
          mappings.appendCodePoint(value);
        }
        // A dash leads to the end of the range, a space to the mapping.
        fields = c == '-' ? 1 : 2;
        value = 0;
        if (c == '\n') {
          rows[row + 3] = mappings.length();
          return at + 1;
        }
      }
    }
  }

  private static int endOfLine(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    return at;
  }
}
