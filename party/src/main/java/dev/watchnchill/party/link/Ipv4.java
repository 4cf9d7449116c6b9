package dev.watchnchill.party.link;

import org.jspecify.annotations.Nullable;

/** Parses IPv4 addresses in hosts: one to four numbers, each decimal, octal or hexadecimal. */
final class Ipv4 {
  private static final long TOO_BIG = 1L << 32;

  private Ipv4() {}

  /** Returns whether a browser takes a domain for an IPv4 address, valid or not. */
  static boolean endsInNumber(String domain) {
    String trimmed = withoutLastDot(domain);
    String last = trimmed.substring(trimmed.lastIndexOf('.') + 1);
    if (last.isEmpty()) {
      return false;
    }
    return last.chars().allMatch(c -> c >= '0' && c <= '9') || number(last) >= 0;
  }

  /** Returns the address in four decimal parts, or null when it is invalid. */
  static @Nullable String normal(String domain) {
    String[] parts = withoutLastDot(domain).split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      long value = number(parts[i]);
      long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
      if (value < 0 || value >= limit) {
        return null;
      }
      address += last ? value : value << (8 * (3 - i));
    }
    return (address >> 24)
        + "."
        + ((address >> 16) & 0xff)
        + "."
        + ((address >> 8) & 0xff)
        + "."
        + (address & 0xff);
  }

  private static String withoutLastDot(String domain) {
    return domain.length() > 1 && domain.endsWith(".")
        ? domain.substring(0, domain.length() - 1)
        : domain;
  }

  /** Returns the number, at most {@link #TOO_BIG}; -1 when it is invalid. */
  private static long number(String part) {
    int radix = 10;
    int from = 0;
    if (part.startsWith("0x") || part.startsWith("0X")) {
      radix = 16;
      from = 2;
    } else if (part.startsWith("0") && part.length() > 1) {
      radix = 8;
      from = 1;
    }
    if (part.isEmpty()) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < part.length(); i++) {
      int digit = part.charAt(i) < 0x80 ? Character.digit(part.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      value = Math.min(TOO_BIG, value * radix + digit);
    }
    return value;
  }
}
