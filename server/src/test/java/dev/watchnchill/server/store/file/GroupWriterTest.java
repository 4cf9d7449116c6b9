package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes are shared, refused while the disk is in trouble, and put right afterwards. */
final class GroupWriterTest {
  private static final RecordKey ROOM = RecordKey.state(new RoomId("ROOM01"));
  private static final RecordKey OTHER = RecordKey.state(new RoomId("ROOM02"));
  private static final long TIMEOUT_MS = 300;

  @TempDir private Path dir;
  private final FaultyDisk disk = FaultyDisk.plugIn();
  private final Map<RecordKey, byte[]> memory = new ConcurrentHashMap<>();
  private final List<Boolean> reported = new CopyOnWriteArrayList<>();
  private GroupWriter writer;

  @BeforeEach
  void start() throws IOException {
    RoomFile.create(path(), Map.of(), 1);
    writer =
        new GroupWriter(
            open(),
            new GroupWriter.Opener() {
              @Override
              public RoomFile open() throws IOException {
                return GroupWriterTest.this.open();
              }

              @Override
              public void replace(Map<RecordKey, byte[]> records) throws IOException {
                RoomFile.create(path(), records, 2);
              }
            },
            new GroupWriter.Owner() {
              @Override
              public Map<RecordKey, byte[]> snapshot() {
                return Map.copyOf(memory);
              }

              @Override
              public void availability(boolean available) {
                reported.add(available);
              }
            },
            TIMEOUT_MS);
    writer.start();
  }

  @AfterEach
  void stop() {
    writer.close();
    disk.close();
  }

  private Path path() {
    return dir.resolve("rooms.mv");
  }

  private RoomFile open() throws IOException {
    return RoomFile.open(FaultyDisk.SCHEME, path(), 1, _ -> {});
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(RecordKey key, String record) {
    writer.write(Map.of(key, bytes(record)));
    memory.put(key, bytes(record));
  }

  private void assertRefused(RecordKey key, String record) {
    assertThatThrownBy(() -> write(key, record)).isInstanceOf(StoreUnavailableException.class);
  }

  private Map<RecordKey, byte[]> reopened() throws IOException {
    writer.close();
    return RoomFile.read(path(), false).records();
  }

  @Test
  void full_disk_rejects_changes_loses_nothing_and_is_written_again_when_there_is_space()
      throws IOException {
    write(ROOM, "before");
    disk.fills();
    assertRefused(ROOM, "refused");
    assertThat(writer.available()).isFalse();
    assertRefused(OTHER, "refused at once");
    disk.freed();
    await().until(writer::available);
    await().until(() -> reported.equals(List.of(false, true)));
    write(OTHER, "after");
    Map<RecordKey, byte[]> records = reopened();
    assertThat(records).containsOnlyKeys(ROOM, OTHER);
    assertThat(records.get(ROOM)).isEqualTo(bytes("before"));
    assertThat(records.get(OTHER)).isEqualTo(bytes("after"));
  }

  @Test
  void hanging_write_is_rejected_and_undone_when_it_completes_late() throws IOException {
    write(ROOM, "before");
    disk.hangs();
    assertRefused(ROOM, "too slow");
    assertRefused(OTHER, "refused at once");
    assertThat(reported).containsExactly(false);
    disk.goesOn();
    await().until(writer::available);
    assertThat(reopened().get(ROOM)).isEqualTo(bytes("before"));
  }

  @Test
  void room_forgotten_while_the_disk_was_full_is_not_found_again() throws IOException {
    write(ROOM, "before");
    disk.fills();
    assertRefused(OTHER, "refused");
    memory.remove(ROOM);
    var removed = new HashMap<RecordKey, byte @Nullable []>();
    removed.put(ROOM, null);
    writer.writeLater(removed);
    disk.freed();
    await().until(writer::available);
    assertThat(reopened()).isEmpty();
  }

  @Test
  void many_rooms_changing_at_once_share_their_commits() throws Exception {
    int threads = 32;
    int each = 100;
    int before = disk.writes();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int t = 0; t < threads; t++) {
        RecordKey key = RecordKey.state(new RoomId("ROOM%02d".formatted(t)));
        running.add(
            pool.submit(() -> {
              for (int i = 0; i < each; i++) {
                write(key, "number " + i);
              }
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
    assertThat(disk.writes() - before).isLessThan(threads * each / 2);
    Map<RecordKey, byte[]> records = reopened();
    assertThat(records).hasSize(threads);
    assertThat(records.values())
        .allMatch(record -> new String(record, StandardCharsets.UTF_8).equals("number 99"));
  }

  @Test
  void writes_after_closing_are_rejected() {
    writer.close();
    assertRefused(ROOM, "too late");
    assertThat(writer.available()).isFalse();
  }
}
