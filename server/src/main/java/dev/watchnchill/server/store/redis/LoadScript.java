package dev.watchnchill.server.store.redis;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.server.store.codec.RoomCodec;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code load.lua}: reads a whole room at one moment.
 *
 * <p>Keys: room, chat. Answer: nothing when there is none, else state, members, and each message.
 */
final class LoadScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(LoadScript.class, "load.lua", ScriptOutputType.MULTI);
  private static final int FIRST_MESSAGE = 2;

  private LoadScript() {}

  /**
   * The room, or null.
   *
   * @throws dev.watchnchill.server.store.codec.CorruptRecordException when what is kept makes no
   *     sense
   */
  static @Nullable Room run(RedisLink link, RoomId id) {
    Keys keys = Keys.of(id);
    List<?> answer = (List<?>) link.run(SCRIPT, List.of(keys.room(), keys.chat()));
    if (answer.isEmpty()) {
      return null;
    }
    return RoomCodec.readState(
        (byte[]) answer.get(0),
        RoomCodec.readMembers((byte[]) answer.get(1)),
        new ChatLog(
            answer.subList(FIRST_MESSAGE, answer.size()).stream()
                .map(message -> RoomCodec.readMessage((byte[]) message))
                .toList()));
  }
}
