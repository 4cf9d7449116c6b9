package dev.watchnchill.party;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The SHA-256 hash of a secret token. A room keeps no other form of the token (rule TK1).
 *
 * <p>The tokens are random and long, so a plain hash without salt cannot be searched.
 *
 * @param hex 64 hexadecimal digits
 */
public record SecretHash(String hex) {
  /** Returns the hash of a token; letter case does not matter, as in a UUID. */
  public static SecretHash of(String token) {
    return ofExact(token.toLowerCase(Locale.ROOT));
  }

  /** Returns the hash of a token whose letter case matters, as in base64. */
  public static SecretHash ofExact(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return new SecretHash(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Returns whether both are equal, in constant time. */
  public boolean matches(SecretHash other) {
    return MessageDigest.isEqual(
        hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "SecretHash[…]";
  }
}
