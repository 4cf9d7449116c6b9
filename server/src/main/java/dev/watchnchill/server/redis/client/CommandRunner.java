package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands and scripts on a connection, each with a timeout. Every failure becomes a {@link
 * dev.watchnchill.server.store.StoreUnavailableException}.
 */
final class CommandRunner {
  private static final long RETRY_DELAY_MS = 50;

  private final RedisConnection connection;
  private final LettuceClientFactory clientFactory;
  private final ConnectionExecutor executor;
  private final long timeoutMs;

  CommandRunner(
      RedisConnection connection,
      LettuceClientFactory clientFactory,
      ConnectionExecutor executor,
      long timeoutMs) {
    this.connection = connection;
    this.clientFactory = clientFactory;
    this.executor = executor;
    this.timeoutMs = timeoutMs;
  }

  /** Runs one command. */
  <T extends @Nullable Object> CompletableFuture<T> call(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    RedisClusterAsyncCommands<String, byte[]> commands = connection.commands();
    if (commands == null) {
      return CompletableFuture.failedFuture(RedisFailures.notConnected());
    }
    return withTimeout(command.apply(commands));
  }

  /** Runs a script by its digest, or by its source when Redis does not have it yet. */
  CompletableFuture<Object> run(RedisScript script, List<String> keys, Object... arguments) {
    return withTimeout(dispatch(script, names(keys), values(arguments)));
  }

  /**
   * Runs an idempotent script, and retries it after a lost connection until Redis answers or the
   * timeout of one command has passed.
   */
  CompletableFuture<Object> runRetrying(
      RedisScript script, List<String> keys, Object... arguments) {
    if (connection.commands() == null) {
      return CompletableFuture.failedFuture(RedisFailures.notConnected());
    }
    String[] names = names(keys);
    byte[][] values = values(arguments);
    var result = new CompletableFuture<Object>();
    CompletableFuture<Object> answer = withTimeout(result);
    attempt(() -> dispatch(script, names, values), result, answer);
    return answer;
  }

  private static String[] names(List<String> keys) {
    return keys.toArray(String[]::new);
  }

  private static byte[][] values(Object... arguments) {
    byte[][] values = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      values[i] =
          arguments[i] instanceof byte[] raw ? raw : RedisLink.bytes(arguments[i].toString());
    }
    return values;
  }

  private CompletionStage<Object> dispatch(RedisScript script, String[] names, byte[][] values) {
    RedisClusterAsyncCommands<String, byte[]> commands = connection.commands();
    if (commands == null) {
      return CompletableFuture.failedFuture(RedisFailures.notConnected());
    }
    return commands
        .<Object>evalsha(script.digest(), script.output(), names, values)
        .exceptionallyCompose(failure ->
            RedisFailures.unwrap(failure) instanceof RedisNoScriptException
                ? commands.eval(script.source(), script.output(), names, values)
                : CompletableFuture.failedStage(failure));
  }

  private <T extends @Nullable Object> CompletableFuture<T> withTimeout(CompletionStage<T> stage) {
    var answer = new CompletableFuture<T>();
    // A command that a cluster redirects waits for several answers, each within its own timeout.
    Runnable cancelTimeout =
        clientFactory.schedule(
            timeoutMs + timeoutMs / 4, () -> answer.completeExceptionally(RedisFailures.timeout()));
    stage.whenComplete((value, failure) -> {
      cancelTimeout.run();
      if (failure == null) {
        answer.complete(value);
      } else {
        if (RedisFailures.rejectsWrites(failure)) {
          connection.checkSoon();
        }
        answer.completeExceptionally(RedisFailures.unavailable(failure));
      }
    });
    return answer;
  }

  /** Retries until there is a result, or the caller has got another answer. */
  private void attempt(
      Supplier<CompletionStage<Object>> attempt,
      CompletableFuture<Object> result,
      CompletableFuture<Object> answer) {
    attempt
        .get()
        .whenComplete((value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else if (RedisFailures.rejected(failure)) {
            result.completeExceptionally(failure);
          } else if (!answer.isDone()) {
            executor.schedule(RETRY_DELAY_MS, () -> attempt(attempt, result, answer));
          }
        });
  }
}
