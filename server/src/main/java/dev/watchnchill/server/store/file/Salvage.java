package dev.watchnchill.server.store.file;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Searches a damaged room file for records that are whole, wherever they are in it, and takes the
 * newest of each room. A room that had ended may be among them: the file does not say so any more.
 */
final class Salvage {
  private static final byte[] BEGIN = "{\"v\":".getBytes(StandardCharsets.US_ASCII);
  private static final int CHECKSUM_BYTES = 4;
  private static final int LENGTH_BYTES_MAX = 4;
  private static final int RECORD_BYTES_MAX = 16 << 20;
  private static final long WINDOW_BYTES = 256L << 20;

  private Salvage() {}

  static Collection<Room> roomsIn(Path file) throws IOException {
    Map<RoomId, Room> newest = new HashMap<>();
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      for (long from = 0; from < size; from += WINDOW_BYTES) {
        // Beyond the window, so that no record is cut by its end.
        long length = Math.min(size - from, WINDOW_BYTES + RECORD_BYTES_MAX);
        search(channel.map(FileChannel.MapMode.READ_ONLY, from, length), newest);
      }
    }
    return newest.values();
  }

  private static void search(ByteBuffer bytes, Map<RoomId, Room> newest) {
    for (int at = 1 + CHECKSUM_BYTES; at + BEGIN.length <= bytes.limit(); at++) {
      if (bytes.get(at) == BEGIN[0] && begins(bytes, at)) {
        record(bytes, at, newest);
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
  private static void record(ByteBuffer bytes, int at, Map<RoomId, Room> newest) {
    int sealed = at - CHECKSUM_BYTES;
    int length = 0;
    for (int n = 1; n <= LENGTH_BYTES_MAX && sealed - n >= 0; n++) {
      int one = bytes.get(sealed - n);
      boolean last = n == 1;
      if (last == (one < 0)) {
        return; // every byte but the last has its highest bit set: here the length has begun
      }
      length = length << 7 | (one & 0x7f);
      int record = length - CHECKSUM_BYTES;
      if (record > 0 && record <= bytes.limit() - at && checked(bytes, at, record, newest)) {
        return;
      }
    }
  }

  private static boolean checked(ByteBuffer bytes, int at, int length, Map<RoomId, Room> newest) {
    var checksum = new CRC32C();
    checksum.update(bytes.slice(at, length));
    if ((int) checksum.getValue() != bytes.getInt(at - CHECKSUM_BYTES)) {
      return false;
    }
    byte[] record = new byte[length];
    bytes.get(at, record);
    try {
      Room room = RoomCodec.readRoom(record);
      newest.merge(room.id(), room, (one, other) -> isNewer(one, other) ? one : other);
    } catch (CorruptRecordException e) {
      return true; // whole, and no room of this version
    }
    return true;
  }

  private static boolean isNewer(Room one, Room other) {
    return one.epoch() != other.epoch() ? one.epoch() > other.epoch() : one.seq() > other.seq();
  }
}
