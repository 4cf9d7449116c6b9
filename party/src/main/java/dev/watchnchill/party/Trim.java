package dev.watchnchill.party;

/**
 * Trims text as a browser does (ECMA-262, {@code String.prototype.trim}), so that server and client
 * agree on blank texts and on equal names (rules FR1, FR9, JN7).
 *
 * <p>{@link String#strip} differs: it keeps no-break spaces and the byte order mark, and removes
 * separators such as U+001C.
 */
public final class Trim {
  private Trim() {}

  /** Returns the text without the white space and line ends around it. */
  public static String both(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Returns whether {@code \s} in a browser's regular expression matches the character. */
  public static boolean isSpace(char c) {
    return switch (c) {
      case '\t', '\n', '\u000b', '\f', '\r', '\u2028', '\u2029', '\ufeff' -> true;
      default -> Character.getType(c) == Character.SPACE_SEPARATOR;
    };
  }
}
