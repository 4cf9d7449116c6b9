package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.BlockingStore;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what the next process finds, and what it reports when it finds nothing. */
final class FileRoomStoreTest {
  private static final long LIFE_MS = 1_000_000;
  private final AtomicLong nowMs = new AtomicLong(RoomScripts.START_MS);

  @TempDir private Path dir;

  private record Listener(List<String> heard) implements RoomStore.Subscriber {
    @Override
    public void published(RoomStore.Published published) {
      heard.add("published");
    }

    @Override
    public void outageBegan() {
      heard.add("away");
    }

    @Override
    public void outageEnded() {
      heard.add("back");
    }
  }

  private Opened open() {
    return new Opened(FileRoomStore.open(dir, nowMs::get, LIFE_MS, 10_000, false));
  }

  /** An open store, whose answers are waited for. */
  private static final class Opened extends BlockingStore {
    private final FileRoomStore store;

    Opened(FileRoomStore store) {
      super(store);
      this.store = store;
    }

    long lastSeenMs() {
      return store.lastSeenMs();
    }
  }

  private static Room say(BlockingStore store, Room room, long nowMs) {
    Decision said = Scribbler.next(room, nowMs);
    assertThat(store.commit(room, said.next(), said.events())).isTrue();
    return said.next();
  }

  private void createAndClose(RoomId id) {
    try (Opened store = open()) {
      assertThat(store.create(Scribbler.room(id, nowMs.get()))).isTrue();
    }
  }

  @Test
  void AT1_every_room_is_found_again_as_it_was() {
    Map<RoomId, Room> rooms = new HashMap<>();
    for (int seed = 0; seed < 30; seed++) {
      RoomScripts.play(seed, 60, (_, decision) -> rooms.put(decision.next().id(), decision.next()));
    }
    rooms.values().removeIf(Room::closed);
    assertThat(rooms).hasSizeGreaterThan(5);
    try (Opened store = open()) {
      rooms.values().forEach(room -> assertThat(store.create(room)).isTrue());
    }
    try (Opened store = open()) {
      assertThat(store.active()).isEqualTo(rooms.keySet());
      rooms.values().forEach(room -> assertThat(store.load(room.id())).isEqualTo(room));
    }
  }

  @Test
  void closed_room_is_not_found_again() {
    Room room = Scribbler.room(Scribbler.id(1), nowMs.get());
    try (Opened store = open()) {
      store.create(room);
      assertThat(store.commit(room, room.changed(nowMs.get()).asClosed(), List.of())).isTrue();
    }
    try (Opened store = open()) {
      assertThat(store.active()).isEmpty();
    }
  }

  @Test
  void LF1_room_that_expired_while_no_instance_ran_is_removed_and_its_space_is_free()
      throws IOException {
    createAndClose(Scribbler.id(1));
    nowMs.addAndGet(LIFE_MS - 1);
    try (Opened store = open()) {
      assertThat(store.active()).containsExactly(Scribbler.id(1));
    }
    nowMs.addAndGet(1);
    open().close();
    assertThat(RoomFile.read(dir.resolve("rooms.mv"), false).records()).isEmpty();
  }

  @Test
  void LF1_room_that_expires_unread_is_removed_from_the_file() throws IOException {
    try (Opened store = open()) {
      store.create(Scribbler.room(Scribbler.id(1), nowMs.get()));
      nowMs.addAndGet(LIFE_MS);
      store.active(); // as the beat does each second
    }
    assertThat(RoomFile.read(dir.resolve("rooms.mv"), false).records()).isEmpty();
  }

  @Test
  void RS2_next_server_knows_when_the_last_one_was_alive() {
    try (Opened store = open()) {
      assertThat(store.lastSeenMs()).isZero();
      store.create(Scribbler.room(Scribbler.id(1), nowMs.get()));
      nowMs.addAndGet(7_000);
      await().until(() -> Files.readString(dir.resolve("alive")).contains("" + nowMs.get()));
    }
    nowMs.addAndGet(60_000);
    try (Opened store = open()) {
      assertThat(store.lastSeenMs()).isEqualTo(RoomScripts.START_MS + 7_000);
    }
  }

