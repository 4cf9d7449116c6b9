package dev.watchnchill.party;

import dev.watchnchill.party.name.GraphemeClusters;
import dev.watchnchill.party.name.NameSkeleton;
import org.jspecify.annotations.Nullable;

/**
 * The name of a user as it was typed but trimmed (rules FR1, RT21), with its normalised forms for
 * comparison (rules JN7, JN11, RT23).
 *
 * <p>Two names are equal when a reader could take one for the other. Case does not count, a run of
 * white space counts as one space, and invisible characters do not count. Some white space, U+FEFF
 * for example, is a gap on one screen and nothing on another. A name with such a character has two
 * normalised forms, one for each reading. A name with letters beyond ASCII has a skeleton besides,
 * so that it also equals the names it looks like in other scripts. Two names without such letters
 * are compared without: in base names {@code rn} is not {@code m}.
 */
public final class DisplayName {
  /** Shortest name, in characters as a reader counts them. */
  public static final int LENGTH_MIN = 2;

  /** Longest name, in characters as a reader counts them. */
  public static final int LENGTH_MAX = 50;

  /** Longest name in UTF-16 code units, of which a character may have many (rule RT21). */
  public static final int UNITS_MAX = 200;

  private final String value;
  // Computed once: a join compares a name with those of all members.
  private final String withGaps;
  // The same object as withGaps, unless the name has two readings.
  private final String withoutGaps;
  // Null when all letters are ASCII, so that such a name is no larger for it.
  private final @Nullable NameSkeleton skeleton;

  /**
   * @param value 2 to 50 characters, without white space around them
   * @throws IllegalArgumentException when the value is not trimmed or of a wrong length
   */
  public DisplayName(String value) {
    if (!value.equals(Trim.both(value)) || !hasLength(value)) {
      throw new IllegalArgumentException("not a name: " + value.length() + " characters");
    }
    this.value = value;
    this.withGaps = folded(value, true, true);
    this.withoutGaps = hasAmbiguousGap(value) ? folded(value, false, true) : withGaps;
    this.skeleton =
        NameSkeleton.isPlain(withGaps) ? null : NameSkeleton.of(folded(value, true, false));
  }

  private static boolean hasLength(String value) {
    return value.length() >= LENGTH_MIN
        && (value.length() <= LENGTH_MAX
            || (value.length() <= UNITS_MAX && GraphemeClusters.count(value) <= LENGTH_MAX));
  }

  /** Returns the name as it is shown. */
  public String value() {
    return value;
  }

  /** Returns whether a reader could take both for one name (rules JN7, JN11, RT23). */
  public boolean sameAs(DisplayName other) {
    return hasSameLetters(other) || looksLike(other);
  }

  @SuppressWarnings("ReferenceEquality") // one object stands for one reading
  private boolean hasSameLetters(DisplayName other) {
    if (withGaps == withoutGaps && other.withGaps == other.withoutGaps) {
      return withGaps.equals(other.withGaps);
    }
    return withGaps.equals(other.withGaps)
        || withoutGaps.equals(other.withoutGaps)
        || withGaps.equals(other.withoutGaps)
        || withoutGaps.equals(other.withGaps);
  }

  private boolean looksLike(DisplayName other) {
    if (skeleton == null) {
      return other.skeleton != null && other.looksLike(this);
    }
    return other.skeleton == null
        ? skeleton.matchesPlain(other.withGaps) || skeleton.matchesPlain(other.withoutGaps)
        : skeleton.matches(other.skeleton);
  }

  private static String folded(String value, boolean ambiguousIsGap, boolean ignoreCase) {
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
        folded.append(ignoreCase ? Character.toLowerCase(Character.toUpperCase(c)) : c);
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
