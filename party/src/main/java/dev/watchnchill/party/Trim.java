package dev.watchnchill.party;

/**
 * Trimming as a browser does it (ECMA-262, {@code String.prototype.trim}), so that server and
 * client agree on what is blank and on which names are the same (rules FR1, FR9, JN7).
 *
 * <p>{@link String#strip} keeps no-break spaces and the byte order mark, which a browser takes
 * away, and takes away separators such as U+001C, which a browser keeps.
 */
public final class Trim {
  private Trim() {}

  /** The text without white space and line ends around it. */
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

  /** Whether that character is matched by {@code \s} in a browser's regular expression. */
  public static boolean isSpace(char c) {
    return switch (c) {
      case '\t', '\n', '\u000b', '\f', '\r', '\u2028', '\u2029', '\ufeff' -> true;
      default -> Character.getType(c) == Character.SPACE_SEPARATOR;
    };
  }
}
