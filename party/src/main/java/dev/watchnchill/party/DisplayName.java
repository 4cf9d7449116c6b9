package dev.watchnchill.party;

/**
 * The name somebody is seen under, trimmed; two names are the same when they differ in case alone
 * (rules FR1, JN7).
 *
 * @param value 2 to 50 characters, without space around them
 */
public record DisplayName(String value) {
  /** Shortest name, in characters. */
  public static final int LENGTH_MIN = 2;

  /** Longest name, in characters. */
  public static final int LENGTH_MAX = 50;

  /**
   * @throws IllegalArgumentException when the value is not trimmed or of a wrong length
   */
  public DisplayName {
    if (!value.equals(Trim.both(value))
        || value.length() < LENGTH_MIN
        || value.length() > LENGTH_MAX) {
      throw new IllegalArgumentException("not a name: " + value.length() + " characters");
    }
  }

  /** Whether both would be taken for one person. */
  public boolean sameAs(DisplayName other) {
    return value.equalsIgnoreCase(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
