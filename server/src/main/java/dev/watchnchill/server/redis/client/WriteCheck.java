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
 * A question to a node of Redis whether it takes changes, answered by a command that would write
 * and finds nothing to write to. A replica, a node that is full, one that cannot save or has too
 * few replicas, and one that knows us as a user without rights refuse it as they refuse a room's
 * change; PING is answered by all of them.
 */
public final class WriteCheck {
  /** More keys than slots, so that every node has one; none of them is a room's. */
  private static final int KEYS_MAX = 100_000;

  private static final XAddArgs NO_NEW_STREAM = XAddArgs.Builder.nomkstream().id("1-1");
  private static final Map<String, byte[]> ENTRY = Map.of("e", new byte[] {'0'});

  private WriteCheck() {}

  /** The key of a stream that never exists, on the same slot as what else has that hash tag. */
  public static String key(String tag) {
    return "log:{" + tag + "}:none";
  }

  /** Asks a Redis that has all keys; fails when it takes no changes. */
  static CompletionStage<?> ask(RedisClusterAsyncCommands<String, byte[]> commands) {
    return commands.xadd(key("0"), NO_NEW_STREAM, ENTRY);
  }

  /** Asks the node of a cluster that has those slots; fails when it takes no changes. */
  static CompletionStage<?> ask(
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

  /** Whether the slot is another node's by now: this one has answered, and may take changes. */
  private static boolean moved(Throwable failure) {
    Throwable plain = RedisFailures.plain(failure);
    String message = plain.getMessage();
    return plain instanceof RedisCommandExecutionException
        && message != null
        && (message.startsWith("MOVED ")
            || message.startsWith("ASK ")
            || message.startsWith("TRYAGAIN "));
  }
}
