package dev.watchnchill.party.link;

/** Strips invisible characters, brackets and quotes from around a pasted link (rule MD2). */
public final class LinkText {
  private static final String OPENING = "<\"'`([*|\u00ab\u2018\u201c\u2039\u300c";
  private static final String CLOSING = ">\"'`)]*|\u00bb\u2019\u201d\u203a\u300d";

  private LinkText() {}

  /** Returns the text without what surrounds it. */
  public static String bare(String text) {
    int from = 0;
    int to = text.length();
    while (true) {
      while (from < to && isInvisible(text.codePointAt(from))) {
        from += Character.charCount(text.codePointAt(from));
      }
      while (from < to && isInvisible(text.codePointBefore(to))) {
        to -= Character.charCount(text.codePointBefore(to));
      }
      int pair = from + 1 < to ? OPENING.indexOf(text.charAt(from)) : -1;
      if (pair < 0 || text.charAt(to - 1) != CLOSING.charAt(pair)) {
        return text.substring(from, Math.max(from, to));
      }
      from++;
      to--;
    }
  }

  /**
   * Returns whether a character is invisible: space, a control, a format or variation character.
   */
  private static boolean isInvisible(int point) {
    if (point >= 0xfe00 && point <= 0xfe0f) {
      return true;
    }
    return switch (Character.getType(point)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT ->
          true;
      default -> false;
    };
  }
}
