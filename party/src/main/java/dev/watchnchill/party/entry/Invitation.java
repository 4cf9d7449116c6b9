package dev.watchnchill.party.entry;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token that passes a room's password and approval (rule EN6).
 *
 * @param id id that hosts revoke
 * @param token hash of the token
 * @param by the host who made it
 * @param byName name of that host then
 * @param atMs when it was made, ms since the epoch
 * @param expiresAtMs when it ends, ms since the epoch, or null when it lasts as long as the room
 * @param usesLeft how many people it still lets in, or null for any number
 */
public record Invitation(
    UUID id,
    SecretHash token,
    UserId by,
    DisplayName byName,
    long atMs,
    @Nullable Long expiresAtMs,
    @Nullable Integer usesLeft) {

  /** Returns whether it has ended. */
  public boolean expired(long nowMs) {
    return expiresAtMs != null && nowMs >= expiresAtMs;
  }

  /** Returns this invitation after it has let one more person in; null when it is used up. */
  public @Nullable Invitation used() {
    if (usesLeft == null) {
      return this;
    }
    return usesLeft <= 1
        ? null
        : new Invitation(id, token, by, byName, atMs, expiresAtMs, usesLeft - 1);
  }
}
