package dev.watchnchill.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable ids: 120 random bits as 20 characters that are safe in a URL. */
public final class Ids {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** The next one. */
  public static String next() {
    byte[] bytes = new byte[15];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
