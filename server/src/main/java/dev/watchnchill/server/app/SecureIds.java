package dev.watchnchill.server.app;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.server.runtime.port.IdSource;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Creates ids and secrets from the platform's secure random source. */
final class SecureIds implements IdSource {
  private static final int SESSION_TOKEN_BYTES = 24;

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
    byte[] bytes = new byte[SESSION_TOKEN_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public String inviteToken() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(roomSecret());
  }

  @Override
  public byte[] roomSecret() {
    byte[] bytes = new byte[RoomSecret.BYTES];
    random.nextBytes(bytes);
    return bytes;
  }
}
