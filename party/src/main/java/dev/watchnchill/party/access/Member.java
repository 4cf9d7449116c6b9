package dev.watchnchill.party.access;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A user in a room.
 *
 * @param id id that the server gave on joining
 * @param name name that the other members see
 * @param host whether the member may control the film
 * @param joinedAtMs time of joining, ms since the epoch
 * @param session hash of the session token that resumes the seat, or null for a client that cannot
 *     resume (rule RS1)
 * @param awaySinceMs when the connection was lost, or null for a present member (rule RS2)
 * @param instance the instance of the present or last connection, or null when there is only one
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

  /** Returns whether the connection is lost and the seat is kept. */
  public boolean away() {
    return awaySinceMs != null;
  }

  /** Returns this member as a host. */
  public Member asHost() {
    return new Member(id, name, true, joinedAtMs, session, awaySinceMs, instance);
  }

  /** Returns this member as away since the given time. */
  public Member asAway(long nowMs) {
    return new Member(id, name, host, joinedAtMs, session, nowMs, instance);
  }

  /** Returns this member as present on an instance, with another session. */
  public Member asPresent(@Nullable SecretHash newSession, @Nullable InstanceId on) {
    return new Member(id, name, host, joinedAtMs, newSession, null, on);
  }

  /** Returns this member, who was removed, as joining again on an instance. */
  public Member rejoined(long nowMs, InstanceId on) {
    return new Member(id, name, host, nowMs, session, null, on);
  }

  /** Returns whether the member is connected to the instance. */
  public boolean presentOn(InstanceId other) {
    return !away() && other.equals(instance);
  }
}
