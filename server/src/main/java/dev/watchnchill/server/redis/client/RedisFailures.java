package dev.watchnchill.server.redis.client;

import dev.watchnchill.server.store.StoreUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What goes wrong with Redis, in words. */
public final class RedisFailures {
  private static final int CAUSES_MAX = 10;

  /** Codes of refusals that concern every change: of a replica, a full Redis, a failing disk. */
  private static final List<String> TAKES_NO_CHANGES =
      List.of(
          "READONLY ", "OOM ", "MISCONF ", "NOREPLICAS ", "MASTERDOWN ", "CLUSTERDOWN ", "NOPERM ");

  private static final List<String> WRONG_TYPE = List.of("WRONGTYPE ");

  private RedisFailures() {}

  /** The failure itself, without what futures wrap around it. */
  static Throwable plain(Throwable failure) {
    Throwable plain = failure;
    while ((plain instanceof CompletionException || plain instanceof ExecutionException)
        && plain.getCause() != null) {
      plain = plain.getCause();
    }
    return plain;
  }

  /** One line that ends in the first cause, which says what to do ("Connection refused"). */
  static String message(@Nullable Throwable failure) {
    if (failure == null) {
      return "no connection";
    }
    Throwable root = plain(failure);
    for (int i = 0; i < CAUSES_MAX && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }

  /** Whether there was no answer in time. */
  static boolean timedOut(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int i = 0; i < CAUSES_MAX && cause != null; i++) {
      if (cause instanceof RedisCommandTimeoutException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Whether Redis has answered, and will not do it: asking again is of no use. */
  static boolean refused(Throwable failure) {
    Throwable plain = plain(failure);
    Throwable cause = plain instanceof StoreUnavailableException ? plain.getCause() : plain;
    return cause instanceof RedisCommandExecutionException;
  }

  /**
   * Whether Redis has answered that it takes no changes now, whichever they are. A script that met
   * the refusal puts its own words around it.
   */
  static boolean takesNoChanges(Throwable failure) {
    return refused(failure) && says(failure, TAKES_NO_CHANGES);
  }

  /** Whether the key holds something else than we keep under that name. */
  public static boolean wrongType(Throwable failure) {
    return refused(failure) && says(failure, WRONG_TYPE);
  }

  private static boolean says(Throwable failure, List<String> codes) {
    String message = message(failure);
    return codes.stream().anyMatch(message::contains);
  }

  /** For callers of the store. */
  public static StoreUnavailableException unavailable(Throwable failure) {
    Throwable plain = plain(failure);
    return plain instanceof StoreUnavailableException already
        ? already
        : new StoreUnavailableException("Redis did not do it: " + message(plain), plain);
  }

  /** For calls that were given up. */
  static StoreUnavailableException late() {
    return new StoreUnavailableException(
        "Redis did not do it in time", new java.util.concurrent.TimeoutException("no answer"));
  }

  /** For calls while there is no connection. */
  static StoreUnavailableException down() {
    return new StoreUnavailableException(
        "Redis cannot be reached", new java.net.ConnectException("no connection"));
  }
}