  @Test
  void second_instance_on_a_directory_is_rejected_in_one_line() {
    try (Opened store = open()) {
      assertThat(store.available()).isTrue();
      assertThatThrownBy(this::open)
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("The data directory " + dir + " is in use by another server")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageNotContaining("\n");
    }
    open().close();
  }

  @Test
  void damaged_or_missing_file_is_reported_and_never_an_empty_start() throws IOException {
    createAndClose(Scribbler.id(1));
    Path file = dir.resolve("rooms.mv");
    byte[] whole = Files.readAllBytes(file);
    for (byte[] content : List.of(new byte[0], new byte[whole.length])) {
      Files.write(file, content);
      assertThatThrownBy(this::open)
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("The file " + file + " is damaged")
          .hasMessageNotContaining("\n");
      assertThat(file).hasBinaryContent(content);
    }
    Files.delete(file);
    assertThatThrownBy(this::open)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("The file " + file + " is missing");
    Files.write(file, whole); // the backup
    try (Opened store = open()) {
      assertThat(store.active()).containsExactly(Scribbler.id(1));
    }
  }

  @Test
  void full_disk_rejects_changes_and_nothing_is_lost_when_there_is_space_again() {
    RoomId id = Scribbler.id(1);
    try (FaultyDisk disk = FaultyDisk.plugIn();
        var store =
            new BlockingStore(
                FileRoomStore.open(FaultyDisk.SCHEME, dir, nowMs::get, LIFE_MS, 10_000, false))) {
      Room room = Scribbler.room(id, nowMs.get());
      store.create(room);
      List<String> heard = new CopyOnWriteArrayList<>();
      store.subscribe(id, new Listener(heard));
      disk.fills();
      Decision refused = Scribbler.next(room, nowMs.get());
      assertThatThrownBy(() -> store.commit(room, refused.next(), refused.events()))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> store.create(Scribbler.room(Scribbler.id(2), nowMs.get())))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(store.available()).isFalse();
      assertThat(store.load(id)).isEqualTo(room);
      assertThat(store.active()).containsExactly(id);
      await().untilAsserted(() -> assertThat(heard).containsExactly("away"));
      disk.freed();
      await().untilAsserted(() -> assertThat(heard).containsExactly("away", "back"));
      assertThat(store.available()).isTrue();
      say(store, room, nowMs.get());
      assertThat(heard).containsExactly("away", "back", "published");
      assertThat(store.create(Scribbler.room(Scribbler.id(2), nowMs.get()))).isTrue();
    }
    try (Opened store = open()) {
      assertThat(Objects.requireNonNull(store.load(id)).seq()).isEqualTo(2);
      assertThat(store.active()).hasSize(2);
    }
  }

  @Test
  void AT1_rooms_changed_by_many_threads_at_once_lose_nothing() throws Exception {
    int rooms = 8;
    int threads = 4;
    int each = 50;
    try (Opened store = open();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int r = 0; r < rooms; r++) {
        RoomId id = Scribbler.id(r);
        store.create(Scribbler.room(id, nowMs.get()));
        for (int t = 0; t < threads; t++) {
          running.add(pool.submit(() -> compete(store, id, each)));
        }
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    try (Opened store = open()) {
      for (int r = 0; r < rooms; r++) {
        Room room = Objects.requireNonNull(store.load(Scribbler.id(r)));
        assertThat(room.seq()).isEqualTo(1 + threads * each);
        assertThat(room.chat().messages().getLast().text()).isEqualTo("number " + room.seq());
      }
    }
  }

  private void compete(BlockingStore store, RoomId id, int times) {
    for (int i = 0; i < times; ) {
      Room room = Objects.requireNonNull(store.load(id));
      Decision said = Scribbler.next(room, nowMs.get());
      if (store.commit(room, said.next(), said.events())) {
        i++;
      }
    }
  }
}
