package dev.watchnchill.server.http;

import org.jspecify.annotations.Nullable;

/** Reads parameters of one element of a {@code Forwarded} header (RFC 7239, section 4). */
final class ForwardedElement {
  private ForwardedElement() {}

  /**
   * Returns the parameter's value without quotes, or null when it is absent or given twice.
   *
   * @param name in small letters
   */
  static @Nullable String parameter(String element, String name) {
    String found = null;
    int start = 0;
    while (start <= element.length()) {
      int end = endOfPair(element, start);
      int equals = element.indexOf('=', start, end);
      if (equals >= 0 && element.substring(start, equals).strip().equalsIgnoreCase(name)) {
        if (found != null) {
          return null;
        }
        found = ForwardedNode.unquoted(element.substring(equals + 1, end).strip());
      }
      start = end + 1;
    }
    return found;
  }

  private static int endOfPair(String element, int start) {
    boolean quoted = false;
    for (int i = start; i < element.length(); i++) {
      char c = element.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return element.length();
  }
}
