package dev.watchnchill.server.password;

import java.io.Serial;

/** Thrown when so many passwords wait to be hashed that one more is not taken; a retry may be. */
public final class HasherBusyException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  HasherBusyException() {
    // Thrown under attack, and always from the same place: a stack trace costs more than it shows.
    super("too many passwords wait to be hashed", null, false, false);
  }
}
