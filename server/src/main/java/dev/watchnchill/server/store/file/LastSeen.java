package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code alive}: when a server was last alive. A few bytes, written over in place about
 * once a second. That takes no space, so it works on a full disk, and costs far less than a commit.
 */
final class LastSeen implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LastSeen.class);

  private final FileChannel channel;
  private final long beforeMs;

  private LastSeen(FileChannel channel, long beforeMs) {
    this.channel = channel;
    this.beforeMs = beforeMs;
  }

  static LastSeen open(Path file) {
    try {
      long beforeMs = Files.exists(file) ? parse(Files.readString(file)) : 0;
      var channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      return new LastSeen(channel, beforeMs);
    } catch (IOException e) {
      throw new DataFileException(
          "The file %s cannot be used: %s".formatted(file, DataDirectory.reason(e)), e);
    }
  }

  private static long parse(String text) {
    try {
      return Math.max(0, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return 0; // a loss of power may leave anything; the rooms' own times are the next best
    }
  }

  /** Returns when an earlier server was last alive, ms since the epoch; 0 for unknown. */
  long beforeMs() {
    return beforeMs;
  }

  /** Records that the process is alive. Never fails, because the next beat follows in a second. */
  void beat(long nowMs) {
    // Always as long as before, so that no older digits stay behind.
    byte[] text = String.format(Locale.ROOT, "%019d%n", nowMs).getBytes(StandardCharsets.US_ASCII);
    try {
      channel.write(ByteBuffer.wrap(text), 0);
    } catch (IOException e) {
      log.debug("The time could not be written", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      log.debug("Closing failed", e);
    }
  }
}
