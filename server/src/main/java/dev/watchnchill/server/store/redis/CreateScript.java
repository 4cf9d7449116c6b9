package dev.watchnchill.server.store.redis;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.store.codec.RoomCodec;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * {@code create.lua}: keeps a new room unless its id is taken, and forgets what was known of an
 * earlier life.
 *
 * <p>Keys: room, chat, log, lost. Arguments: epoch, seq, state, life in ms, how many people and of
 * each who and what, then each message. Answer: 1 when it was kept, 0 when the id is taken.
 */
final class CreateScript {
  private static final RedisScript SCRIPT =
      RedisScript.read(CreateScript.class, "create.lua", ScriptOutputType.INTEGER);

  private CreateScript() {}

  /** Whether the room was kept. */
  static CompletableFuture<Boolean> run(RedisLink link, Room room, long lifeMs) {
    RoomKeys keys = RoomKeys.of(room.id());
    var arguments = new ArrayList<Object>();
    arguments.add(room.epoch());
    arguments.add(room.seq());
    arguments.add(RoomCodec.state(room));
    arguments.add(lifeMs);
    MemberHashCodec.add(room.members(), arguments);
    room.chat().messages().forEach(message -> arguments.add(RoomCodec.message(message)));
    return link.runAsync(
            SCRIPT, List.of(keys.room(), keys.chat(), keys.log(), keys.lost()), arguments.toArray())
        .thenApply(answer -> answer.equals(1L));
  }
}
