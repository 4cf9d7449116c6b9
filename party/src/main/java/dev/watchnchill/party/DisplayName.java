package dev.watchnchill.party;

import org.jspecify.annotations.Nullable;

/**
 * The name of a user as it was typed but trimmed (rule FR1), with its normalised form for
 * comparison (rules JN7, JN11).
 *
 * <p>Two names are equal when a reader could take one for the other. Case does not count, a run of
 * white space counts as one space, and invisible characters do not count. Some white space, U+FEFF
 * for example, is a gap on one screen and nothing on another. A name with such a character has two
 * normalised forms, one for each reading.
 */
public final class DisplayName {
  /** Shortest name, in characters. */
  public static final int LENGTH_MIN = 2;

  /** Longest name, in characters. */
  public static final int LENGTH_MAX = 50;

  private final String value;
  // Computed once: a join compares a name with those of all members.
  private final String withGaps;
  private final String withoutGaps;
  private final boolean ambiguous;

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
    this.ambiguous = hasAmbiguousGap(value);
    this.withoutGaps = ambiguous ? folded(value, false) : withGaps;
  }

  /** Returns the name as it is shown. */
  public String value() {
    return value;
  }

  /** Returns whether a reader could take both for one name (rules JN7, JN11). */
  public boolean sameAs(DisplayName other) {
    if (!ambiguous && !other.ambiguous) {
      return withGaps.equals(other.withGaps);
    }
    return withGaps.equals(other.withGaps)
        || withoutGaps.equals(other.withoutGaps)
        || withGaps.equals(other.withoutGaps)
        || withoutGaps.equals(other.withGaps);
  }

  private static String folded(String value, boolean ambiguousIsGap) {
    var folded = new StringBuilder(value.length());
    boolean gap = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Trim.isSpace(c)) {
        gap |= ambiguousIsGap || !isAmbiguousGap(c);
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

  private static boolean hasAmbiguousGap(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isAmbiguousGap(value.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether some screens draw this white space too narrow to be seen, or not at all. */
  private static boolean isAmbiguousGap(char c) {
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
