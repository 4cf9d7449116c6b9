package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.store.TextDelta;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code commit.lua}: replaces a room that is still at the expected revision, appends the
 * change to its log, and publishes it; or does nothing.
 *
 * <p>Keys: room, chat, log, lost, channel, texts. Arguments: epoch, seq before, seq after, nonce;
 * lifetime of the room in ms, length of the log, lifetime of the log in ms, the period of the
 * commit; the publish command, the message, 1 when the room is closed; state; the number of removed
 * fields and their names; the number of other fields that changed, each one's name and value; the
 * number of upserted members, each one's id and JSON; the number of removed texts and their tracks,
 * the number of new texts, each one's track and content; the number of chat messages to keep, or -1
 * when the chat is unchanged; the number of changed messages, each one's place among those from the
 * end (-1 for the last) and the message; then each new message. Answer: 1 when committed, now or by
 * an earlier attempt with the same nonce; 0 when the room is at another revision; -1 while a newer
 * copy of the room is being searched for.
 */
final class CommitScript {
  /** The approximate number of changes that can be replayed. */
  private static final int LOG_SIZE = 128;

  /** The time that changes can be replayed after the last one. */
  static final long LOG_LIFETIME_MS = 600_000;

  static final RedisScript SCRIPT =
      RedisScript.read(CommitScript.class, ScriptOutputType.INTEGER, "commit.lua");

  /** The longest time in which the keys of a room get no new time to live, ms. */
  private static final long PERIOD_MS_MAX = 60_000;

  /** Periods in the life of a room, at least. */
  private static final long PERIODS_MIN = 100;

  private CommitScript() {}

  /**
   * Returns the length of the periods in which the keys of a room get a new time to live, ms: often
   * enough that a room outlives its last write by little more than its lifetime, and seldom enough
   * that most commits need not.
   */
  private static long periodMs(long lifetimeMs) {
    return Math.clamp(lifetimeMs / PERIODS_MIN, 1, PERIOD_MS_MAX);
  }

  /** Returns the answer of the script, which is retried after a lost connection. */
  static CompletableFuture<Long> run(
      RedisLink link, Room before, Room next, RoomDelta delta, String nonce, long lifetimeMs) {
    RoomKeys keys = RoomKeys.of(before.id());
    var arguments = new ArrayList<Object>();
    arguments.add(before.epoch());
    arguments.add(before.seq());
    arguments.add(next.seq());
    arguments.add(nonce);
    long periodMs = periodMs(lifetimeMs);
    arguments.add(lifetimeMs + periodMs);
    arguments.add(LOG_SIZE);
    arguments.add(LOG_LIFETIME_MS + periodMs);
    arguments.add(next.lastWriteMs() / periodMs);
    arguments.add(publishCommand(link));
    arguments.add(PublishedMessage.encodeChange(before, next, delta, nonce));
    arguments.add(next.closed() ? 1 : 0);
    arguments.add(delta.state());
    delta.fields().addRemoved(arguments);
    delta.fields().addPut(arguments);
    MemberHashCodec.add(delta.upserted(), arguments);
    addTexts(delta.texts(), arguments);
    addChat(delta.chat(), arguments);
    return link.runRetrying(
            SCRIPT,
            List.of(
                keys.room(), keys.chat(), keys.log(), keys.lost(), keys.channel(), keys.texts()),
            arguments.toArray())
        .thenApply(Long.class::cast);
  }

  private static void addChat(RoomDelta.@Nullable EncodedChat chat, List<Object> arguments) {
    if (chat == null) {
      arguments.add(-1);
      arguments.add(0);
      return;
    }
    arguments.add(chat.keep());
    arguments.add(chat.changed().size());
    chat.changed()
        .forEach((place, message) -> {
          arguments.add(place - chat.keep()); // from the end, as Redis counts
          arguments.add(message);
        });
    arguments.addAll(chat.added());
  }

  private static void addTexts(TextDelta texts, List<Object> arguments) {
    arguments.add(texts.removed().size());
    arguments.addAll(texts.removed());
    arguments.add(texts.put().size());
    texts
        .put()
        .forEach((track, content) -> {
          arguments.add(track);
          arguments.add(content);
        });
  }

  /** Returns the command that publishes. */
  static String publishCommand(RedisLink link) {
    return link.sharded() ? "SPUBLISH" : "PUBLISH";
  }
}
