package dev.watchnchill.server.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Helper methods for {@link CompletableFuture}. */
public final class Futures {
  private static final CompletableFuture<@Nullable Void> DONE =
      CompletableFuture.completedFuture(null);

  private Futures() {}

  /** Returns a future that has completed without a value; shared, so callers must not change it. */
  public static CompletableFuture<@Nullable Void> done() {
    return DONE;
  }

  /** Returns a completed future with a value, which may be null. */
  public static <T extends @Nullable Object> CompletableFuture<T> of(T value) {
    return CompletableFuture.completedFuture(value);
  }

  /** Returns the future that a call returns; when the call throws, a future with that failure. */
  public static <T extends @Nullable Object> CompletableFuture<T> call(
      Supplier<CompletableFuture<T>> call) {
    try {
      return call.get();
    } catch (RuntimeException | Error e) { // an Error must not stop a room for good
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns the value that a call returns, or a future that has failed with what it throws. */
  public static <T extends @Nullable Object> CompletableFuture<T> get(Supplier<T> call) {
    return call(() -> of(call.get()));
  }

  /**
   * Returns the future of a function of a value: called at once when the value is there, so that
   * the common case costs no further stage.
   */
  public static <T extends @Nullable Object, R extends @Nullable Object>
      CompletableFuture<R> compose(
          CompletableFuture<T> future, Function<T, CompletableFuture<R>> next) {
    return future.state() == CompletableFuture.State.SUCCESS
        ? call(() -> next.apply(future.resultNow()))
        : future.thenCompose(next);
  }

  /**
   * Runs work when a future has completed, however it did: at once when it has. Returns a future
   * that completes after the work.
   */
  public static CompletableFuture<?> whenEnded(CompletableFuture<?> future, Runnable work) {
    if (future.isDone()) {
      work.run();
      return done();
    }
    return future.handle((_, _) -> {
      work.run();
      return true;
    });
  }

  /** Returns what made a future fail, without the wrapping of dependent stages. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
