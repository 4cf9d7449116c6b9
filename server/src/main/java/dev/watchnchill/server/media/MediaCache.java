package dev.watchnchill.server.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory for what is made of films: posters, subtitles, parts of converted films. One
 * process uses it at a time, which holds a lock on a file in it. Without a setting it is a private
 * directory for temporary files, which is removed at the end; directories that a killed process has
 * left behind are removed at the next start.
 */
public final class MediaCache implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MediaCache.class);

  private static final String PREFIX = "watchnchill-media-";
  private static final String LOCK = "lock";

  /** A directory without a lock may belong to a process that is just starting. */
  private static final long YOUNG_MS = 60_000;

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final Path root;
  private final FileChannel lockFile;
  private final boolean temporary;

  private MediaCache(Path root, FileChannel lockFile, boolean temporary) {
    this.root = root;
    this.lockFile = lockFile;
    this.temporary = temporary;
  }

  /**
   * Opens a directory of the operator's choice, which is made when it is not there.
   *
   * @throws IllegalStateException with a message for the operator when it cannot be written, or
   *     when another process uses it
   */
  public static MediaCache in(Path directory) {
    try {
      Files.createDirectories(directory, readableByOwner(directory));
      FileChannel lockFile = lock(directory.resolve(LOCK));
      if (lockFile == null) {
        throw new IllegalStateException(message(directory, "another process uses it"));
      }
      return new MediaCache(directory, lockFile, false);
    } catch (IOException | SecurityException | UnsupportedOperationException e) {
      throw new IllegalStateException(message(directory, "it cannot be written: " + e), e);
    }
  }

  private static String message(Path directory, String problem) {
    return "the directory for parts of films (--media-cache, MEDIA_CACHE) '%s': %s"
        .formatted(directory, problem)
        .replaceAll("\\p{Cntrl}", "?");
  }

  /**
   * Makes a private directory in the one for temporary files, and removes those that other
   * processes have left behind.
   *
   * @param parent the directory for temporary files
   * @param nowMs wall clock, ms
   * @throws IllegalStateException with a message for the operator when it cannot be written
   */
  public static MediaCache temporary(Path parent, LongSupplier nowMs) {
    try {
      removeLeftovers(parent, nowMs.getAsLong() - YOUNG_MS);
      Path made = Files.createTempDirectory(parent, PREFIX);
      FileChannel lockFile = lock(made.resolve(LOCK));
      if (lockFile == null) {
        throw new IllegalStateException(message(made, "another process uses it"));
      }
      return new MediaCache(made, lockFile, true);
    } catch (IOException | SecurityException e) {
      throw new IllegalStateException(message(parent, "nothing can be written there: " + e), e);
    }
  }

  private static FileAttribute<?>[] readableByOwner(Path directory) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PRIVATE)}
        : new FileAttribute<?>[0];
  }

  /** Returns the locked file, or null when another process has locked it. */
  private static @Nullable FileChannel lock(Path file) throws IOException {
    var channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // another server in this process
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : channel;
  }

  private static void removeLeftovers(Path parent, long untilMs) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path each : found) {
        removeLeftover(each, untilMs);
      }
    } catch (IOException | SecurityException e) {
      log.debug("{} cannot be searched for old directories: {}", parent, e.toString());
    }
  }

  private static void removeLeftover(Path directory, long untilMs) {
    Path lockPath = directory.resolve(LOCK);
    try {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          || !Files.isRegularFile(lockPath, LinkOption.NOFOLLOW_LINKS)
          || Files.getLastModifiedTime(lockPath, LinkOption.NOFOLLOW_LINKS).toMillis() > untilMs) {
        return;
      }
      FileChannel lockFile = lock(lockPath);
      if (lockFile != null) {
        try (lockFile) {
          delete(directory);
        }
      }
    } catch (IOException | SecurityException _) {
      // that of another user
    }
  }

  /** Returns the directory. */
  public Path root() {
    return root;
  }

  /**
   * Returns a directory in it, which is made when it is not there.
   *
   * @throws IllegalStateException with a message for the operator when it cannot be written
   */
  public Path folder(String name) {
    Path folder = root.resolve(name);
    try {
      return Files.createDirectories(folder, readableByOwner(folder));
    } catch (IOException | SecurityException e) {
      throw new IllegalStateException(message(folder, "it cannot be made: " + e), e);
    }
  }

  /** Deletes a directory and all that is in it, without following links. */
  static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Gives the directory up; removes it when it was for this process alone. */
  @Override
  public void close() {
    try (lockFile) {
      if (temporary) {
        delete(root);
      }
    } catch (IOException e) {
      log.warn("{} cannot be removed: {}", root, e.toString());
    }
  }
}
