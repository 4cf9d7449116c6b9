package dev.watchnchill.party.entry;

import dev.watchnchill.party.SecretHash;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a joining client may enter a room with entry control (rules EN2, EN4, EN6).
 *
 * @param password the outcome of the check of the password
 * @param verified the stored form that the password was checked against, or null when none was
 * @param invitation hash of the token of an invitation, or null
 * @param knock the knock of this client that a host has accepted, or null when only its session
 *     token tells
 */
public record EntryProof(
    Password password,
    @Nullable String verified,
    @Nullable SecretHash invitation,
    @Nullable UUID knock) {

  /** The proof of a joiner who brings nothing. */
  public static final EntryProof NONE = new EntryProof(Password.NONE, null, null, null);

  /** The outcome of the check of a password. */
  public enum Password {
    /** No password was given, or the room has none. */
    NONE,
    /** The password is the room's. */
    RIGHT,
    /** The password is another one. */
    WRONG
  }

  /** Returns whether the password was right, and is still the room's. */
  public boolean hasPassword(@Nullable String stored) {
    return password == Password.RIGHT && verified != null && verified.equals(stored);
  }

  @Override
  public String toString() {
    return "EntryProof[" + password + "]";
  }
}
