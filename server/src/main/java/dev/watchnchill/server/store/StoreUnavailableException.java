package dev.watchnchill.server.store;

import java.io.Serial;

/** Thrown when the store cannot be reached; the same call may succeed later. */
public final class StoreUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Creates an exception with the reason for the log. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /** Creates an exception with the reason for the log and its cause. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
