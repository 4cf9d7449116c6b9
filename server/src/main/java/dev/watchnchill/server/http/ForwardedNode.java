package dev.watchnchill.server.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads one node of a forwarding header, as proxies write it (rule TR12): {@code 203.0.113.21},
 * {@code 203.0.113.21:40021}, {@code 2001:db8::1}, {@code [2001:db8::1]}, {@code
 * [2001:db8::1]:4100}, {@code fe80::1%eth0}, each also in double quotes.
 */
final class ForwardedNode {
  // 45 for an address, and a zone, a port and brackets.
  private static final int LENGTH_MAX = 80;
  private static final int PORT_MAX = 65_535;

  private ForwardedNode() {}

  /**
   * Returns the address, or null when the node names none: {@code unknown}, an obfuscated
   * identifier such as {@code _hidden}, a host name (never looked up), or nonsense.
   */
  static @Nullable InetAddress address(String node) {
    String text = unquoted(node);
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return null;
    }
    int colon = text.indexOf(':');
    if (text.charAt(0) == '[') {
      int close = text.indexOf(']');
      if (close < 0 || colon < 0 || colon > close || !isPortOrNothing(text.substring(close + 1))) {
        return null;
      }
      return numeric(text.substring(1, close));
    }
    if (colon >= 0 && colon == text.lastIndexOf(':')) {
      return isPortOrNothing(text.substring(colon)) ? numeric(text.substring(0, colon)) : null;
    }
    return numeric(text);
  }

  /** Returns the text without double quotes around it. */
  static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static @Nullable InetAddress numeric(String text) {
    // A zone names an interface of the machine that wrote it: it means nothing here.
    int zone = text.indexOf('%');
    return Networks.address(zone > 0 && text.indexOf(':') >= 0 ? text.substring(0, zone) : text);
  }

  /**
   * Returns whether the text is empty, {@code :40021}, or an obfuscated port such as {@code :_a}.
   */
  private static boolean isPortOrNothing(String text) {
    if (text.isEmpty()) {
      return true;
    }
    if (text.length() < 2 || text.charAt(0) != ':') {
      return false;
    }
    if (text.charAt(1) == '_') {
      return text.chars().skip(2).allMatch(ForwardedNode::inIdentifier);
    }
    return text.length() <= 6
        && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text.substring(1)) <= PORT_MAX;
  }

  private static boolean inIdentifier(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "._-".indexOf(c) >= 0;
  }
}
