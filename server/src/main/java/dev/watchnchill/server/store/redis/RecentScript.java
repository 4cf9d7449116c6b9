package dev.watchnchill.server.store.redis;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore.Committed;
import dev.watchnchill.server.store.RoomStore.Revision;
import io.lettuce.core.ScriptOutputType;
import java.util.List;

/**
 * {@code recent.lua}: tells what led to a revision.
 *
 * <p>Keys: log. Arguments: epoch, seq. Answer: what was published by each change, newest first and
 * without a hole.
 */
final class RecentScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(RecentScript.class, "recent.lua", ScriptOutputType.MULTI);

  private RecentScript() {}

  /**
   * The changes, oldest first.
   *
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when what is kept makes no
   *     sense
   */
  static List<Committed> run(RedisLink link, RoomId id, Revision at) {
    List<?> answer = (List<?>) link.run(SCRIPT, List.of(RoomKeys.of(id).log()), at.epoch(), at.seq());
    return answer.reversed().stream()
        .map(payload -> PublishedMessage.read((byte[]) payload).committed())
        .toList();
  }
}
