package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.RoomId;
import java.util.UUID;

/** Creates ids and secrets (rules ID1, TK1, RS1); injected, so that tests know them. */
public interface IdSource {
  /** Returns a random room id, which may be taken. */
  RoomId roomId();

  /** Returns a UUID v4 for a user, a message or a host token. */
  UUID uuid();

  /** Returns a secret that cannot be guessed. */
  String sessionToken();

  /** Returns a secret for the link of an invitation: 128 bits as 22 characters of base64url. */
  String inviteToken();

  /** Returns 16 random bytes, for a salt or the secret of a room. */
  byte[] secretBytes();
}
