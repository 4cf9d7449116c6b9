package dev.watchnchill.party.name;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/** The characters of names in every script (rules RT21 and RT22). */
final class NameCharacters {
  /** Most nonspacing marks in a row, the bound that UTS #39 recommends. */
  static final int MARKS_MAX = 4;

  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;

  /** Scripts in which a joiner changes how a word is written. */
  private static final Set<UnicodeScript> JOINING =
      EnumSet.of(
          UnicodeScript.ARABIC,
          UnicodeScript.BENGALI,
          UnicodeScript.DEVANAGARI,
          UnicodeScript.GUJARATI,
          UnicodeScript.GURMUKHI,
          UnicodeScript.KANNADA,
          UnicodeScript.KHMER,
          UnicodeScript.MALAYALAM,
          UnicodeScript.MYANMAR,
          UnicodeScript.ORIYA,
          UnicodeScript.SINHALA,
          UnicodeScript.TAMIL,
          UnicodeScript.TELUGU);

  private NameCharacters() {}

  /**
   * Returns the normal form of a trimmed name: NFC, with plain spaces and apostrophes where a
   * keyboard wrote others.
   */
  static String normalised(String typed) {
    if (AsciiText.is(typed)) {
      return typed;
    }
    String plain =
        typed
            .replace('\u00a0', ' ')
            .replace('\u3000', ' ') // of a Japanese keyboard
            .replace('\u2019', '\''); // of a phone's keyboard
    return Normalizer.normalize(plain, Normalizer.Form.NFC);
  }

  /** Returns whether all characters may stand in a name, each where it does. */
  static boolean allowed(String name) {
    int before = 0;
    for (int i = 0; i < name.length(); ) {
      int point = name.codePointAt(i);
      if (!allowed(point) && !(isJoiner(point) && mayJoin(before))) {
        return false;
      }
      before = point;
      i += Character.charCount(point);
    }
    return true;
  }

  /**
   * Returns whether each mark belongs to a letter or digit that has at most {@link #MARKS_MAX}
   * nonspacing ones, and none twice. More would run into other lines, and two equal ones may be
   * drawn as one.
   */
  static boolean marksAreBounded(String name) {
    String apart = Normalizer.normalize(name, Normalizer.Form.NFD);
    boolean mayCarry = false;
    int nonSpacing = 0;
    int runStart = 0;
    for (int i = 0; i < apart.length(); ) {
      int point = apart.codePointAt(i);
      int next = i + Character.charCount(point);
      if (isMark(point)) {
        nonSpacing += Character.getType(point) == Character.COMBINING_SPACING_MARK ? 0 : 1;
        // The run is short: it ends at the fifth nonspacing mark, and a name is bounded.
        int twin = apart.indexOf(point, runStart);
        if (!mayCarry || nonSpacing > MARKS_MAX || twin < i) {
          return false;
        }
      } else if (!isJoiner(point)) {
        mayCarry = isLetterOrDigit(point);
        nonSpacing = 0;
        runStart = next;
      }
      i = next;
    }
    return true;
  }

  private static boolean allowed(int point) {
    if (point < 0x80) {
      return isLetterOrDigit(point) || " -_.!?'".indexOf(point) >= 0;
    }
    return (isLetterOrDigit(point) || isMark(point)) && !isInvisible(point);
  }

  static boolean isLetterOrDigit(int point) {
    return Character.isLetter(point) || Character.isDigit(point);
  }

  static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  private static boolean isJoiner(int point) {
    return point == NON_JOINER || point == JOINER;
  }

  private static boolean mayJoin(int before) {
    return JOINING.contains(UnicodeScript.of(before));
  }

  /**
   * Returns whether a letter or mark is drawn as nothing: those that Unicode calls default
   * ignorable, and fillers.
   */
  static boolean isInvisible(int point) {
    return switch (point) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
      case 0x180B, 0x180C, 0x180D, 0x180F -> true;
      case 0x13441, 0x13442, 0x16FE4 -> true; // blanks of old scripts
      default -> (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    };
  }
}
