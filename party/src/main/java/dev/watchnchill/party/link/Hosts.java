package dev.watchnchill.party.link;

import org.jspecify.annotations.Nullable;

/** Normalises hosts. */
final class Hosts {
  /** Longest domain, in characters (RFC 1035). */
  static final int LENGTH_MAX = 253;

  /** Characters that no domain may have, besides controls and DEL. */
  private static final String FORBIDDEN = " #%/:<>?@[\\]^|";

  private Hosts() {}

  /** Returns the normal form of a host, or null when it is invalid. */
  static @Nullable String parse(String raw) {
    if (raw.startsWith("[")) {
      String address = raw.endsWith("]") ? Ipv6.normal(raw.substring(1, raw.length() - 1)) : null;
      return address == null ? null : "[" + address + "]";
    }
    String domain = DomainNames.toAscii(PercentEncoding.decode(raw));
    if (domain == null
        || domain.isEmpty()
        || domain.length() > LENGTH_MAX
        || !domain.chars().allMatch(Hosts::isAllowed)) {
      return null;
    }
    return Ipv4.endsInNumber(domain) ? Ipv4.normal(domain) : domain;
  }

  private static boolean isAllowed(int c) {
    return c > ' ' && c < 0x7f && FORBIDDEN.indexOf(c) < 0;
  }
}
