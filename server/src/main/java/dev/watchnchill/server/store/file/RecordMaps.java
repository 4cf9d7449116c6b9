package dev.watchnchill.server.store.file;

import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.file.RecordKey.Kind;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a room file: one for each kind of record, and one for the {@link Checkpoint}. With a
 * map of its own, the state of a room costs the same to write whatever the number of its members.
 */
final class RecordMaps {
  /**
   * The format that is written: state, members, messages, entry states, queues, texts and reactions
   * apart.
   */
  static final int FORMAT = 6;

  /** The format without reactions. */
  private static final int NO_REACTIONS_FORMAT = 5;

  /** The format without texts of subtitles. */
  private static final int NO_TEXTS_FORMAT = 4;

  /** The format without texts and queues. */
  private static final int NO_QUEUES_FORMAT = 3;

  /** The format without texts, queues and entry states. */
  private static final int OPEN_ROOMS_FORMAT = 2;

  /** The oldest format that is read: one record for each whole room. */
  static final int WHOLE_ROOMS_FORMAT = 1;

  /** The map of the checkpoint; a file of format 1 may have none. */
  private static final String CHECK_MAP = "check";

  private static final String CHECK = "check";

  /** The key of no room. */
  static final RecordKey PROBE = new RecordKey(Kind.STATE, "probe");

  private final int format;
  private final Map<Kind, MVMap<String, byte[]>> maps = new EnumMap<>(Kind.class);
  private final @Nullable MVMap<String, byte[]> check;

  private RecordMaps(MVStore store, int format) {
    this.format = format;
    kinds(format).forEach(kind -> maps.put(kind, openMap(store, kind.mapName())));
    this.check =
        format > WHOLE_ROOMS_FORMAT || store.hasMap(CHECK_MAP) ? openMap(store, CHECK_MAP) : null;
  }

  /** Creates the maps in an empty file. */
  static RecordMaps create(MVStore store) {
    store.setStoreVersion(FORMAT);
    return new RecordMaps(store, FORMAT);
  }

  /**
   * Opens the maps of a file.
   *
   * @param path of the file, for the error
   * @throws NewerFormatException when a newer server wrote the file
   * @throws DataFileException when the file is of another program
   */
  static RecordMaps open(MVStore store, Path path) {
    int format = store.getStoreVersion();
    if (format > FORMAT) {
      throw new NewerFormatException(path, format);
    }
    if (format < WHOLE_ROOMS_FORMAT
        || !kinds(format).stream().allMatch(kind -> store.hasMap(kind.mapName()))) {
      throw RoomFile.damaged(path, new IllegalStateException("it holds no rooms"));
    }
    return new RecordMaps(store, format);
  }

  private static List<Kind> kinds(int format) {
    return switch (format) {
      case WHOLE_ROOMS_FORMAT -> List.of(Kind.STATE);
      case OPEN_ROOMS_FORMAT -> List.of(Kind.STATE, Kind.MEMBER, Kind.MESSAGE);
      case NO_QUEUES_FORMAT -> List.of(Kind.STATE, Kind.MEMBER, Kind.MESSAGE, Kind.ENTRY);
      case NO_TEXTS_FORMAT ->
          List.of(Kind.STATE, Kind.MEMBER, Kind.MESSAGE, Kind.ENTRY, Kind.QUEUE);
      case NO_REACTIONS_FORMAT ->
          List.of(Kind.STATE, Kind.MEMBER, Kind.MESSAGE, Kind.ENTRY, Kind.QUEUE, Kind.TEXT);
      default -> List.of(Kind.values());
    };
  }

  private static MVMap<String, byte[]> openMap(MVStore store, String name) {
    return store.openMap(
        name,
        new MVMap.Builder<String, byte[]>()
            .keyType(StringDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  int format() {
    return format;
  }

  /**
   * Returns the checkpoint that the file states, or null for a file without one.
   *
   * @throws CorruptRecordException when it is damaged
   */
  @Nullable Checkpoint stated() {
    if (check == null) {
      return null;
    }
    byte[] bytes = check.get(CHECK);
    Checkpoint stated = bytes == null ? null : Checkpoint.read(bytes);
    if (stated == null) {
      throw new CorruptRecordException("its checkpoint makes no sense");
    }
    return stated;
  }

  /** Returns the checkpoint of the records that are there, without a stamp. */
  Checkpoint counted() {
    Checkpoint counted = Checkpoint.empty(0);
    for (MVMap<String, byte[]> map : maps.values()) {
      for (Map.Entry<String, byte[]> entry : map.entrySet()) {
        if (entry.getValue().length < RecordChecksum.BYTES) {
          throw new CorruptRecordException("a record has no checksum");
        }
        counted = counted.with(entry.getKey(), null, entry.getValue());
      }
    }
    return counted;
  }

  /**
   * Returns all records.
   *
   * @throws CorruptRecordException when one is damaged
   */
  Map<RecordKey, byte[]> records() {
    var records = new HashMap<RecordKey, byte[]>();
    maps.forEach((kind, map) ->
        map.forEach((name, stored) ->
            records.put(new RecordKey(kind, name), RecordChecksum.verify(name, stored))));
    records.remove(PROBE); // of a server that was killed there and then
    return records;
  }

  /**
   * Writes records, and the checkpoint after them.
   *
   * @param changes removes the records that are null
   * @param before the checkpoint of the records that are there
   * @return the checkpoint
   */
  Checkpoint put(Map<RecordKey, ? extends byte @Nullable []> changes, Checkpoint before) {
    Checkpoint next = before;
    for (Map.Entry<RecordKey, ? extends byte @Nullable []> change : changes.entrySet()) {
      String name = change.getKey().name();
      MVMap<String, byte[]> map = map(change.getKey().kind());
      byte[] record = change.getValue();
      byte[] stored = record == null ? null : RecordChecksum.prepend(record);
      byte[] old = stored == null ? map.remove(name) : map.put(name, stored);
      next = next.with(name, old, stored);
    }
    if (check != null) {
      check.put(CHECK, next.bytes());
    }
    return next;
  }

  private MVMap<String, byte[]> map(Kind kind) {
    MVMap<String, byte[]> map = maps.get(kind);
    if (map == null) {
      throw new IllegalStateException("a file of format " + format + " is not written");
    }
    return map;
  }
}
