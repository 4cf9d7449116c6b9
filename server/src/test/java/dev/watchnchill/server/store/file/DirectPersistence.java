package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.memory.RoomPersistence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores rooms in a file on the calling thread, for tests that need no other thread. */
final class DirectPersistence implements RoomPersistence {
  private final RoomRecords records = new RoomRecords();
  private final RoomFile file;

  DirectPersistence(RoomFile file) {
    this.file = file;
  }

  private void write(Map<RecordKey, byte @Nullable []> changes) {
    try {
      file.write(changes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void create(Room room) {
    records.create(room, this::write);
  }

  @Override
  public void update(Room before, Room next, TextDelta texts) {
    records.update(before, next, texts, this::write);
  }

  @Override
  public void remove(Room last) {
    records.remove(last, this::write);
  }

  @Override
  public void forget(Room last) {
    remove(last);
  }
}
