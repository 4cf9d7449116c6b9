package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntPredicate;

/**
 * Checks whether a node accepts writes, with a write command that has nothing to write to. A
 * replica, a node with full memory, one that cannot save or has too few replicas, and one where our
 * user has no rights all reject it, as they reject a room's change. All of them answer PING.
 */
public final class WriteCheck {
  /** More keys than slots, so that every node has one; no room uses them. */
  private static final int KEYS_MAX = 100_000;

  private static final XAddArgs NO_NEW_STREAM = XAddArgs.Builder.nomkstream().id("1-1");
  private static final Map<String, byte[]> ENTRY = Map.of("e", new byte[] {'0'});

  private WriteCheck() {}

  /** Returns the key of a stream that never exists, in the slot of a hash tag. */
  public static String key(String tag) {
    return "log:{" + tag + "}:none";
  }

  /** Checks a Redis that serves all keys; fails when it rejects writes. */
  static CompletionStage<?> check(RedisClusterAsyncCommands<String, byte[]> commands) {
    return commands.xadd(key("0"), NO_NEW_STREAM, ENTRY);
  }

  /** Checks a node of a cluster by a key in its slots; fails when it rejects writes. */
  static CompletionStage<?> check(
      RedisClusterAsyncCommands<String, byte[]> node, IntPredicate hasSlot) {
    for (int i = 0; i < KEYS_MAX; i++) {
      String key = key(Integer.toString(i));
      if (hasSlot.test(SlotHash.getSlot(key))) {
        return node.xadd(key, NO_NEW_STREAM, ENTRY)
            .exceptionallyCompose(failure ->
                moved(failure)
                    ? CompletableFuture.completedFuture("")
                    : CompletableFuture.failedFuture(failure));
      }
    }
    return CompletableFuture.completedFuture("");
  }

  /**
   * Returns whether the slot has moved to another node: this one answered, and may accept writes.
   */
  private static boolean moved(Throwable failure) {
    Throwable unwrapped = RedisFailures.unwrap(failure);
    String message = unwrapped.getMessage();
    return unwrapped instanceof RedisCommandExecutionException
        && message != null
        && (message.startsWith("MOVED ")
            || message.startsWith("ASK ")
            || message.startsWith("TRYAGAIN "));
  }
}
