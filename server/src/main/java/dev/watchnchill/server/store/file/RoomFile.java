package dev.watchnchill.server.store.file;

import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * The room file: records by key, each with its checksum, because MVStore checks its own structure
 * and not the records. Not for several threads at once.
 *
 * <p>After an {@link IOException} the file is of no use any more; close it and open it again.
 */
final class RoomFile implements AutoCloseable {
  /** Small pages: a commit writes the page of each record with all that is on it. */
  private static final int PAGE_BYTES = 4_096;

  private static final int CACHE_MB = 4;

  /** The length of a large record. */
  private static final int PROBE_BYTES = 64 << 10;

  /** The file may grow by what that many commits write before it is forced to the disk. */
  private static final int COMMITS_UNSYNCED_MAX = 1_000;

  /** The size below which compacting gains nothing. */
  private static final long COMPACT_FROM_BYTES = 8L << 20;

  /** The part of the file that is to be in use, in percent. */
  private static final int FILL_PERCENT = 40;

  private static final int COMPACT_STEP_BYTES = 4 << 20;

  /**
   * The content of a file.
   *
   * @param format of the records
   * @param checkpoint what the file states, or null for one of an older server
   */
  record Content(int format, Map<RecordKey, byte[]> records, @Nullable Checkpoint checkpoint) {
    static final Content NONE = new Content(RecordMaps.FORMAT, Map.of(), null);
  }

  private final MVStore store;
  private final RecordMaps maps;
  private final Consumer<Checkpoint> synced;
  private Checkpoint now;

  // Space of the version that was last forced to the disk is not used again before the next one
  // was: else a loss of power could find neither.
  private MVStore.TxCounter safe;
  private int unsynced;

  private RoomFile(MVStore store, RecordMaps maps, Checkpoint now, Consumer<Checkpoint> synced) {
    this.store = store;
    this.maps = maps;
    this.now = now;
    this.synced = synced;
    store.setVersionsToKeep(0);
    store.setRetentionTime(0);
    this.safe = store.registerVersionUsage();
  }

  /**
   * Reads a whole file without changing it; no records when there is no file.
   *
   * @param search whether to search all of the file for the newest version. MVStore follows a trail
   *     of hints otherwise, which a power cut may have broken after the version that was synced
   * @throws DataFileException when it is damaged or another version's
   * @throws IOException when the disk fails
   */
  static Content read(Path path, boolean search) throws IOException {
    if (!Files.exists(path)) {
      return Content.NONE;
    }
    try (MVStore store = opened(path.toString(), true, search)) {
      RecordMaps maps = RecordMaps.open(store, path);
      Checkpoint stated = maps.stated();
      if (stated != null && !stated.sameRecords(maps.counted())) {
        throw new CorruptRecordException("it does not hold the records that it states");
      }
      return new Content(maps.format(), maps.records(), stated);
    } catch (CorruptRecordException | AssertionError | StackOverflowError e) {
      // MVStore follows a broken reference without end, or asserts that it does not.
      throw damaged(path, e);
    } catch (RuntimeException e) {
      throw translated(e, path);
    }
  }

  /**
   * Creates a file with these records, and replaces the one that was there. The new file is on the
   * disk when the method returns.
   *
   * @param stamp stamp of the checkpoint
   * @return the checkpoint
   * @throws IOException when the disk refuses; then the old file is still there
   */
  static Checkpoint create(Path path, Map<RecordKey, byte[]> records, long stamp)
      throws IOException {
    // Under another name first, so that a file with the right name is always complete.
    Path part = path.resolveSibling(path.getFileName() + ".part");
    OwnerOnly.createFile(part);
    Checkpoint checkpoint;
    try (MVStore store = opened(part.toString(), false, false)) {
      checkpoint = RecordMaps.create(store).put(records, Checkpoint.empty(stamp));
      store.commit();
      store.sync();
      checkpoint = checkpoint.syncedAt(store.getCurrentVersion());
    } catch (MVStoreException e) {
      throw new IOException(e);
    }
    try (FileChannel closed = FileChannel.open(part, StandardOpenOption.WRITE)) {
      closed.force(true); // what closing has written too
    }
    OwnerOnly.replace(part, path);
    return checkpoint;
  }

