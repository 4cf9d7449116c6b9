package dev.watchnchill.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes of a file, as players request it (RFC 9110, section 14).
 *
 * @param start first byte
 * @param end last byte, itself included
 */
record ByteRange(long start, long end) {
  private static final Pattern SINGLE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /** The effect of a Range header. */
  sealed interface Outcome {
    /** The whole file is sent: there is no such header, or one that may be ignored. */
    record Whole() implements Outcome {}

    /** A part of the file is sent. */
    record Part(ByteRange range) implements Outcome {}

    /** No part of the file is in the range. */
    record Unsatisfiable() implements Outcome {}
  }

  long length() {
    return end - start + 1;
  }

  static Outcome of(@Nullable String header, long size) {
    Matcher match = header == null ? null : SINGLE.matcher(header.strip());
    if (match == null || !match.matches()) {
      return new Outcome.Whole();
    }
    String from = match.group(1);
    String to = match.group(2);
    if (from.isEmpty() && to.isEmpty()) {
      return new Outcome.Whole();
    }
    long start;
    long end = size - 1L;
    if (from.isEmpty()) {
      long suffix = Long.parseLong(to);
      if (suffix == 0) {
        return new Outcome.Unsatisfiable();
      }
      start = Math.max(0, size - suffix);
    } else {
      start = Long.parseLong(from);
      if (!to.isEmpty()) {
        end = Math.min(end, Long.parseLong(to));
        if (Long.parseLong(to) < start) {
          return new Outcome.Whole();
        }
      }
    }
    return start >= size
        ? new Outcome.Unsatisfiable()
        : new Outcome.Part(new ByteRange(start, end));
  }
}
