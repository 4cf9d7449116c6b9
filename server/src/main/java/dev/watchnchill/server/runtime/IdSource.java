package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import java.util.UUID;

/** Where ids and secrets come from (rules ID1, TK1, RS1); injected, so that tests know them. */
public interface IdSource {
  /** A room id that may be taken. */
  RoomId roomId();

  /** A UUID v4: a user, a message, a host token. */
  UUID uuid();

  /** A secret that nobody can guess. */
  String sessionToken();
}
