package dev.watchnchill.server.redis.limit;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.EntryLimit;
import dev.watchnchill.server.limit.MemoryEntryLimit;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Counts the entries and misses of an address on all instances together (rules RL8, RL9). When
 * Redis does not answer in time, the instance counts alone.
 *
 * <p>An entry is one run of {@code count-entry.lua}. Keys: <code>entries:{address}</code> and
 * <code>misses:{address}</code>. Arguments: the length of the window of entries in ms, and the
 * maximum of misses, or -1 when they do not matter. Answer: the number of entries in this window,
 * or -1 when there were too many misses. A miss is one run of {@code count-request.lua}.
 */
public final class SharedEntryLimit implements EntryLimit {
  private static final RedisScript ENTRY =
      RedisScript.read(SharedEntryLimit.class, ScriptOutputType.INTEGER, "count-entry.lua");
  private static final RedisScript COUNT =
      RedisScript.read(SharedEntryLimit.class, ScriptOutputType.INTEGER, "count-request.lua");

  private final RedisLink redis;
  private final Rates rates;
  private final long timeoutMs;
  private final MemoryEntryLimit localLimit;

  /**
   * @param timeoutMs how long a client may wait for Redis
   * @param localLimit counts while Redis does not answer
   */
  public SharedEntryLimit(
      RedisLink redis, Rates rates, long timeoutMs, MemoryEntryLimit localLimit) {
    this.redis = redis;
    this.rates = rates;
    this.timeoutMs = timeoutMs;
    this.localLimit = localLimit;
  }

  private static String key(String kind, ClientKey client) {
    return kind + ":{" + client.text() + "}"; // one slot of a cluster for both
  }

  @Override
  public CompletionStage<Verdict> enter(ClientKey client, boolean namesRoom) {
    return redis
        .runAsync(
            ENTRY,
            List.of(key("entries", client), key("misses", client)),
            rates.entriesWindowMs(),
            namesRoom ? rates.missesMax() : -1)
        .thenApply(this::verdict)
        .orTimeout(timeoutMs, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> localLimit.count(client, namesRoom));
  }

  private Verdict verdict(@Nullable Object answer) {
    if (answer instanceof Long used) {
      if (used < 0) {
        return Verdict.TOO_MANY_MISSES;
      }
      return used <= rates.entriesMax() ? Verdict.ALLOWED : Verdict.TOO_MANY;
    }
    throw new IllegalStateException("Redis does not say how many entries there were: " + answer);
  }

  @Override
  public CompletionStage<Verdict> missed(ClientKey client) {
    localLimit.countMiss(client); // so that an outage of Redis gives no new budget here
    return redis
        .runAsync(COUNT, List.of(key("misses", client)), rates.missesWindowMs())
        .thenApply(_ -> Verdict.ALLOWED)
        .orTimeout(timeoutMs, TimeUnit.MILLISECONDS)
        .exceptionally(_ -> Verdict.ALLOWED);
  }
}
