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

  /** Returns the token of an invitation: 128 random bits in 22 letters and digits (rule EN6). */
  String inviteToken();

  /** Returns the key of a new room: 16 random bytes (rule EN9). */
  byte[] roomSecret();
}
