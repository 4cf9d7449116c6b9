package dev.watchnchill.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchnchill.server.wire.IceServer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes credentials of TURN servers that expire by themselves (rule VO6): the user name is {@code
 * expiry:random}, and the password its HMAC-SHA1 with a secret that both servers know, as coturn's
 * {@code use-auth-secret} checks it.
 */
final class TurnCredentials {
  private static final String HMAC = "HmacSHA1"; // the only one of that scheme
  private static final int RANDOM_BYTES = 8;
  private static final long SECOND_MS = 1_000;

  private final SecretKeySpec key;
  private final long ttlSeconds;

  TurnCredentials(String secret, long ttlSeconds) {
    this.key = new SecretKeySpec(secret.getBytes(UTF_8), HMAC);
    this.ttlSeconds = ttlSeconds;
  }

  /** Returns the servers with a credential that is valid from that time on. */
  IceServer server(List<String> urls, long nowMs, byte[] random) {
    String username =
        nowMs / SECOND_MS
            + ttlSeconds
            + ":"
            + HexFormat.of().formatHex(random, 0, Math.min(RANDOM_BYTES, random.length));
    return new IceServer(urls, username, password(username));
  }

  private String password(String username) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }
}
