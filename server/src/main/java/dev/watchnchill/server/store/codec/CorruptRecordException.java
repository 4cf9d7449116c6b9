package dev.watchnchill.server.store.codec;

import java.io.Serial;

/** Thrown when a stored record cannot be read: it is damaged, or a newer version wrote it. */
public final class CorruptRecordException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Creates an exception that says what is wrong, and where in the record. */
  public CorruptRecordException(String message) {
    super(message);
  }

  /** Creates an exception with the failure of a lower layer. */
  public CorruptRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
