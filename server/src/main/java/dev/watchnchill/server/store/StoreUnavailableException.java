package dev.watchnchill.server.store;

import java.io.Serial;

/** The store cannot be reached now; the same call may succeed later. */
public final class StoreUnavailableException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** With the reason for the log. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /** With the reason for the log. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
