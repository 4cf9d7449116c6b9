package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that belongs to this process until it is closed, and the names in it. */
final class DataDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
  private static final List<String> OURS =
      List.of("rooms.mv", "alive", "synced", "lock", SecretFile.NAME);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

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
          OwnerOnly.open(
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
    // It holds what members write, which no other user of the machine may read.
    if (!Files.isDirectory(path)) {
      OwnerOnly.createDirectory(path);
      return;
    }
    boolean onlyOurs = true;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        boolean ours = isOurs(file);
        onlyOurs &= ours;
        if (ours && Files.isRegularFile(file)) {
          OwnerOnly.protectFile(file);
        }
      }
    }
    if (onlyOurs) {
      try {
        OwnerOnly.protectDirectory(path); // not one that is used for other things as well
      } catch (IOException e) {
        log.debug("The directory belongs to another user", e); // such as a volume of a container
      }
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return OURS.stream().anyMatch(ours -> name.equals(ours) || name.startsWith(ours + "."));
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
   * Returns the reason on one line, for the operator: what the system said, below all that was said
   * about it, and the class, for messages that are a mere path.
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

  Path secret() {
    return path.resolve(SecretFile.NAME);
  }

  Path synced() {
    return path.resolve("synced");
  }

  /**
   * Keeps a file under a name with the date, where it disturbs nobody.
   *
   * @return the name that it has now
   */
  Path keepAside(Path file, Instant now) throws IOException {
    String name = file.getFileName() + ".damaged-" + DATE.format(now.atOffset(ZoneOffset.UTC));
    Path aside = path.resolve(name);
    for (int i = 2; Files.exists(aside); i++) {
      aside = path.resolve(name + "-" + i);
    }
    Files.move(file, aside);
    OwnerOnly.sync(path);
    return aside;
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
