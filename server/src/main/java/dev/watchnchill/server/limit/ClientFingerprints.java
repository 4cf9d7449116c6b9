package dev.watchnchill.server.limit;

import dev.watchnchill.party.access.KeyedHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes by which one room recognises a client's address and browser. They are made with the room's
 * secret, so the hashes of two rooms cannot be compared, and nobody without the secret can find an
 * address by trying all of them.
 */
public final class ClientFingerprints {
  /** Bytes of a room's secret. */
  public static final int SECRET_BYTES = 16;

  /** The fewest characters of a browser key. */
  public static final int BROWSER_KEY_MIN = 16;

  /** The most characters of a browser key. */
  public static final int BROWSER_KEY_MAX = 200;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param secret the room's secret
   * @throws IllegalArgumentException when it has another length
   */
  public ClientFingerprints(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
    }
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /** Returns the hash of an address, or null when the address is not known. */
  public @Nullable KeyedHash ofAddress(ClientKey client) {
    return client.equals(ClientKey.NONE) ? null : hash("address", client.text());
  }

  /**
   * Returns the hash of a browser key.
   *
   * @throws IllegalArgumentException when the key is shorter or longer than one may be
   */
  public KeyedHash ofBrowser(String browserKey) {
    if (browserKey.length() < BROWSER_KEY_MIN || browserKey.length() > BROWSER_KEY_MAX) {
      throw new IllegalArgumentException("a browser key of " + browserKey.length() + " characters");
    }
    return hash("browser", browserKey);
  }

  /**
   * Returns the first half of an HMAC.
   *
   * @param kind keeps an address and a browser key of the same text apart
   */
  private KeyedHash hash(String kind, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(kind.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      ByteBuffer bytes = ByteBuffer.wrap(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
      return new KeyedHash(bytes.getLong(), bytes.getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "ClientFingerprints[…]";
  }
}
