package dev.watchnchill.party.access;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who holds a seat in a room.
 *
 * @param id given on entry
 * @param name what the others see
 * @param host whether this user may control the film
 * @param joinedAtMs when the seat was taken, ms since the epoch
 * @param session hash of the secret that takes the seat back, or null for a client that cannot
 *     (rule RS1)
 * @param awaySinceMs when the connection was lost, or null while present (rule RS2)
 */
public record Member(
    UserId id,
    DisplayName name,
    boolean host,
    long joinedAtMs,
    @Nullable SecretHash session,
    @Nullable Long awaySinceMs) {

  /** Whether the connection is lost and the seat is kept. */
  public boolean away() {
    return awaySinceMs != null;
  }

  /** The same user with a host's right. */
  public Member promoted() {
    return new Member(id, name, true, joinedAtMs, session, awaySinceMs);
  }

  /** The same user, lost at that time. */
  public Member lostAt(long nowMs) {
    return new Member(id, name, host, joinedAtMs, session, nowMs);
  }

  /** The same user, back, with the secret that now holds the seat. */
  public Member returned(@Nullable SecretHash newSession) {
    return new Member(id, name, host, joinedAtMs, newSession, null);
  }
}
