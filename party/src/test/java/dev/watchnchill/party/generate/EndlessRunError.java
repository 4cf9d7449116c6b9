package dev.watchnchill.party.generate;

import org.jspecify.annotations.Nullable;

/** The failure of a run that does not end: its choices or its virtual time go round in a circle. */
public final class EndlessRunError extends AssertionError {
  private static final long serialVersionUID = 1;

  EndlessRunError(String message) {
    super(message);
  }

  /** Returns whether a failure is an endless run, or was caused by one. */
  static boolean is(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EndlessRunError) {
        return true;
      }
    }
    return false;
  }
}
