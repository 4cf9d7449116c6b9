package dev.watchnchill.server.http;

/** Reads an {@code If-None-Match} header in one pass (RFC 9110, section 13.1.2; rule TR11). */
final class EntityTags {
  private EntityTags() {}

  /**
   * Returns whether the list holds that tag, by weak comparison: proxies that compress an answer
   * turn its tag into a weak one.
   *
   * @param etag strong and quoted
   */
  static boolean match(String list, String etag) {
    if (list.strip().equals("*")) {
      return true;
    }
    int at = 0;
    while (at < list.length()) {
      char c = list.charAt(at);
      if (c == ' ' || c == '\t' || c == ',') {
        at++;
        continue;
      }
      int open = list.startsWith("W/", at) ? at + 2 : at;
      int close =
          open < list.length() && list.charAt(open) == '"' ? list.indexOf('"', open + 1) : -1;
      if (close < 0) {
        return false; // malformed from here on
      }
      if (close + 1 - open == etag.length() && list.startsWith(etag, open)) {
        return true;
      }
      at = close + 1;
    }
    return false;
  }
}
