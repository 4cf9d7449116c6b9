package dev.watchnchill.server.store.codec;

import java.io.Serial;

/** A stored record cannot be read: it is damaged, or a newer version wrote it. */
public final class CorruptRecordException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** With what is wrong, and where in the record. */
  public CorruptRecordException(String message) {
    super(message);
  }

  /** The same, found by something below. */
  public CorruptRecordException(String message, Throwable cause) {
    super(message, cause);
  }
}
