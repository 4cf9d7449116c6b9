package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.RoomScripts;
import dev.watchnchill.server.store.memory.MemoryRooms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A seeded sequence of commits to several rooms, which are created, change, and are closed. */
final class CommitSequence {
  private static final int COMMANDS = 60;

  private final MemoryRooms memory;
  private final Random random;
  private final List<Deque<Room>> ahead = new ArrayList<>();
  private final Map<RoomId, Map<Long, Room>> history = new HashMap<>();
  private long nextScript;

  /**
   * @param atOnce number of rooms that are there at the same time
   * @param memory takes the commits
   */
  CommitSequence(long seed, int atOnce, MemoryRooms memory) {
    this.memory = memory;
    this.random = new Random(seed);
    this.nextScript = seed * 1_000;
    for (int i = 0; i < atOnce; i++) {
      ahead.add(new ArrayDeque<>());
    }
  }

  /** Commits the next change of one of the rooms. */
  void commit() {
    Deque<Room> script = ahead.get(random.nextInt(ahead.size()));
    if (script.isEmpty()) {
      fill(script);
    }
    Room next = script.remove();
    Map<Long, Room> earlier = history.computeIfAbsent(next.id(), _ -> new HashMap<>());
    Room before = memory.load(next.id());
    assertThat(before == null ? memory.create(next) : memory.commit(before, next, List.of()))
        .isTrue();
    earlier.put(next.seq(), next);
  }

  private void fill(Deque<Room> script) {
    RoomScripts.play(
        nextScript++,
        COMMANDS,
        (_, decision) -> {
          Room next = decision.next();
          if (script.isEmpty() || script.getLast().seq() != next.seq()) {
            script.add(next);
          }
        });
    Room last = script.getLast();
    if (!last.closed()) {
      script.add(last.changed(last.lastWriteMs()).asClosed());
    }
  }

  /** Returns the rooms that are there, by id. */
  Map<RoomId, Room> rooms() {
    var rooms = new HashMap<RoomId, Room>();
    memory.each((room, _) -> rooms.put(room.id(), room));
    return rooms;
  }

  /** Returns a room as it was at an earlier commit. */
  Room at(RoomId id, long seq) {
    return Objects.requireNonNull(Objects.requireNonNull(history.get(id)).get(seq));
  }
}
