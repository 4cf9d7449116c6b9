package dev.watchnchill.server.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a password: {@code pbkdf2-sha256$<iterations>$<salt>$<hash>}, salt and hash in
 * base64url. It says by itself how it was made, so that the settings can change.
 */
final class StoredPassword {
  /** Bytes of the salt of a new form. */
  static final int SALT_BYTES = 16;

  /**
   * The most iterations of a form that is checked: ten times those of a new one. A check of a form
   * that somebody else has written into the store costs ten times as much at most.
   */
  static final int ITERATIONS_MAX = 6_000_000;

  /** The length of SHA-256. PBKDF2 repeats all iterations for each further block of this length. */
  private static final int HASH_BYTES = 32;

  private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
  private static final String NAME = "pbkdf2-sha256";
  private static final int TEXT_MAX = 200;
  private static final Pattern FORM =
      Pattern.compile(NAME + "\\$([1-9][0-9]{0,6})\\$([A-Za-z0-9_-]{2,86})\\$([A-Za-z0-9_-]{43})");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private StoredPassword(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Returns a new form of a password. */
  static StoredPassword of(String password, byte[] salt, int iterations) {
    return new StoredPassword(iterations, salt, derive(password, salt, iterations));
  }

  /** Reads a stored form; null when the text is none, or one that would cost too much to check. */
  static @Nullable StoredPassword parse(String text) {
    if (text.length() > TEXT_MAX) {
      return null;
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return null;
    }
    int iterations = Integer.parseInt(form.group(1));
    if (iterations > ITERATIONS_MAX) {
      return null;
    }
    try {
      byte[] salt = Base64.getUrlDecoder().decode(form.group(2));
      byte[] hash = Base64.getUrlDecoder().decode(form.group(3));
      return hash.length == HASH_BYTES ? new StoredPassword(iterations, salt, hash) : null;
    } catch (IllegalArgumentException e) {
      return null; // a length that base64 does not have
    }
  }

  /** Returns the text to store. */
  String text() {
    var base64 = Base64.getUrlEncoder().withoutPadding();
    return NAME
        + "$"
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  /** Returns whether a password is the one that was stored. All iterations are made for it. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    // One keyboard sends a letter and its accent as one character, another one as two.
    char[] normal = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
    var key = new PBEKeySpec(normal, salt, iterations, HASH_BYTES * Byte.SIZE);
    Arrays.fill(normal, ' ');
    try {
      return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    } finally {
      key.clearPassword();
    }
  }

  @Override
  public String toString() {
    return "StoredPassword[…]";
  }
}
