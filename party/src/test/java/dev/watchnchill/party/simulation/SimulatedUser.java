package dev.watchnchill.party.simulation;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.MemberIdentity;
import org.jspecify.annotations.Nullable;

/** A user with a browser, and the seat that it has or had. */
final class SimulatedUser {
  final DisplayName name;

  /** Whether the client can come back (rule RS1). */
  final boolean extended;

  /** The user's browser and address. */
  final MemberIdentity identity;

  /** Whether a host has muted the user. */
  boolean muted;

  /** The host token, for the creator alone. */
  final @Nullable SecretHash token;

  /** The user, while there is a seat for it. */
  @Nullable UserId seat;

  /** The session token of the seat, for an extended client. */
  @Nullable SecretHash secret;

  /** When the connection was lost, or null while connected. */
  @Nullable Long lostAtMs;

  SimulatedUser(
      String name, MemberIdentity identity, boolean extended, @Nullable SecretHash token) {
    this.name = new DisplayName(name);
    this.identity = identity;
    this.extended = extended;
    this.token = token;
  }

  /** Returns whether the user is in the room and connected. */
  boolean present() {
    return seat != null && lostAtMs == null;
  }

  /** Returns whether the user has a seat and has lost the connection. */
  boolean away() {
    return seat != null && lostAtMs != null;
  }

  /** Returns the user id of the seat. */
  UserId id() {
    if (seat == null) {
      throw new IllegalStateException(name + " has no seat");
    }
    return seat;
  }

  /** Forgets the seat, which the user has lost. */
  void lostSeat() {
    seat = null;
    secret = null;
    lostAtMs = null;
  }

  @Override
  public String toString() {
    return name.value();
  }
}
