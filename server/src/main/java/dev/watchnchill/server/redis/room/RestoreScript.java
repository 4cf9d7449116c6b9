package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore.Revision;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs {@code restore.lua}: restores a room that Redis has lost, or has an older copy of. During a
 * window of time every instance reports how new its copy is. Then the instance with the newest copy
 * writes it; when another window has passed without that, any instance does.
 *
 * <p>Keys: room, chat, log, lost, channel. Arguments: epoch and seq of the copy, the new epoch, the
 * window in ms, lifetime of the room in ms, the publish command, the message, then the room as
 * {@link CreateScript#addRoom} gives it. Answer: 0 when it was restored, 1 when the caller has to
 * retry, 2 when there is a room that is not older, or the room was closed.
 */
final class RestoreScript {
  /**
   * The window of time in which instances report their copies: longer than the longest delay
   * between two attempts to connect.
   */
  static final long WINDOW_MS = 600;

  static final RedisScript SCRIPT =
      RedisScript.read(
          RestoreScript.class, ScriptOutputType.INTEGER, CreateScript.WRITE_ROOM, "restore.lua");

  private RestoreScript() {}

  /**
   * Restores a room.
   *
   * @param lost the copy
   * @param next the copy under a new epoch
   */
  static CompletableFuture<Restoration> run(
      RedisLink link, Room lost, Room next, String nonce, long lifetimeMs) {
    RoomKeys keys = RoomKeys.of(lost.id());
    var arguments = new ArrayList<Object>();
    arguments.add(lost.epoch());
    arguments.add(lost.seq());
    arguments.add(next.epoch());
    arguments.add(WINDOW_MS);
    arguments.add(lifetimeMs);
    arguments.add(CommitScript.publishCommand(link));
    arguments.add(PublishedMessage.encodeRestored(Revision.of(next), nonce));
    CreateScript.addRoom(next, arguments);
    return link.runAsync(
            SCRIPT,
            List.of(keys.room(), keys.chat(), keys.log(), keys.lost(), keys.channel()),
            arguments.toArray())
        .thenApply(RestoreScript::outcome);
  }

  private static Restoration outcome(Object answer) {
    if (answer.equals(0L)) {
      return Restoration.RESTORED;
    }
    return answer.equals(1L) ? Restoration.RETRY_LATER : Restoration.SUPERSEDED;
  }
}
