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
 * {@code restore.lua}: puts back a room that Redis has lost, or has an older copy of. For a window
 * of time every server says how new its copy is; then the one with the newest writes it, and when
 * another window has passed without that, anybody does.
 *
 * <p>Keys: room, chat, log, lost, channel. Arguments: epoch and seq of the copy, the epoch of the
 * new life, the window in ms, life of the room in ms, the command that publishes and what it
 * publishes, state, how many people and of each who and what, then each message. Answer: 0 when it
 * was put back, 1 when it is to be asked again, 2 when there is a room that is not older, or the
 * room was closed.
 */
final class RestoreScript {
  /**
   * How long servers have to say how new their copies are: longer than the longest pause between
   * two attempts to connect.
   */
  static final long WINDOW_MS = 600;

  static final RedisScript SCRIPT =
      RedisScript.read(
          RestoreScript.class, ScriptOutputType.INTEGER, CreateScript.WRITE_ROOM, "restore.lua");

  private RestoreScript() {}

  /**
   * Puts that room back.
   *
   * @param lost the copy
   * @param next the same under a new epoch
   */
  static CompletableFuture<Restoration> run(
      RedisLink link, Room lost, Room next, String nonce, long lifeMs) {
    RoomKeys keys = RoomKeys.of(lost.id());
    var arguments = new ArrayList<Object>();
    arguments.add(lost.epoch());
    arguments.add(lost.seq());
    arguments.add(next.epoch());
    arguments.add(WINDOW_MS);
    arguments.add(lifeMs);
    arguments.add(CommitScript.publisher(link));
    arguments.add(PublishedMessage.restored(Revision.of(next), nonce));
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
    return answer.equals(1L) ? Restoration.WAIT : Restoration.OTHER;
  }
}
