package dev.watchnchill.server.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStreamContract;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class MemoryRoomStoreTest extends RoomStreamContract {
  private final AtomicLong nowMs = new AtomicLong(START_MS);

  @Override
  protected RoomStore open() {
    return new MemoryRoomStore(nowMs::get, LIFE_MS);
  }

  @Override
  protected void advance(long ms) {
    nowMs.addAndGet(ms);
  }

  @Override
  protected long nowMs() {
    return nowMs.get();
  }

  @Test
  void memory_answers_at_once() {
    try (RoomStore store = open()) {
      assertThat(store.load(new RoomId("ROOM01"))).isDone();
      assertThat(store.active()).isDone();
    }
  }
}
