package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.redis.client.WriteCheck;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * {@code since.lua}: tells what was committed after a revision.
 *
 * <p>It fails on a node that takes no changes, so that a room is not taken for available there.
 *
 * <p>Keys: room, log, that of {@link WriteCheck}. Arguments: epoch, seq. Answer: 0 alone when that
 * cannot be told; else 1 and what was published by each change, oldest first and without a hole.
 */
final class SinceScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(SinceScript.class, ScriptOutputType.MULTI, "since.lua");

  private SinceScript() {}

  /**
   * Returns the changes, or null when the log does not reach back.
   *
   * @param decoders run what is read from the answer, which may be long
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when what is kept makes no
   *     sense
   */
  static CompletableFuture<@Nullable List<Committed>> run(
      RedisLink link, RoomId id, Revision known, Executor decoders) {
    RoomKeys keys = RoomKeys.of(id);
    return link.runAsync(
            SCRIPT,
            List.of(keys.room(), keys.log(), WriteCheck.key(id.value())),
            known.epoch(),
            known.seq())
        .<@Nullable List<Committed>>thenApplyAsync(answer -> read((List<?>) answer), decoders);
  }

  private static @Nullable List<Committed> read(List<?> answer) {
    if (!answer.getFirst().equals(1L)) {
      return null;
    }
    return answer.subList(1, answer.size()).stream()
        .map(payload -> PublishedMessage.read((byte[]) payload).committed())
        .toList();
  }
}
