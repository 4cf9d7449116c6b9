package dev.watchnchill.server.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A web origin: scheme, host and port (RFC 6454).
 *
 * @param scheme {@code http} or {@code https}
 * @param host in small letters, an IPv6 address in brackets
 * @param port the default one of the scheme when the text had none
 */
public record WebOrigin(String scheme, String host, int port) {
  private static final int LENGTH_MAX = 300;

  /** Reads an {@code Origin} header, or the beginning of a URL; null when it is none. */
  static @Nullable WebOrigin of(String text) {
    int colon = text.indexOf("://");
    if (text.length() > LENGTH_MAX || colon < 0) {
      return null;
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return null;
    }
    return of(scheme, text.substring(colon + 3));
  }

  /** Reads {@code host} or {@code host:port}; null when it is neither. */
  static @Nullable WebOrigin of(String scheme, String authority) {
    if (authority.length() > LENGTH_MAX) {
      return null;
    }
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    int port = hasPort ? port(authority.substring(colon + 1)) : defaultPort(scheme);
    boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
    String inner = bracketed ? host.substring(1, host.length() - 1) : host;
    boolean plain =
        !inner.isEmpty()
            && inner.chars().allMatch(c -> c > ' ' && c < 0x7f && "/?#@\\[]\"<>,;".indexOf(c) < 0)
            && (bracketed || inner.indexOf(':') < 0);
    return port < 0 || !plain ? null : new WebOrigin(scheme, host.toLowerCase(Locale.ROOT), port);
  }

  /** Returns the port in that text, or -1. */
  static int port(String text) {
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int port = Integer.parseInt(text);
    return port == 0 || port > 65_535 ? -1 : port;
  }

  private static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  /** Returns this origin with another port. */
  WebOrigin withPort(int other) {
    return new WebOrigin(scheme, host, other);
  }

  /** Returns whether the port is the scheme's default. */
  boolean hasDefaultPort() {
    return port == defaultPort(scheme);
  }

  /** Returns the origin as a browser writes it. */
  @Override
  public String toString() {
    return scheme + "://" + host + (hasDefaultPort() ? "" : ":" + port);
  }
}
