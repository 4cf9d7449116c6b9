package dev.watchnchill.server.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and directories that nobody but their owner may read, where the file system has such
 * rights, and whose names outlast a power cut (rules SF4, SF5).
 */
final class OwnerOnly {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /** Opens a file. A file that this creates is its owner's alone from the first byte on. */
  static FileChannel open(Path path, OpenOption... options) throws IOException {
    return FileChannel.open(path, Set.of(options), attributes(path, FILE));
  }

  /** Creates an empty file, and replaces the one that was there. */
  static void createFile(Path path) throws IOException {
    Files.deleteIfExists(path);
    Files.createFile(path, attributes(path, FILE));
  }

  /** Creates a directory, and those above it that are missing. */
  static void createDirectory(Path path) throws IOException {
    Files.createDirectories(path, attributes(path, DIRECTORY));
    syncParent(path);
  }

  /** Replaces a file by one that is on the disk, also as far as the disk is concerned. */
  static void replace(Path part, Path file) throws IOException {
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncParent(file);
  }

  private static void syncParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /** Removes the rights of all others to a file. */
  static void protectFile(Path path) throws IOException {
    if (hasRights(path)) {
      Files.setPosixFilePermissions(path, FILE);
    }
  }

  /** Removes the rights of all others to a directory. */
  static void protectDirectory(Path path) throws IOException {
    if (hasRights(path)) {
      Files.setPosixFilePermissions(path, DIRECTORY);
    }
  }

  /**
   * Forces the names in that directory to the disk: without it a power cut may bring back a file
   * that was replaced, or lose one that is new.
   */
  static void sync(Path directory) throws IOException {
    if (hasRights(directory)) { // elsewhere a directory cannot be opened
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static boolean hasRights(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> rights) {
    return hasRights(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }
}
