package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of one member's reactions to one message, which are stored on their own.
 *
 * @param messageSeq number of the change that added the message
 */
public record ReactionKey(long messageSeq, UserId user) {
  private static final String PREFIX = "r:";

  /** Returns the name under which the reactions are stored. */
  public String storedName() {
    return PREFIX + messageSeq + ":" + user.value();
  }

  /**
   * Returns the key with a stored name, or null when it is the name of something else.
   *
   * @throws CorruptRecordException when the name has the prefix, and no number or id
   */
  public static @Nullable ReactionKey ofStoredName(String name) {
    if (!name.startsWith(PREFIX)) {
      return null;
    }
    int colon = name.indexOf(':', PREFIX.length());
    try {
      return new ReactionKey(
          Long.parseLong(name, PREFIX.length(), Math.max(PREFIX.length(), colon), 10),
          new UserId(UUID.fromString(name.substring(colon + 1))));
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException("reactions have no key", e);
    }
  }
}
