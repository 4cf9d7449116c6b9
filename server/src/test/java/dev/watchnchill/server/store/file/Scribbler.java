package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.store.BlockingStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;

/**
 * A process of its own that writes to a few rooms without end, and says what was acknowledged: the
 * id of the room and its seq, a line each. It is there to be killed.
 */
public final class Scribbler {
  static final int ROOMS = 4;
  static final long LIFE_MS = 86_400_000;
  private static final RoomRules RULES = new RoomRules(Limits.DEFAULT);
  private static final UserId HOST = new UserId(new UUID(1, 1));

  private Scribbler() {}

  static RoomId id(int index) {
    return new RoomId("ROOM%02d".formatted(index));
  }

  static Room room(RoomId id, long nowMs) {
    var host = new DisplayName("Ann");
    return RULES.create(id, 7, host, HOST, SecretHash.of("secret"), null, nowMs);
  }

  /** The room after its host has said at which seq that was. */
  static Decision next(Room room, long nowMs) {
    long seq = room.seq() + 1;
    var say = new RoomCommand.SendMessage(HOST, new UUID(2, seq), "number " + seq);
    return RULES.decide(room, say, nowMs);
  }

  /** With the directory. */
  public static void main(String[] args) throws InterruptedException {
    var store =
        new BlockingStore(
            FileRoomStore.open(
                Path.of(args[0]), System::currentTimeMillis, LIFE_MS, 10_000, false));
    PrintStream out = System.out;
    var threads = new Thread[ROOMS];
    for (int i = 0; i < ROOMS; i++) {
      RoomId id = id(i);
      threads[i] = Thread.startVirtualThread(() -> scribble(store, id, out));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private static void scribble(BlockingStore store, RoomId id, PrintStream out) {
    if (store.create(room(id, System.currentTimeMillis()))) {
      out.println(id + " 1");
    }
    Room room = Objects.requireNonNull(store.load(id));
    while (true) {
      Decision decision = next(room, System.currentTimeMillis());
      if (!store.commit(room, decision.next(), decision.events())) {
        throw new IllegalStateException("nobody else writes here");
      }
      room = decision.next();
      out.println(id + " " + room.seq());
    }
  }
}
