package dev.watchnchill.server.app;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.port.IdSource;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Creates ids and secrets from the platform's secure random source. */
final class SecureIds implements IdSource {
  private static final int SESSION_TOKEN_BYTES = 24;
  private static final int SECRET_BYTES = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public RoomId roomId() {
    return RoomId.random(random);
  }

  @Override
  public UUID uuid() {
    return UUID.randomUUID();
  }

  @Override
  public String sessionToken() {
    return HexFormat.of().formatHex(bytes(SESSION_TOKEN_BYTES));
  }

  @Override
  public String inviteToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
  }

  @Override
  public byte[] secretBytes() {
    return bytes(SECRET_BYTES);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
