package dev.watchnchill.party;

import org.jspecify.annotations.Nullable;

/**
 * The name that a user is shown under, as it was typed but trimmed (rule FR1), with the form that
 * it is compared in (rules JN7, JN11).
 *
 * <p>Two names are the same when a reader could take one for the other: case does not count, white
 * space in a row counts as one space, and characters that nobody sees do not count. Some white
 * space is a gap on one screen and nothing at all on another, U+FEFF for example: a name with such
 * a character has two forms to compare, one for each reading.
 */
public final class DisplayName {
  /** Shortest name, in characters. */
  public static final int LENGTH_MIN = 2;

  /** Longest name, in characters. */
  public static final int LENGTH_MAX = 50;

  private final String value;
  // Worked out once: a join compares a name with those of all members.
  private final String withGaps;
  private final String withoutGaps;
  private final boolean twofold;

  /**
   * @param value 2 to 50 characters, without white space around them
   * @throws IllegalArgumentException when the value is not trimmed or of a wrong length
   */
  public DisplayName(String value) {
    if (!value.equals(Trim.both(value))
        || value.length() < LENGTH_MIN
        || value.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("not a name: " + value.length() + " characters");
    }
    this.value = value;
    this.withGaps = folded(value, true);
    this.twofold = hasDoubtfulGap(value);
    this.withoutGaps = twofold ? folded(value, false) : withGaps;
  }

  /** The name as it is shown. */
  public String value() {
    return value;
  }

  /** Whether a reader could take both for one name (rules JN7, JN11). */
  public boolean sameAs(DisplayName other) {
    if (!twofold && !other.twofold) {
      return withGaps.equals(other.withGaps);
    }
    return withGaps.equals(other.withGaps)
        || withoutGaps.equals(other.withoutGaps)
        || withGaps.equals(other.withoutGaps)
        || withoutGaps.equals(other.withGaps);
  }

  private static String folded(String value, boolean doubtfulIsGap) {
    var folded = new StringBuilder(value.length());
    boolean gap = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Trim.isSpace(c)) {
        gap |= doubtfulIsGap || !isDoubtfulGap(c);
      } else if (!Character.isIdentifierIgnorable(c)) { // controls and format characters
        if (gap && !folded.isEmpty()) {
          folded.append(' ');
        }
        gap = false;
        // Both ways, as equalsIgnoreCase does: some letters meet only in upper case.
        folded.append(Character.toLowerCase(Character.toUpperCase(c)));
      }
    }
    return folded.toString();
  }

  private static boolean hasDoubtfulGap(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isDoubtfulGap(value.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether that white space is too narrow to be seen, or not drawn, on some screens. */
  private static boolean isDoubtfulGap(char c) {
    return switch (c) {
      case ' ', '\t', '\n', '\u00a0' -> false;
      default -> Trim.isSpace(c);
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DisplayName name && value.equals(name.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
