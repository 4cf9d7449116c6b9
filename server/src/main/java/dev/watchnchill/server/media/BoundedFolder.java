package dev.watchnchill.server.media;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory of small files that can be made again; the oldest are removed above a bound. */
public final class BoundedFolder {
  private static final String UNFINISHED = ".new";

  private final Path folder;
  private final long bytesMax;
  private long bytes = -1;

  private record Kept(Path file, long size, long modifiedMs) {}

  /** Creates a bound for a directory, which nothing else uses. */
  public BoundedFolder(Path folder, long bytesMax) {
    this.folder = folder;
    this.bytesMax = bytesMax;
  }

  /** Returns the file of that name, or null when there is none; may wait for the disk. */
  public @Nullable Path find(String name) {
    Path file = folder.resolve(name);
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? file : null;
  }

  /**
   * Writes a file, and removes the oldest ones when they are too large together.
   *
   * @throws IOException when the directory cannot be written
   */
  public synchronized Path put(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Path fresh = folder.resolve(name + UNFINISHED);
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (bytes >= 0) {
      bytes += content.length;
    }
    if (bytes < 0 || bytes > bytesMax) {
      trim(file);
    }
    return file;
  }

  /** Removes the oldest files but the one that was just written. */
  private void trim(Path last) throws IOException {
    List<Kept> files = files();
    long sum = files.stream().mapToLong(Kept::size).sum();
    files.sort(Comparator.comparingLong(Kept::modifiedMs));
    for (Kept each : files) {
      // Well below the bound, so that the next files need no look at the whole directory.
      if (sum <= bytesMax - bytesMax / 8) {
        break;
      }
      if (!each.file().equals(last)) {
        Files.deleteIfExists(each.file());
        sum -= each.size();
      }
    }
    bytes = sum;
  }

  private List<Kept> files() throws IOException {
    var found = new ArrayList<Kept>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        try {
          BasicFileAttributes attributes =
              Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          found.add(new Kept(entry, attributes.size(), attributes.lastModifiedTime().toMillis()));
        } catch (IOException _) {
          // it was removed meanwhile
        }
      }
    }
    return found;
  }
}
