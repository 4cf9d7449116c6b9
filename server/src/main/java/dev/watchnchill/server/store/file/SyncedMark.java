package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code synced}: the {@link Checkpoint} that the room file was last forced to the disk
 * with, so that the next start can tell an older room file from this one (rule SF1).
 *
 * <p>It is written after the room file was forced, and need not be forced itself: what a power cut
 * leaves of it is never newer than the room file. It has two places that are written in turn, each
 * within a sector, so that a write that was cut leaves the other.
 */
final class SyncedMark implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SyncedMark.class);
  private static final int SECTOR = 4_096;
  private static final int PLACES = 2;

  private final FileChannel channel;
  private Checkpoint last;
  private int place;

  private SyncedMark(FileChannel channel, Checkpoint last) {
    this.channel = channel;
    this.last = last;
  }

  /**
   * Returns the checkpoint in the file, or null when there is no file.
   *
   * @throws DataFileException when it is damaged
   */
  static @Nullable Checkpoint read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    byte[] bytes = Files.readAllBytes(file);
    int length = Checkpoint.empty(1).bytes().length;
    Checkpoint newest = null;
    for (int i = 0; i < PLACES && bytes.length >= i * SECTOR + length; i++) {
      Checkpoint one = Checkpoint.read(Arrays.copyOfRange(bytes, i * SECTOR, i * SECTOR + length));
      newest = one == null || (newest != null && newest.stamp() > one.stamp()) ? newest : one;
    }
    if (newest == null) {
      throw new DataFileException(
          "The file %s is damaged; put a backup of its directory in its place, or add --repair"
              .formatted(file));
    }
    return newest;
  }

  /** Creates the file, and replaces the one that was there. It is on the disk afterwards. */
  static SyncedMark create(Path file, Checkpoint checkpoint) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    OwnerOnly.createFile(part);
    FileChannel channel = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      var mark = new SyncedMark(channel, checkpoint);
      for (int i = 0; i < PLACES; i++) {
        mark.put(checkpoint);
      }
      channel.force(true);
      OwnerOnly.replace(part, file);
      return mark;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns the checkpoint that was written last. */
  Checkpoint last() {
    return last;
  }

  /**
   * Writes the checkpoint that the room file was forced to the disk with. Never fails, because the
   * next one follows within a second.
   */
  void write(Checkpoint checkpoint) {
    try {
      put(checkpoint);
    } catch (IOException e) {
      log.debug("The mark could not be written", e);
    }
  }

  private void put(Checkpoint checkpoint) throws IOException {
    channel.write(ByteBuffer.wrap(checkpoint.bytes()), (long) place * SECTOR);
    place = (place + 1) % PLACES;
    last = checkpoint;
  }

  @Override
  public void close() {
    try (channel) {
      channel.force(true);
    } catch (IOException e) {
      log.debug("Closing failed", e);
    }
  }
}
