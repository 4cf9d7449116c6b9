package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of a room file without what was written after a version. A power cut may leave a chunk of
 * which the ends are on the disk and the middle is not: MVStore, which looks at the ends, would
 * take it for the newest version. The version that was synced needs none of the chunks after it.
 */
final class Rollback {
  private static final int BLOCK = 4_096;
  private static final int HEADER_BYTES = 1_024;
  private static final Pattern CHUNK =
      Pattern.compile("^chunk:[0-9a-f]{1,8},len:[^\n]{0,400}?,version:([0-9a-f]{1,15}),");

  private Rollback() {}

  /** Writes the copy, in the place of what was there. */
  static void copy(Path file, Path copy, long version) throws IOException {
    OwnerOnly.createFile(copy);
    try (FileChannel from = FileChannel.open(file);
        FileChannel to =
            FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = from.size();
      for (long done = 0; done < size; ) {
        done += from.transferTo(done, size - done, to);
      }
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      for (long at = 0; at < size; at += BLOCK) {
        header.clear();
        to.read(header, at);
        if (isAfter(header.flip(), version)) {
          to.write(ByteBuffer.allocate(HEADER_BYTES), at);
        }
      }
    }
  }

  private static boolean isAfter(ByteBuffer header, long version) {
    if (!header.hasRemaining() || header.get(0) != 'c') {
      return false;
    }
    Matcher chunk = CHUNK.matcher(StandardCharsets.ISO_8859_1.decode(header));
    return chunk.find() && Long.parseLong(chunk.group(1), 16) > version;
  }
}
