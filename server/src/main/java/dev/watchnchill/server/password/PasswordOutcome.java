package dev.watchnchill.server.password;

import java.util.Locale;

/** The outcome of a request to check a password, as metrics name it. */
public enum PasswordOutcome {
  /** The password was right. */
  RIGHT,
  /** The password was wrong. */
  WRONG,
  /** The password was not checked: too many others waited. */
  BUSY,
  /** The password was not checked: too many wrong ones came from the address. */
  LIMITED;

  /** Returns its name in metrics, such as {@code right}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
