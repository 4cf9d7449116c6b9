package dev.watchnchill.party.entry;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person who may not come back (rule EN9).
 *
 * @param id id that hosts lift
 * @param name the name that the person had
 * @param by the host who banned the person
 * @param byName name of that host then
 * @param atMs since when, ms since the epoch
 * @param untilMs until when, ms since the epoch, or null for as long as the room lives
 * @param session hash of the session token of the seat, or null
 * @param identity what the person is recognised by
 */
public record Ban(
    UUID id,
    DisplayName name,
    UserId by,
    DisplayName byName,
    long atMs,
    @Nullable Long untilMs,
    @Nullable SecretHash session,
    MemberIdentity identity) {

  /** Returns whether it has ended. */
  public boolean expired(long nowMs) {
    return untilMs != null && nowMs >= untilMs;
  }
}
