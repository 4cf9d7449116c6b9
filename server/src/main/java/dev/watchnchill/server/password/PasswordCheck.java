package dev.watchnchill.server.password;

/** The answer to a client that has given a password. */
public sealed interface PasswordCheck {
  /** The password is right. */
  record Right() implements PasswordCheck {}

  /** The password is wrong, and counts as a guess. */
  record Wrong() implements PasswordCheck {}

  /**
   * The password was not checked.
   *
   * @param outcome {@link PasswordOutcome#BUSY} or {@link PasswordOutcome#LIMITED}
   * @param retryInMs after how long a password may be checked again, ms
   */
  record Rejected(PasswordOutcome outcome, long retryInMs) implements PasswordCheck {}
}
