package dev.watchnchill.server.http;

/** Makes text of a client fit for the log: short, and of printable ASCII only. */
final class LogText {
  private static final int LENGTH_MAX = 60;

  private LogText() {}

  /**
   * Returns the beginning of the text; a character that breaks lines or is invisible becomes {@code
   * ?}.
   */
  static String excerpt(String text) {
    var out = new StringBuilder(LENGTH_MAX + 3);
    for (int i = 0; i < Math.min(text.length(), LENGTH_MAX); i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f && c != '"' ? c : '?');
    }
    return text.length() > LENGTH_MAX ? out.append("...").toString() : out.toString();
  }
}
