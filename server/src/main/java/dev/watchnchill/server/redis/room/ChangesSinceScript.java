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
 * Runs {@code changes-since.lua}: reads the changes that were committed after a revision.
 *
 * <p>The script fails on a node that rejects writes, so that a room on such a node does not count
 * as available.
 *
 * <p>Keys: room, log, the key of {@link WriteCheck}. Arguments: epoch, seq. Answer: 0 alone when
 * the log does not reach back; else 1 and the published message of each change, oldest first and
 * without a gap.
 */
final class ChangesSinceScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(ChangesSinceScript.class, ScriptOutputType.MULTI, "changes-since.lua");

  private ChangesSinceScript() {}

  /**
   * Returns the changes, or null when the log does not reach back.
   *
   * @param decoders runs the decoding of the answer, which may be long
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when a stored change is
   *     corrupt
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
        .map(payload -> PublishedMessage.read((byte[]) payload).decodeChange())
        .toList();
  }
}
