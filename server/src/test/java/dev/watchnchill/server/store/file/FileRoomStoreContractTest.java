package dev.watchnchill.server.store.file;

import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStreamContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

final class FileRoomStoreContractTest extends RoomStreamContract {
  private final AtomicLong nowMs = new AtomicLong(START_MS);

  @TempDir private Path dir;

  @Override
  protected RoomStore open() {
    return FileRoomStore.open(dir, nowMs::get, LIFE_MS, 10_000, false);
  }

  @Override
  protected void advance(long ms) {
    nowMs.addAndGet(ms);
  }

  @Override
  protected long nowMs() {
    return nowMs.get();
  }
}
