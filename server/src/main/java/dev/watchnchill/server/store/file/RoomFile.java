package dev.watchnchill.server.store.file;

import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SingleFileStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The file: records by key, each with its checksum, because MVStore checks its own structure and
 * not what is in it. Not for several threads at once.
 *
 * <p>After an {@link IOException} the file is of no use any more; close it and open it again.
 */
final class RoomFile implements AutoCloseable {
  /** Raised when an older server could not read the file as a whole. */
  private static final int FORMAT = 1;

  private static final String MAP = "rooms";

  /** Small pages: a commit writes the page of its room with all that is on it. */
  private static final int PAGE_BYTES = 4_096;

  private static final int CACHE_MB = 4;
  private static final int CHECKSUM_BYTES = 4;

  /** The key of no room, and the length of a large one. */
  private static final String PROBE = "probe";

  private static final int PROBE_BYTES = 64 << 10;

  /** The file may grow by what that many commits write before it is forced to the disk. */
  private static final int COMMITS_UNSYNCED_MAX = 1_000;

  /** Below this size nothing is gained by moving things together, in bytes. */
  private static final long COMPACT_FROM_BYTES = 8L << 20;

  /** How much of the file is to be in use, in percent. */
  private static final int FILL_PERCENT = 40;

  private static final int COMPACT_STEP_BYTES = 4 << 20;

  private final MVStore store;
  private final MVMap<String, byte[]> map;

  // Space of the version that was last forced to the disk is not used again before the next one
  // was: else a loss of power could find neither.
  private MVStore.TxCounter safe;
  private int unsynced;

  private RoomFile(MVStore store, MVMap<String, byte[]> map) {
    this.store = store;
    this.map = map;
    store.setVersionsToKeep(0);
    store.setRetentionTime(0);
    this.safe = store.registerVersionUsage();
  }

  /**
   * Reads a whole file without touching it; nothing when there is none.
   *
   * @throws DataFileException when it is damaged or another version's
   * @throws IOException when the disk fails
   */
  static Map<String, byte[]> read(Path path) throws IOException {
    if (!Files.exists(path)) {
      return Map.of();
    }
    try (MVStore store = opened(path.toString(), true)) {
      return records(checked(store, path));
    } catch (CorruptRecordException e) {
      throw damaged(path, e);
    } catch (RuntimeException e) {
      throw translated(e, path);
    }
  }

  /**
   * Makes a file of those records, in the place of what was there; on the disk when it returns.
   *
   * @throws IOException when the disk refuses; what was there is still there then
   */
  static void create(Path path, Map<String, byte[]> records) throws IOException {
    // Under another name first: a file of the right name is always a whole one.
    Path part = path.resolveSibling(path.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (MVStore store = opened(part.toString(), false)) {
      store.setStoreVersion(FORMAT);
      MVMap<String, byte[]> map = openMap(store);
      records.forEach((key, record) -> map.put(key, sealed(record)));
      store.commit();
      store.sync();
    } catch (MVStoreException e) {
      throw new IOException(e);
    }
    Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Opens a file for writing.
   *
   * @param scheme of H2's file system, empty for the usual one
   * @throws DataFileException when it is damaged or another version's
   * @throws IOException when the disk fails, or refuses
   */
  static RoomFile open(String scheme, Path path) throws IOException {
    try {
      MVStore store = opened(scheme + path, false);
      try {
        return new RoomFile(store, checked(store, path));
      } catch (RuntimeException e) {
        store.closeImmediately();
        throw e;
      }
    } catch (RuntimeException e) {
      throw translated(e, path);
    }
  }

  private static MVMap<String, byte[]> checked(MVStore store, Path path) {
    if (!store.hasMap(MAP)) {
      throw damaged(path, new IllegalStateException("it holds no rooms"));
    }
    if (store.getStoreVersion() != FORMAT) {
      throw new DataFileException(
          "The file %s has format %d, and this server reads %d"
              .formatted(path, store.getStoreVersion(), FORMAT));
    }
    return openMap(store);
  }

  /** Throws what that failure means. Of a damaged file it may be any. */
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

  private static MVStore opened(String name, boolean readOnly) {
    var file = new SingleFileStore(Map.of("pageSplitSize", PAGE_BYTES, "cacheSize", CACHE_MB));
    try {
      file.open(name, readOnly, (char[]) null);
      return new MVStore.Builder().adoptFileStore(file).autoCommitDisabled().open();
    } catch (RuntimeException e) {
      file.close(); // a store that stumbles over damage keeps it open, and locked
      throw e;
    }
  }

  private static MVMap<String, byte[]> openMap(MVStore store) {
    return store.openMap(
        MAP,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  static DataFileException damaged(Path path, Throwable cause) {
    return new DataFileException(
        ("The file %s is damaged (%s); put a backup in its place, or empty its directory to start"
                + " without rooms")
            .formatted(path, DataDirectory.reason(cause)),
        cause);
  }

  /** Everything in it. */
  Map<String, byte[]> records() throws IOException {
    try {
      return records(map);
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, byte[]> records(MVMap<String, byte[]> map) {
    var records = new HashMap<String, byte[]>();
    map.forEach((key, sealed) -> records.put(key, unsealed(key, sealed)));
    records.remove(PROBE); // of a server that was killed there and then
    return records;
  }

  /** Writes these records together; a null one is removed. When it returns, the system has them. */
  void write(Map<String, byte @Nullable []> changes) throws IOException {
    try {
      for (Map.Entry<String, byte @Nullable []> change : changes.entrySet()) {
        byte[] record = change.getValue();
        if (record == null) {
          map.remove(change.getKey());
        } else {
          map.put(change.getKey(), sealed(record));
        }
      }
      store.commit();
      unsynced++;
      if (unsynced >= COMMITS_UNSYNCED_MAX) {
        sync();
      }
    } catch (RuntimeException e) { // MVStore closes itself on whatever went wrong
      throw new IOException(e);
    }
  }

  /** Forces what was written to the disk and moves things together when there are many holes. */
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

  /** Finds out whether there is space for more than a byte or two. */
  void probe() throws IOException {
    write(Map.of(PROBE, new byte[PROBE_BYTES]));
    var removed = new HashMap<String, byte @Nullable []>();
    removed.put(PROBE, null);
    write(removed);
  }

  private void sync() {
    MVStore.TxCounter written = store.registerVersionUsage();
    store.sync();
    store.deregisterVersionUsage(safe);
    safe = written;
    unsynced = 0;
  }

  /** Forces everything to the disk and closes the file. */
  @Override
  public void close() {
    if (!store.isClosed()) {
      store.sync();
      store.deregisterVersionUsage(safe);
      store.close();
    }
  }

  /** Closes it as it is; for one that has failed. */
  void abandon() {
    store.closeImmediately();
  }

  private static byte[] sealed(byte[] record) {
    return ByteBuffer.allocate(CHECKSUM_BYTES + record.length)
        .putInt(checksum(record))
        .put(record)
        .array();
  }

  private static byte[] unsealed(String key, byte[] sealed) {
    if (sealed.length >= CHECKSUM_BYTES) {
      byte[] record = Arrays.copyOfRange(sealed, CHECKSUM_BYTES, sealed.length);
      if (ByteBuffer.wrap(sealed).getInt() == checksum(record)) {
        return record;
      }
    }
    throw new CorruptRecordException("the record of room " + key + " is not what was written");
  }

  private static int checksum(byte[] record) {
    var checksum = new CRC32C();
    checksum.update(record);
    return (int) checksum.getValue();
  }
}
