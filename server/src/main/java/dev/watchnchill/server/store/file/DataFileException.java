package dev.watchnchill.server.store.file;

import java.io.Serial;

/**
 * The data directory cannot be used. The message is one line for the person who started the server:
 * which file, what is wrong, what to do.
 */
public sealed class DataFileException extends RuntimeException permits NewerFormatException {
  @Serial private static final long serialVersionUID = 1;

  DataFileException(String message) {
    super(message);
  }

  DataFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
