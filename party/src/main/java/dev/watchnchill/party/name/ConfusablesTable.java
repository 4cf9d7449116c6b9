package dev.watchnchill.party.name;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The table of the letters, marks and digits that look like others (UTS #39); loaded on first use.
 *
 * <p>The parser is simple, because it runs once, interpreted, and on an event loop.
 */
final class ConfusablesTable {
  static final String RESOURCE = "confusables.txt";

  /** The ranges in order: the first code point, the last, where their likeness begins and ends. */
  private int[] rows = new int[4 * 4096];

  private int count;
  private final StringBuilder likenesses = new StringBuilder();

  private static final class Holder {
    static final ConfusablesTable TABLE = new ConfusablesTable();
  }

  private ConfusablesTable() {
    try (InputStream in = ConfusablesTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the table of look-alikes is missing: " + RESOURCE);
      }
      byte[] text = in.readAllBytes();
      int at = 0;
      while (at < text.length) {
        at = text[at] == '#' ? endOfLine(text, at) + 1 : add(text, at);
      }
      rows = Arrays.copyOf(rows, 4 * count);
      likenesses.trimToSize();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ConfusablesTable get() {
    return Holder.TABLE;
  }

  /** Returns the text with each character replaced by the one that stands for all its likes. */
  String likened(String text) {
    var likened = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int row = find(point);
      if (row < 0) {
        likened.appendCodePoint(point);
      } else if (point == rows[row]) {
        likened.append(likenesses, rows[row + 2], rows[row + 3]);
      } else {
        likened.appendCodePoint(likenesses.codePointAt(rows[row + 2]) + point - rows[row]);
      }
      i += Character.charCount(point);
    }
    return likened.toString();
  }

  /** Returns where the row of a code point begins, or -1. */
  private int find(int point) {
    int low = 0;
    int high = count - 1;
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

  /** Adds a line such as {@code 1d400-1d419 41}; returns where the next one begins. */
  private int add(byte[] text, int lineStart) {
    int row = 4 * count++;
    if (row == rows.length) {
      rows = Arrays.copyOf(rows, 2 * row);
    }
    int fields = 0;
    int value = 0;
    rows[row + 2] = likenesses.length();
    for (int at = lineStart; ; at++) {
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
          likenesses.appendCodePoint(value);
        }
        // A dash leads to the end of the range, a space to the likeness.
        fields = c == '-' ? 1 : 2;
        value = 0;
        if (c == '\n') {
          rows[row + 3] = likenesses.length();
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
