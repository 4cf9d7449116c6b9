package dev.watchnchill.party.link;

import org.jspecify.annotations.Nullable;

/** Parses IPv6 addresses in hosts, without their brackets. */
final class Ipv6 {
  private static final int PIECES = 8;

  private Ipv6() {}

  /** Returns the address in its shortest form, or null when it is invalid. */
  static @Nullable String normal(String text) {
    int[] pieces = new int[PIECES];
    int count = 0;
    int compressAt = -1;
    int i = 0;
    if (text.startsWith(":")) {
      if (!text.startsWith("::")) {
        return null;
      }
      i = 2;
      compressAt = ++count; // stands for one zero at least
    }
    while (i < text.length()) {
      if (count == PIECES) {
        return null;
      }
      if (text.charAt(i) == ':') {
        if (compressAt >= 0) {
          return null;
        }
        compressAt = ++count;
        i++;
        continue;
      }
      int start = i;
      int value = 0;
      while (i < text.length() && i - start < 4 && hex(text.charAt(i)) >= 0) {
        value = value * 16 + hex(text.charAt(i++));
      }
      if (i < text.length() && text.charAt(i) == '.') {
        long tail = i == start || count > PIECES - 2 ? -1 : dotted(text.substring(start));
        if (tail < 0) {
          return null;
        }
        pieces[count++] = (int) (tail >> 16);
        pieces[count++] = (int) (tail & 0xffff);
        break;
      }
      if (i < text.length()) {
        if (text.charAt(i) != ':' || i == text.length() - 1) {
          return null;
        }
        i++;
      }
      pieces[count++] = value;
    }
    if (compressAt < 0 && count < PIECES) {
      return null;
    }
    return shortest(spread(pieces, count, compressAt));
  }

  /** Moves the parts after the double colon to the end. */
  private static int[] spread(int[] pieces, int count, int compressAt) {
    if (compressAt < 0) {
      return pieces;
    }
    int[] all = new int[PIECES];
    System.arraycopy(pieces, 0, all, 0, compressAt);
    int behind = count - compressAt;
    System.arraycopy(pieces, compressAt, all, PIECES - behind, behind);
    return all;
  }

  /** Returns four decimal parts as one number; -1 when they are invalid. */
  private static long dotted(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return -1;
    }
    long address = 0;
    for (String part : parts) {
      boolean digits = !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits || part.length() > 3 || (part.length() > 1 && part.startsWith("0"))) {
        return -1;
      }
      int value = Integer.parseInt(part);
      if (value > 255) {
        return -1;
      }
      address = address << 8 | value;
    }
    return address;
  }

  private static String shortest(int[] pieces) {
    int bestStart = -1;
    int bestLength = 1; // one zero alone is written out
    for (int i = 0; i < PIECES; i++) {
      int end = i;
      while (end < PIECES && pieces[end] == 0) {
        end++;
      }
      if (end - i > bestLength) {
        bestStart = i;
        bestLength = end - i;
      }
      i = Math.max(i, end - 1);
    }
    var out = new StringBuilder();
    for (int i = 0; i < PIECES; i++) {
      if (i == bestStart) {
        out.append(i == 0 ? "::" : ":");
        i += bestLength - 1;
        continue;
      }
      out.append(Integer.toHexString(pieces[i]));
      if (i < PIECES - 1) {
        out.append(':');
      }
    }
    return out.toString();
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