  /**
   * Opens a file for writing.
   *
   * @param scheme of H2's file system, empty for the usual one
   * @param stamp the least that the file's checkpoint counts from
   * @param synced is given each checkpoint that was forced to the disk
   * @throws DataFileException when it is damaged or another version's
   * @throws IOException when the disk fails, or refuses
   */
  static RoomFile open(String scheme, Path path, long stamp, Consumer<Checkpoint> synced)
      throws IOException {
    try {
      MVStore store = opened(scheme + path, false, false);
      try {
        RecordMaps maps = RecordMaps.open(store, path);
        Checkpoint stated = maps.stated();
        Checkpoint known = stated == null ? maps.counted() : stated;
        return new RoomFile(store, maps, known.stamped(Math.max(stamp, known.stamp())), synced);
      } catch (RuntimeException | AssertionError | StackOverflowError e) {
        store.closeImmediately();
        throw e;
      }
    } catch (AssertionError | StackOverflowError e) {
      throw damaged(path, e);
    } catch (RuntimeException e) {
      throw translated(e, path);
    }
  }

  /** Returns or throws the meaning of a failure. A damaged file may cause any. */
  private static RuntimeException translated(RuntimeException e, Path path) throws IOException {
    if (e instanceof DataFileException) {
      return e;
    }
    if (e instanceof MVStoreException failure) {
      switch (failure.getErrorCode()) {
        case DataUtils.ERROR_WRITING_FAILED -> throw new IOException(e);
        case DataUtils.ERROR_FILE_LOCKED -> {
          return new DataFileException(
              "The file %s is in use by another process".formatted(path), e);
        }
        default -> {}
      }
    }
    return damaged(path, e);
  }

  private static MVStore opened(String name, boolean readOnly, boolean search) {
    var settings =
        new HashMap<String, Object>(Map.of("pageSplitSize", PAGE_BYTES, "cacheSize", CACHE_MB));
    if (search) {
      settings.put("recoveryMode", 1);
    }
    var file = new SingleFileStore(settings);
    try {
      file.open(name, readOnly, (char[]) null);
      return new MVStore.Builder().adoptFileStore(file).autoCommitDisabled().open();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      file.close(); // MVStore leaves a damaged file open, and locked
      throw e;
    }
  }

  static DataFileException damaged(Path path, Throwable cause) {
    return new DataFileException(
        "The file %s is damaged (%s); put a backup of its directory in its place, or add --repair"
            .formatted(path, DataDirectory.reason(cause)),
        cause);
  }

  /** Returns all records. */
  Map<RecordKey, byte[]> records() throws IOException {
    try {
      return maps.records();
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  /**
   * Writes records atomically; the system has them when the method returns.
   *
   * @param changes removes the records that are null
   */
  void write(Map<RecordKey, byte @Nullable []> changes) throws IOException {
    try {
      Checkpoint next = maps.put(changes, now.next());
      store.commit();
      now = next;
      unsynced++;
      if (unsynced >= COMMITS_UNSYNCED_MAX) {
        sync();
      }
    } catch (RuntimeException e) { // MVStore closes itself on whatever went wrong
      throw new IOException(e);
    }
  }

  /** Forces the file to the disk, and compacts it when it has many holes. */
  void tidy() throws IOException {
    try {
      if (unsynced > 0) {
        sync();
      }
      if (store.getFileStore().size() > COMPACT_FROM_BYTES
          && store.compact(FILL_PERCENT, COMPACT_STEP_BYTES)) {
        unsynced++;
      }
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  /** Checks whether the disk has room for a large record. */
  void probe() throws IOException {
    write(Map.of(RecordMaps.PROBE, new byte[PROBE_BYTES]));
    var removed = new HashMap<RecordKey, byte @Nullable []>();
    removed.put(RecordMaps.PROBE, null);
    write(removed);
  }

  private void sync() {
    MVStore.TxCounter written = store.registerVersionUsage();
    store.sync();
    store.deregisterVersionUsage(safe);
    safe = written;
    unsynced = 0;
    synced.accept(now.syncedAt(store.getCurrentVersion()));
  }

  /** Forces everything to the disk and closes the file. */
  @Override
  public void close() {
    if (!store.isClosed()) {
      store.sync();
      synced.accept(now.syncedAt(store.getCurrentVersion()));
      store.deregisterVersionUsage(safe);
      store.close();
    }
  }

  /** Closes a file that has failed, without writing. */
  void abandon() {
    store.closeImmediately();
  }
}
