package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file {@code film-links}: the key of links to films, which outlasts the process (LB8). */
final class SecretFile {
  static final String NAME = "film-links";

  private static final Logger log = LoggerFactory.getLogger(SecretFile.class);
  private static final int BYTES_MIN = 16;
  private static final int BYTES_MAX = 64;

  private SecretFile() {}

  /**
   * Returns the secret of the file, or writes the given one where there is none that can be used.
   * Never fails: a secret that cannot be kept is good for this process.
   */
  static byte[] keep(Path file, byte[] own) {
    try {
      // A link could lead to a file that others know.
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        byte[] kept = read(file);
        if (kept.length >= BYTES_MIN && kept.length <= BYTES_MAX) {
          return kept;
        }
        log.warn("{} is no key of this server; it is made anew, and links to films change", file);
      }
      write(file, own);
    } catch (IOException e) {
      log.warn(
          "The key of links to films cannot be kept in {}, so they end with this process: {}",
          file,
          DataDirectory.reason(e));
    }
    return own.clone();
  }

  private static byte[] read(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      var bytes = ByteBuffer.allocate(BYTES_MAX + 1);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // The next part follows.
      }
      bytes.flip();
      byte[] read = new byte[bytes.remaining()];
      bytes.get(read);
      return read;
    }
  }

  private static void write(Path file, byte[] secret) throws IOException {
    Path part = file.resolveSibling(NAME + ".part");
    OwnerOnly.createFile(part);
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(secret);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    OwnerOnly.replace(part, file);
  }
}
