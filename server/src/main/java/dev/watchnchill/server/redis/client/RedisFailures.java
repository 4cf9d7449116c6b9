package dev.watchnchill.server.redis.client;

import dev.watchnchill.server.store.StoreUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Classifies failures of Redis, and translates them for callers and logs. */
public final class RedisFailures {
  private static final int CAUSES_MAX = 10;

  /** Error codes that reject every write: of a replica, a full memory, a failing disk. */
  private static final List<String> WRITE_REJECTIONS =
      List.of(
          "READONLY ", "OOM ", "MISCONF ", "NOREPLICAS ", "MASTERDOWN ", "CLUSTERDOWN ", "NOPERM ");

  private static final List<String> WRONG_TYPE = List.of("WRONGTYPE ");

  private RedisFailures() {}

  /** Returns the failure itself, without the wrappers of futures. */
  static Throwable unwrap(Throwable failure) {
    Throwable unwrapped = failure;
    while ((unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException)
        && unwrapped.getCause() != null) {
      unwrapped = unwrapped.getCause();
    }
    return unwrapped;
  }

  /** Returns the message of the root cause, such as "Connection refused", in one line. */
  static String message(@Nullable Throwable failure) {
    if (failure == null) {
      return "no connection";
    }
    Throwable root = unwrap(failure);
    for (int i = 0; i < CAUSES_MAX && root.getCause() != null; i++) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
  }

  /** Returns whether a command was not answered in time. */
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

  /** Returns whether Redis answered with an error, so that a retry is of no use. */
  static boolean rejected(Throwable failure) {
    Throwable unwrapped = unwrap(failure);
    Throwable cause =
        unwrapped instanceof StoreUnavailableException ? unwrapped.getCause() : unwrapped;
    return cause instanceof RedisCommandExecutionException;
  }

  /**
   * Returns whether Redis rejects all writes at present. A script that fails on such an error puts
   * its own message around that of Redis.
   */
  static boolean rejectsWrites(Throwable failure) {
    return rejected(failure) && hasCode(failure, WRITE_REJECTIONS);
  }

  /** Returns whether the key holds another type than ours: another program uses its name. */
  public static boolean wrongType(Throwable failure) {
    return rejected(failure) && hasCode(failure, WRONG_TYPE);
  }

  private static boolean hasCode(Throwable failure, List<String> codes) {
    String message = message(failure);
    return codes.stream().anyMatch(message::contains);
  }

  /** Translates any failure for callers of the store. */
  public static StoreUnavailableException unavailable(Throwable failure) {
    Throwable unwrapped = unwrap(failure);
    return unwrapped instanceof StoreUnavailableException already
        ? already
        : new StoreUnavailableException("Redis did not do it: " + message(unwrapped), unwrapped);
  }

  /** Returns the failure of a call without an answer in time. */
  static StoreUnavailableException timeout() {
    return new StoreUnavailableException(
        "Redis did not do it in time", new java.util.concurrent.TimeoutException("no answer"));
  }

  /** Returns the failure of a call while not connected. */
  static StoreUnavailableException notConnected() {
    return new StoreUnavailableException(
        "Redis cannot be reached", new java.net.ConnectException("no connection"));
  }
}
