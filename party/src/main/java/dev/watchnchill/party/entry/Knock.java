package dev.watchnchill.party.entry;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who waits for a host to let them in (rule EN4).
 *
 * @param id id that hosts answer
 * @param name the name that the person wants
 * @param session hash of the token by which the client finds its knock again, or null for a client
 *     that cannot resume
 * @param identity what the client can be recognised by
 * @param atMs when the person asked, or was accepted, ms since the epoch
 * @param accepted whether a host has let the person in, who has not come in yet
 */
public record Knock(
    UUID id,
    DisplayName name,
    @Nullable SecretHash session,
    MemberIdentity identity,
    long atMs,
    boolean accepted) {

  /** Returns this knock as accepted; the person has the whole time again to come in. */
  public Knock acceptedAt(long nowMs) {
    return new Knock(id, name, session, identity, nowMs, true);
  }
}
