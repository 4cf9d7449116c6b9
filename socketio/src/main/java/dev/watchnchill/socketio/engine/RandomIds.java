package dev.watchnchill.socketio.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable ids: 120 random bits as 20 URL-safe characters. */
public final class RandomIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomIds() {}

  /** Returns a new id. */
  public static String next() {
    byte[] bytes = new byte[15];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
