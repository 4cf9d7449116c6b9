package dev.watchnchill.server.store.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A statement about all records of a room file at one commit.
 *
 * @param stamp grows by at least one with each commit, also over the files that follow each other
 *     in one directory
 * @param count how many records there are
 * @param digest of their keys and checksums, whatever their order
 * @param version of the file that was forced to the disk with it, or 0 while none was
 */
record Checkpoint(long stamp, int count, long digest, long version) {
  private static final int BYTES = 3 * Long.BYTES + Integer.BYTES;

  /** Returns a checkpoint of no records. */
  static Checkpoint empty(long stamp) {
    return new Checkpoint(stamp, 0, 0, 0);
  }

  /** Returns the checkpoint of the next commit, before its records are counted. */
  Checkpoint next() {
    return new Checkpoint(stamp + 1, count, digest, 0);
  }

  /** Returns a copy with another stamp. */
  Checkpoint stamped(long other) {
    return new Checkpoint(other, count, digest, version);
  }

  /** Returns a copy that is forced to the disk with that version. */
  Checkpoint syncedAt(long syncedVersion) {
    return new Checkpoint(stamp, count, digest, syncedVersion);
  }

  /**
   * Returns the checkpoint after the change of a record.
   *
   * @param before the record with its checksum; null when there was none
   * @param after the record with its checksum; null when it is removed
   */
  Checkpoint with(String key, byte @Nullable [] before, byte @Nullable [] after) {
    return new Checkpoint(
        stamp,
        count - (before == null ? 0 : 1) + (after == null ? 0 : 1),
        digest ^ term(key, before) ^ term(key, after),
        version);
  }

  /** Returns whether both state the same about the records. */
  boolean sameRecords(Checkpoint other) {
    return count == other.count && digest == other.digest;
  }

  /**
   * Returns the part of the digest of one record, from the checksum that the record begins with.
   */
  private static long term(String key, byte @Nullable [] stored) {
    return stored == null
        ? 0
        : mixed(((long) key.hashCode() << 32) ^ ByteBuffer.wrap(stored).getInt());
  }

  /** The finalizer of SplitMix64: without it, two changes could cancel each other out. */
  private static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Returns the checkpoint as bytes, with a checksum of its own. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES + Integer.BYTES);
    out.putLong(stamp).putInt(count).putLong(digest).putLong(version);
    return out.putInt(checksum(out.array())).array();
  }

  /** Reads the result of {@link #bytes}; null when it is something else. */
  static @Nullable Checkpoint read(byte[] bytes) {
    if (bytes.length != BYTES + Integer.BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    var checkpoint = new Checkpoint(in.getLong(), in.getInt(), in.getLong(), in.getLong());
    boolean sound = in.getInt() == checksum(bytes) && checkpoint.stamp > 0 && checkpoint.count >= 0;
    return sound ? checkpoint : null;
  }

  private static int checksum(byte[] bytes) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, BYTES);
    return (int) checksum.getValue();
  }
}
