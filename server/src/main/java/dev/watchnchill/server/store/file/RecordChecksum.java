package dev.watchnchill.server.store.file;

import dev.watchnchill.server.store.codec.CorruptRecordException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The checksum that stands before each record in the room file. */
final class RecordChecksum {
  /** The length of a checksum. */
  static final int BYTES = Integer.BYTES;

  private RecordChecksum() {}

  /** Returns the checksum of a record. */
  static int of(ByteBuffer record) {
    var checksum = new CRC32C();
    checksum.update(record);
    return (int) checksum.getValue();
  }

  /** Returns a record with its checksum before it. */
  static byte[] prepend(byte[] record) {
    return ByteBuffer.allocate(BYTES + record.length)
        .putInt(of(ByteBuffer.wrap(record)))
        .put(record)
        .array();
  }

  /**
   * Returns the record of {@link #prepend}.
   *
   * @param name of the record, for the error
   * @throws CorruptRecordException when the record is not the one that was written
   */
  static byte[] verify(String name, byte[] stored) {
    if (stored.length >= BYTES) {
      ByteBuffer record = ByteBuffer.wrap(stored, BYTES, stored.length - BYTES);
      if (ByteBuffer.wrap(stored).getInt() == of(record)) {
        return Arrays.copyOfRange(stored, BYTES, stored.length);
      }
    }
    throw new CorruptRecordException("the record " + name + " is not what was written");
  }
}
