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
 * @param identity what the member can be recognised by (rule EN9)
 * @param muted whether a host has muted the member (rule EN11)
 * @param spokeAtMs when the member wrote last while slow mode was on, ms since the epoch; else 0
 *     (rule RT5)
 */
public record Member(
    UserId id,
    DisplayName name,
    boolean host,
    long joinedAtMs,
    @Nullable SecretHash session,
    @Nullable Long awaySinceMs,
    @Nullable InstanceId instance,
    MemberIdentity identity,
    boolean muted,
    long spokeAtMs) {

  /** Creates a member who cannot be recognised. */
  public Member(
      UserId id,
      DisplayName name,
      boolean host,
      long joinedAtMs,
      @Nullable SecretHash session,
      @Nullable Long awaySinceMs,
      @Nullable InstanceId instance) {
    this(id, name, host, joinedAtMs, session, awaySinceMs, instance, MemberIdentity.NONE, false, 0);
  }

  /** Returns whether the connection is lost and the seat is kept. */
  public boolean away() {
    return awaySinceMs != null;
  }

  /** Returns this member as a host. */
  public Member asHost() {
    return with(true, session, awaySinceMs, instance, muted, spokeAtMs);
  }

  /** Returns this member as a guest. */
  public Member asGuest() {
    return with(false, session, awaySinceMs, instance, muted, spokeAtMs);
  }

  /** Returns this member as away since the given time. */
  public Member asAway(long nowMs) {
    return with(host, session, nowMs, instance, muted, spokeAtMs);
  }

  /** Returns this member as present on an instance, with another session. */
  public Member asPresent(@Nullable SecretHash newSession, @Nullable InstanceId on) {
    return with(host, newSession, null, on, muted, spokeAtMs);
  }

  /** Returns this member as muted, or not. */
  public Member asMuted(boolean quiet) {
    return with(host, session, awaySinceMs, instance, quiet, spokeAtMs);
  }

  /** Returns this member as having written at the given time. */
  public Member asSpeaker(long nowMs) {
    return with(host, session, awaySinceMs, instance, muted, nowMs);
  }

  /** Returns this member as recognised by another address and browser. */
  public Member identifiedBy(MemberIdentity other) {
    return new Member(
        id, name, host, joinedAtMs, session, awaySinceMs, instance, other, muted, spokeAtMs);
  }

  /** Returns this member, whose seat ended, as joining again on an instance. */
  public Member rejoined(long nowMs, InstanceId on) {
    return new Member(id, name, host, nowMs, session, null, on, identity, muted, spokeAtMs);
  }

  /** Returns whether the member is connected to the instance. */
  public boolean presentOn(InstanceId other) {
    return !away() && other.equals(instance);
  }

  private Member with(
      boolean isHost,
      @Nullable SecretHash itsSession,
      @Nullable Long away,
      @Nullable InstanceId on,
      boolean quiet,
      long spokeAt) {
    return new Member(id, name, isHost, joinedAtMs, itsSession, away, on, identity, quiet, spokeAt);
  }
}
