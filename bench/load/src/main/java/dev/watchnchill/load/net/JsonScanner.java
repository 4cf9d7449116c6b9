package dev.watchnchill.load.net;

import java.nio.charset.StandardCharsets;

/** Finds single values in JSON without parsing it. */
public final class JsonScanner {
  private static final int EXACT_DIGITS = 16;
  private static final double[] TENS = tens();

  private JsonScanner() {}

  /** Returns the bytes of a search text. */
  public static byte[] of(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  /** Returns the index behind the first occurrence, or -1. */
  public static int after(byte[] what, byte[] in, int from, int to) {
    byte first = what[0];
    int lastStart = to - what.length;
    for (int at = from; at <= lastStart; at++) {
      if (in[at] != first) {
        continue;
      }
      int same = 1;
      while (same < what.length && in[at + same] == what[same]) {
        same++;
      }
      if (same == what.length) {
        return at + same;
      }
    }
    return -1;
  }

  /** Returns the whole number that begins there, or -1. */
  public static long number(byte[] in, int from, int to) {
    long value = -1;
    for (int at = from; at < to && in[at] >= '0' && in[at] <= '9'; at++) {
      value = Math.max(value, 0) * 10 + (in[at] - '0');
    }
    return value;
  }

  /** Returns the sum of the whole numbers behind all occurrences. */
  public static long sumAfter(byte[] what, byte[] in, int from, int to) {
    long sum = 0;
    for (int at = after(what, in, from, to); at >= 0; at = after(what, in, at, to)) {
      sum += Math.max(0, number(in, at, to));
    }
    return sum;
  }

  /** Returns the number that begins there, or NaN. */
  public static double decimal(byte[] in, int from, int to) {
    long digits = 0;
    int at = from;
    int fraction = -1;
    for (; at < to && at - from < EXACT_DIGITS; at++) {
      if (in[at] >= '0' && in[at] <= '9') {
        digits = digits * 10 + (in[at] - '0');
      } else if (in[at] == '.' && fraction < 0) {
        fraction = at + 1;
      } else {
        break;
      }
    }
    if (at > from && (at == to || !partOfNumber(in[at]))) {
      return fraction < 0 ? digits : digits / TENS[at - fraction];
    }
    return parsed(in, from, to);
  }

  private static double parsed(byte[] in, int from, int to) {
    int end = from;
    while (end < to && partOfNumber(in[end])) {
      end++;
    }
    try {
      return Double.parseDouble(new String(in, from, end - from, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean partOfNumber(byte b) {
    return (b >= '0' && b <= '9') || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
  }

  /** Returns the string from there to the next quote. */
  public static String untilQuote(byte[] in, int from, int to) {
    int end = from;
    while (end < to && in[end] != '"') {
      end++;
    }
    return new String(in, from, end - from, StandardCharsets.UTF_8);
  }

  private static double[] tens() {
    double[] tens = new double[EXACT_DIGITS + 1];
    tens[0] = 1;
    for (int i = 1; i < tens.length; i++) {
      tens[i] = tens[i - 1] * 10;
    }
    return tens;
  }
}
