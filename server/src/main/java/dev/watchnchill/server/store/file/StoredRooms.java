package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.QueueParts;
import dev.watchnchill.server.store.codec.ReactionParts;
import dev.watchnchill.server.store.codec.RoomCodec;
import dev.watchnchill.server.store.codec.RoomRecordCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that a directory holds when a server starts.
 *
 * @param rooms all of them, expired ones included
 * @param texts the texts of their subtitles by track
 * @param stamp beyond that of every checkpoint in the directory
 */
record StoredRooms(List<Room> rooms, Map<RoomId, Map<UUID, byte[]>> texts, long stamp) {
  private static final Logger log = LoggerFactory.getLogger(StoredRooms.class);

  /**
   * Reads the rooms without touching any file.
   *
   * @throws DataFileException when they are damaged, missing, or older than what was last forced to
   *     the disk (rules SF1, SF2)
   * @throws IOException when the disk fails
   */
  static StoredRooms load(DataDirectory directory) throws IOException {
    Path path = directory.rooms();
    Checkpoint synced = SyncedMark.read(directory.synced());
    if (!Files.exists(path)) {
      if (synced != null || Files.exists(directory.alive())) {
        throw new DataFileException(
            ("The file %s is missing, though there were rooms; put a backup of its directory in its"
                    + " place, or add --repair to start without rooms")
                .formatted(path));
      }
      return new StoredRooms(List.of(), Map.of(), 1);
    }
    RoomFile.Content content = content(path, synced);
    Found found;
    try {
      found = found(content);
    } catch (CorruptRecordException e) {
      throw RoomFile.damaged(path, e);
    }
    if (content.format() != RecordMaps.FORMAT) {
      log.info(
          "The file {} has format {}; from now on it has format {}, which older servers do not read",
          path,
          content.format(),
          RecordMaps.FORMAT);
    }
    return new StoredRooms(found.rooms(), found.texts(), after(content.checkpoint()));
  }

  /**
   * The content of a file as rooms.
   *
   * @param texts the texts of subtitles by room and track; rooms without any may be missing
   */
  record Found(List<Room> rooms, Map<RoomId, Map<UUID, byte[]>> texts) {
    static Found of(RoomAssembly assembly) {
      List<Room> rooms = assembly.rooms();
      var texts = new HashMap<RoomId, Map<UUID, byte[]>>();
      for (Room room : rooms) {
        texts.put(room.id(), assembly.texts(room));
      }
      return new Found(rooms, texts);
    }
  }

  private static Found found(RoomFile.Content content) {
    Collection<byte[]> records = content.records().values();
    if (content.format() == RecordMaps.WHOLE_ROOMS_FORMAT) {
      return new Found(records.stream().map(RoomCodec::readRoom).toList(), Map.of());
    }
    var assembly = new RoomAssembly();
    records.forEach(record -> assembly.add(RoomRecordCodec.read(record)));
    Found found = Found.of(assembly);
    int used =
        found.rooms().stream().mapToInt(StoredRooms::recordsOf).sum()
            + found.texts().values().stream().mapToInt(Map::size).sum();
    if (used != records.size()) {
      throw new CorruptRecordException(
          "%d records belong to no room".formatted(records.size() - used));
    }
    return found;
  }

  /** Returns the number of records of a room without those of its texts, which may be lost. */
  private static int recordsOf(Room room) {
    int entry = room.entry().isPlain() ? 0 : 1;
    return 1
        + room.members().size()
        + room.chat().size()
        + ReactionParts.of(room.chat()).size()
        + entry
        + QueueParts.of(room.queue()).size();
  }

  /** Returns the content of the file at the version that was synced, or a later one. */
  private static RoomFile.Content content(Path path, @Nullable Checkpoint synced)
      throws IOException {
    try {
      return checked(path, synced, false);
    } catch (NewerFormatException e) {
      throw e; // no older version that may be left in the file counts
    } catch (DataFileException e) {
      RoomFile.Content found = synced == null ? null : afterPowerCut(path, synced);
      if (found == null) {
        throw e;
      }
      return found;
    }
  }

  /**
   * Returns the content of the file at the version that was synced, when a power cut broke only
   * what came after it; else null.
   */
  private static RoomFile.@Nullable Content afterPowerCut(Path path, Checkpoint synced)
      throws IOException {
    try {
      return checked(path, synced, true);
    } catch (DataFileException e) {
      log.debug("Not by searching", e);
    }
    Path copy = path.resolveSibling(path.getFileName() + ".part");
    try {
      Rollback.copy(path, copy, synced.version());
      return checked(copy, synced, true);
    } catch (DataFileException e) {
      log.debug("Not at the version that was synced", e);
      return null;
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private static RoomFile.Content checked(Path path, @Nullable Checkpoint synced, boolean search)
      throws IOException {
    RoomFile.Content content = RoomFile.read(path, search);
    if (synced != null && isOlder(content.checkpoint(), synced)) {
      throw new DataFileException(
          ("The file %s is older than what was last written there; put a backup of its whole"
                  + " directory in its place, or add --repair to go on with what is in it")
              .formatted(path));
    }
    return content;
  }

  private static boolean isOlder(@Nullable Checkpoint stated, Checkpoint synced) {
    return stated == null
        || stated.stamp() < synced.stamp()
        || (stated.stamp() == synced.stamp() && !stated.sameRecords(synced));
  }

  private static long after(@Nullable Checkpoint checkpoint) {
    return checkpoint == null ? 1 : checkpoint.stamp() + 1;
  }

  /**
   * Reads the rooms, and when that cannot be done as it should, all that can be found of them; what
   * was there is kept aside then (rule SF3).
   *
   * @throws NewerFormatException when the file is not damaged, but of a newer server (rule SF6)
   */
  static StoredRooms repair(DataDirectory directory, long nowMs) throws IOException {
    try {
      return load(directory);
    } catch (NewerFormatException e) {
      throw e;
    } catch (DataFileException e) {
      log.warn("{}", e.getMessage());
    }
    Path path = directory.rooms();
    long stamp = Math.max(stampOf(directory.synced()), 1);
    var found = new Found(List.of(), Map.of());
    Instant now = Instant.ofEpochMilli(nowMs);
    if (Files.exists(path)) {
      found = Salvage.roomsIn(path);
      stamp = Math.max(stamp, stampIn(path));
      log.warn("The damaged file is kept as {}", directory.keepAside(path, now));
    }
    if (Files.exists(directory.synced())) {
      directory.keepAside(directory.synced(), now);
    }
    log.warn("{} rooms were found in {}", found.rooms().size(), path);
    return new StoredRooms(found.rooms(), found.texts(), stamp);
  }

  private static long stampOf(Path synced) throws IOException {
    try {
      return after(SyncedMark.read(synced));
    } catch (DataFileException e) {
      return 1;
    }
  }

  private static long stampIn(Path path) throws IOException {
    try {
      return after(RoomFile.read(path, true).checkpoint());
    } catch (DataFileException e) {
      return 1;
    }
  }
}
