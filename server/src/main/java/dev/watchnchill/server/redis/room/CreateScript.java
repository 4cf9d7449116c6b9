package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.store.codec.RoomCodec;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs {@code create.lua}: writes a new room unless its id is taken, and removes what is left of an
 * earlier room of that id.
 *
 * <p>Keys: room, chat, log, lost, texts. Arguments: epoch, seq, lifetime in ms, then the room as
 * {@link #addRoom} gives it. Answer: 1 when it was written, 0 when the id is taken.
 */
final class CreateScript {
  /** The file that a script that writes a whole room needs before its own source. */
  static final String WRITE_ROOM = "write-room.lua";

  static final RedisScript SCRIPT =
      RedisScript.read(CreateScript.class, ScriptOutputType.INTEGER, WRITE_ROOM, "create.lua");

  private CreateScript() {}

  /** Returns whether the room was written. */
  static CompletableFuture<Boolean> run(RedisLink link, Room room, long lifetimeMs) {
    RoomKeys keys = RoomKeys.of(room.id());
    var arguments = new ArrayList<Object>();
    arguments.add(room.epoch());
    arguments.add(room.seq());
    arguments.add(lifetimeMs);
    addRoom(room, arguments);
    return link.runAsync(
            SCRIPT,
            List.of(keys.room(), keys.chat(), keys.log(), keys.lost(), keys.texts()),
            arguments.toArray())
        .thenApply(answer -> answer.equals(1L));
  }

  /**
   * Adds a whole room: state, the number of other fields, each one's name and value, the number of
   * members, each one's id and JSON, each message.
   */
  static void addRoom(Room room, List<Object> arguments) {
    arguments.add(RoomCodec.state(room));
    RoomFields.of(room).addPut(arguments);
    MemberHashCodec.add(room.members(), arguments);
    room.chat().messages().forEach(message -> arguments.add(RoomCodec.message(message)));
  }
}
