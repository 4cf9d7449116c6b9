package dev.watchnchill.party;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The id of a room in its link: exactly 6 of {@code A-Z0-9} (rules FR2, ID1).
 *
 * @param value the six characters
 */
public record RoomId(String value) {
  /** Number of characters of an id. */
  public static final int LENGTH = 6;

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final Pattern FORM = Pattern.compile("[A-Z0-9]{6}");

  /**
   * @throws IllegalArgumentException when the value has another form
   */
  public RoomId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a room id: " + value);
    }
  }

  /** Returns a random id; the caller checks it for collision. */
  public static RoomId random(RandomGenerator random) {
    var id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new RoomId(id.toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
