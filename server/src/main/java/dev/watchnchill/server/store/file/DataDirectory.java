package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A directory that belongs to this process until it is closed, and the names in it. */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Makes the directory where there is none and takes it.
   *
   * @throws DataFileException when that fails, or another process has it
   */
  static DataDirectory take(Path path) {
    FileChannel channel = null;
    try {
      create(path);
      // A file of its own: the one with the rooms may be replaced while it is in use.
      channel =
          FileChannel.open(
              path.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = locked(channel);
      if (lock == null) {
        String owner = read(channel);
        channel.close();
        throw new DataFileException(
            "The data directory %s is in use by another server%s; give each its own (--data)"
                .formatted(path, owner.isEmpty() ? "" : " (process " + owner + ")"));
      }
      write(channel, Long.toString(ProcessHandle.current().pid()));
      return new DataDirectory(path, channel, lock);
    } catch (IOException e) {
      close(channel);
      throw new DataFileException(
          "The data directory %s cannot be used: %s".formatted(path, reason(e)), e);
    }
  }

  private static void create(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    // What people say is in it: nobody else on the machine needs to read that.
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      // Beyond the process number, so that others can read that on every system.
      return channel.tryLock(1L << 32, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  private static String read(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
  }

  private static void write(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * What a person can make of it, on one line: what the system said, below all that was said about
   * it, and the class, for messages that are a mere path.
   */
  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String kind = root.getClass().getSimpleName().replace("Exception", "");
    return message == null ? kind : kind + ": " + message.lines().findFirst().orElse("");
  }

  Path rooms() {
    return path.resolve("rooms.mv");
  }

  Path alive() {
    return path.resolve("alive");
  }

  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      close(channel);
    }
  }
}
