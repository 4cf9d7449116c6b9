package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * {@code recent.lua}: tells what led to a revision.
 *
 * <p>Keys: log. Arguments: epoch, seq. Answer: what was published by each change, newest first and
 * without a hole.
 */
final class RecentScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RecentScript.class, ScriptOutputType.MULTI, "recent.lua");

  private RecentScript() {}

  /**
   * Returns the changes, oldest first.
   *
   * @param decoders run what is read from the answer, which may be long
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when what is kept makes no
   *     sense
   */
  static CompletableFuture<List<Committed>> run(
      RedisLink link, RoomId id, Revision at, Executor decoders) {
    return link.runAsync(SCRIPT, List.of(RoomKeys.of(id).log()), at.epoch(), at.seq())
        .thenApplyAsync(answer -> read((List<?>) answer), decoders);
  }

  private static List<Committed> read(List<?> answer) {
    return answer.reversed().stream()
        .map(payload -> PublishedMessage.read((byte[]) payload).committed())
        .toList();
  }
}
