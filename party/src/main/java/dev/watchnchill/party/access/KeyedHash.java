package dev.watchnchill.party.access;

import java.util.HexFormat;

/**
 * A hash of 128 bits that only the holder of a key can compute (rule EN9).
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record KeyedHash(long high, long low) {
  private static final HexFormat HEX = HexFormat.of();

  /**
   * Returns the hash that {@link #hex} has written.
   *
   * @throws IllegalArgumentException when the text has not 32 hexadecimal digits
   */
  public static KeyedHash ofHex(String hex) {
    if (hex.length() != 32) {
      throw new IllegalArgumentException("a keyed hash has 32 hexadecimal digits");
    }
    return new KeyedHash(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }

  /** Returns the hash as 32 hexadecimal digits. */
  public String hex() {
    return HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** Returns whether both are equal, in constant time. */
  public boolean matches(KeyedHash other) {
    return ((high ^ other.high) | (low ^ other.low)) == 0;
  }

  @Override
  public String toString() {
    return "KeyedHash[…]";
  }
}
