package dev.watchnchill.party.name;

import dev.watchnchill.party.Trim;

/** The characters of titles, and the removal of all others (rules FR13, MD14). */
public final class VisibleText {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int BRAILLE_BLANK = 0x2800;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private VisibleText() {}

  /**
   * Returns whether a code point may stand in a title. Controls, line ends, and what turns the
   * direction of other text may not.
   */
  public static boolean allows(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          point == ZERO_WIDTH_JOINER; // joins emoji
      default -> true;
    };
  }

  /**
   * Returns a text that others have written as a title: without the characters that may not stand
   * in one and those that are drawn as nothing, with one space for all white space in a row, and
   * with few marks on a letter.
   *
   * @param pointsMax the most code points of the result; a longer text is cut
   * @return the title, or "" when nothing of it is visible
   */
  public static String clean(String text, int pointsMax) {
    var kept = new StringBuilder();
    int points = 0;
    int marks = 0;
    boolean space = false;
    boolean visible = false;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (isSpace(point)) {
        space = points > 0;
        continue;
      }
      if (!allows(point) || isBlank(point)) {
        continue;
      }
      boolean mark = NameCharacters.isMark(point);
      boolean shapesOthers = point == ZERO_WIDTH_JOINER || isStyle(point);
      marks = shapesOthers ? marks : mark ? marks + 1 : 0;
      if (marks > NameCharacters.MARKS_MAX) {
        continue;
      }
      points += space ? 2 : 1;
      if (points > pointsMax) {
        break;
      }
      if (space) {
        kept.append(' ');
        space = false;
      }
      kept.appendCodePoint(point);
      visible |= !mark && !shapesOthers;
    }
    return visible ? kept.toString() : "";
  }

  private static boolean isSpace(int point) {
    return point == BRAILLE_BLANK
        || (point < BYTE_ORDER_MARK && Trim.isSpace((char) point)); // no space lies above it
  }

  /** Returns whether a code point is drawn as nothing and has no effect on an emoji. */
  private static boolean isBlank(int point) {
    return NameCharacters.isInvisible(point) && !isStyle(point);
  }

  private static boolean isStyle(int point) {
    return point == TEXT_STYLE || point == EMOJI_STYLE;
  }
}
