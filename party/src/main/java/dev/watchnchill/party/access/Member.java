package dev.watchnchill.party.access;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
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
 * @param instance which server holds the connection, or held it last; null when that never mattered
 *     (rule IN2)
 */
public record Member(
    UserId id,
    DisplayName name,
    boolean host,
    long joinedAtMs,
    @Nullable SecretHash session,
    @Nullable Long awaySinceMs,
    @Nullable InstanceId instance) {

  /** Whether the connection is lost and the seat is kept. */
  public boolean away() {
    return awaySinceMs != null;
  }

  /** The same user with a host's right. */
  public Member promoted() {
    return new Member(id, name, true, joinedAtMs, session, awaySinceMs, instance);
  }

  /** The same user, lost at that time. */
  public Member lostAt(long nowMs) {
    return new Member(id, name, host, joinedAtMs, session, nowMs, instance);
  }

  /** The same user, back on that server, with the secret that now holds the seat. */
  public Member returned(@Nullable SecretHash newSession, @Nullable InstanceId on) {
    return new Member(id, name, host, joinedAtMs, newSession, null, on);
  }

  /** The same user, who was thrown out, in a new seat on that server. */
  public Member rejoined(long nowMs, InstanceId on) {
    return new Member(id, name, host, nowMs, session, null, on);
  }

  /** Whether that server holds the connection. */
  public boolean presentOn(InstanceId server) {
    return !away() && server.equals(instance);
  }
}
