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
 * Runs {@code recent-changes.lua}: reads the changes that led to a revision.
 *
 * <p>Keys: log. Arguments: epoch, seq. Answer: the published message of each change, newest first
 * and without a gap.
 */
final class RecentChangesScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RecentChangesScript.class, ScriptOutputType.MULTI, "recent-changes.lua");

  private RecentChangesScript() {}

  /**
   * Returns the changes, oldest first.
   *
   * @param decoders runs the decoding of the answer, which may be long
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when a stored change is
   *     corrupt
   */
  static CompletableFuture<List<Committed>> run(
      RedisLink link, RoomId id, Revision at, Executor decoders) {
    return link.runAsync(SCRIPT, List.of(RoomKeys.of(id).log()), at.epoch(), at.seq())
        .thenApplyAsync(answer -> read((List<?>) answer), decoders);
  }

  private static List<Committed> read(List<?> answer) {
    return answer.reversed().stream()
        .map(payload -> PublishedMessage.read((byte[]) payload).decodeChange())
        .toList();
  }
}
