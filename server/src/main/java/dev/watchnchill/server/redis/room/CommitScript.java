package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code commit.lua}: replaces a room that still stands at a revision, notes the change in its log,
 * and publishes it; or does nothing.
 *
 * <p>Keys: room, chat, log, lost, channel. Arguments: epoch, seq before, seq after, nonce; life of
 * the room in ms, entries of the log, life of the log in ms; the command that publishes, what it
 * publishes, 1 when this is the end of the room; state; how many people left, and who; how many are
 * new or others now, and of each who and what; how many messages stay or -1 when the chat is
 * unchanged, then each new message. Answer: 1 when it is done, now or by an earlier try with the
 * same nonce; 0 when the room stands elsewhere; -1 when it is being looked for a newer copy of the
 * room.
 */
final class CommitScript {
  /** How many changes can be told again, about. */
  private static final int LOG_SIZE = 128;

  /** How long they can be told after the last one. */
  static final long LOG_LIFE_MS = 600_000;

  static final RedisScript SCRIPT =
      RedisScript.read(CommitScript.class, ScriptOutputType.INTEGER, "commit.lua");

  private CommitScript() {}

  /** Its answer. */
  static CompletableFuture<Long> run(
      RedisLink link, Room before, Room next, RoomDelta change, String nonce, long lifeMs) {
    RoomKeys keys = RoomKeys.of(before.id());
    var arguments = new ArrayList<Object>();
    arguments.add(before.epoch());
    arguments.add(before.seq());
    arguments.add(next.seq());
    arguments.add(nonce);
    arguments.add(lifeMs);
    arguments.add(LOG_SIZE);
    arguments.add(LOG_LIFE_MS);
    arguments.add(publisher(link));
    arguments.add(PublishedMessage.change(before, next, change, nonce));
    arguments.add(next.closed() ? 1 : 0);
    arguments.add(change.state());
    arguments.add(change.left().size());
    arguments.addAll(change.left());
    MemberHashCodec.add(change.put(), arguments);
    arguments.add(change.chatKeep());
    arguments.addAll(change.messages());
    return link.runAsync(
            SCRIPT,
            List.of(keys.room(), keys.chat(), keys.log(), keys.lost(), keys.channel()),
            arguments.toArray())
        .thenApply(Long.class::cast);
  }

  /** The command that publishes. */
  static String publisher(RedisLink link) {
    return link.sharded() ? "SPUBLISH" : "PUBLISH";
  }
}
