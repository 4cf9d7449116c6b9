package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.store.codec.RoomCodec;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code load.lua}: reads a whole room atomically.
 *
 * <p>Keys: room, chat. Answer: an empty list when there is no room, else state, the members in any
 * order, the messages, oldest first, and the name and value of each other field.
 */
final class LoadScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(LoadScript.class, ScriptOutputType.MULTI, "load.lua");

  private LoadScript() {}

  /**
   * Returns the room, or null.
   *
   * @param decoders runs the decoding of the answer, which may be long
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when the stored room is
   *     corrupt
   */
  static CompletableFuture<@Nullable Room> run(RedisLink link, RoomId id, Executor decoders) {
    RoomKeys keys = RoomKeys.of(id);
    return link.runAsync(SCRIPT, List.of(keys.room(), keys.chat()))
        .<@Nullable Room>thenApplyAsync(answer -> read((List<?>) answer), decoders);
  }

  private static @Nullable Room read(List<?> answer) {
    if (answer.isEmpty()) {
      return null;
    }
    Room room =
        RoomCodec.readState(
            (byte[]) answer.get(0),
            MemberHashCodec.read((List<?>) answer.get(1)),
            ChatLog.of(
                ((List<?>) answer.get(2))
                    .stream().map(message -> RoomCodec.readMessage((byte[]) message)).toList()));
    return RoomFields.read((List<?>) answer.get(3), room);
  }
}
