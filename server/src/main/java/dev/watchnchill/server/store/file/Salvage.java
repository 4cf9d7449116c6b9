package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.RecordJson;
import dev.watchnchill.server.store.codec.RoomCodec;
import dev.watchnchill.server.store.codec.RoomRecord;
import dev.watchnchill.server.store.codec.RoomRecordCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Searches a damaged room file for records that are intact, wherever they are in it, and puts rooms
 * together from the newest of each. The file does not say any more which records were removed: a
 * room that had ended may be among them, or a member who had left.
 */
final class Salvage {
  private static final byte[] BEGIN = "{\"v\":".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH_BYTES_MAX = 4;
  private static final int RECORD_BYTES_MAX = 16 << 20;
  private static final long WINDOW_BYTES = 256L << 20;

  /** The newest rooms of a file of format 1. */
  private final Map<RoomId, Room> whole = new HashMap<>();

  private final RoomAssembly assembly = new RoomAssembly();

  private Salvage() {}

  /** Returns the rooms that are found in a file of any format. */
  static StoredRooms.Found roomsIn(Path file) throws IOException {
    var salvage = new Salvage();
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      for (long from = 0; from < size; from += WINDOW_BYTES) {
        // Beyond the window, so that no record is cut by its end.
        long length = Math.min(size - from, WINDOW_BYTES + RECORD_BYTES_MAX);
        salvage.search(channel.map(FileChannel.MapMode.READ_ONLY, from, length));
      }
    }
    StoredRooms.Found found = StoredRooms.Found.of(salvage.assembly);
    var rooms = new ArrayList<Room>(found.rooms());
    rooms.addAll(salvage.whole.values());
    return new StoredRooms.Found(rooms, found.texts());
  }

  private void search(ByteBuffer bytes) {
    for (int at = 1 + RecordChecksum.BYTES; at + BEGIN.length <= bytes.limit(); at++) {
      if (bytes.get(at) == BEGIN[0] && begins(bytes, at)) {
        record(bytes, at);
      }
    }
  }

  private static boolean begins(ByteBuffer bytes, int at) {
    for (int i = 0; i < BEGIN.length; i++) {
      if (bytes.get(at + i) != BEGIN[i]) {
        return false;
      }
    }
    return true;
  }

  /** Before a record is its checksum, and before that the length of both, 7 bits to a byte. */
  private void record(ByteBuffer bytes, int at) {
    int sealed = at - RecordChecksum.BYTES;
    int length = 0;
    for (int n = 1; n <= LENGTH_BYTES_MAX && sealed - n >= 0; n++) {
      int one = bytes.get(sealed - n);
      boolean last = n == 1;
      if (last == (one < 0)) {
        return; // every byte but the last has its highest bit set: here the length has begun
      }
      length = length << 7 | (one & 0x7f);
      int record = length - RecordChecksum.BYTES;
      if (record > 0 && record <= bytes.limit() - at && checked(bytes, at, record)) {
        return;
      }
    }
  }

  private boolean checked(ByteBuffer bytes, int at, int length) {
    if (RecordChecksum.of(bytes.slice(at, length)) != bytes.getInt(at - RecordChecksum.BYTES)) {
      return false;
    }
    byte[] record = new byte[length];
    bytes.get(at, record);
    try {
      add(record);
    } catch (CorruptRecordException e) {
      return true; // intact, and of another version
    }
    return true;
  }

  private void add(byte[] bytes) {
    RoomRecord record = RoomRecordCodec.readTyped(RecordJson.read(bytes));
    if (record == null) {
      Room room = RoomCodec.readRoom(bytes);
      whole.merge(room.id(), room, (one, other) -> isNewer(one, other) ? one : other);
    } else {
      assembly.add(record);
    }
  }

  private static boolean isNewer(Room one, Room other) {
    return one.epoch() != other.epoch() ? one.epoch() > other.epoch() : one.seq() > other.seq();
  }
}
