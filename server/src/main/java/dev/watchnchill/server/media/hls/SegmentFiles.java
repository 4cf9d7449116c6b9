package dev.watchnchill.server.media.hls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments on the disk, bounded together: the ones that were used longest ago are removed for
 * new ones. All are removed at the start, since nothing is known of what a crash left.
 */
final class SegmentFiles {
  private static final Logger log = LoggerFactory.getLogger(SegmentFiles.class);

  private final Path root;
  private final long bytesMax;
  private final Disk disk;

  /** Finished segments with their sizes, the one used longest ago first. */
  private final Map<Path, Long> used = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /**
   * @param root a folder that is used for nothing else
   * @param bytesMax bound of all finished segments
   */
  SegmentFiles(Path root, long bytesMax) throws IOException {
    this(root, bytesMax, Files::newOutputStream);
  }

  /** Opens files for writing. */
  @FunctionalInterface
  interface Disk {
    OutputStream open(Path file) throws IOException;
  }

  SegmentFiles(Path root, long bytesMax, Disk disk) throws IOException {
    this.root = root;
    this.bytesMax = bytesMax;
    this.disk = disk;
    removeTree(root);
    Files.createDirectories(root);
  }

  Path root() {
    return root;
  }

  /** Creates the file of a segment; it counts when it is finished. */
  OutputStream create(Path segment) throws IOException {
    Files.createDirectories(segment.getParent());
    return disk.open(unfinished(segment));
  }

  /** Removes the file of a segment that was created and will not be finished. */
  void removeUnfinished(Path segment) {
    try {
      Files.deleteIfExists(unfinished(segment));
    } catch (IOException e) {
      log.warn("{} cannot be removed: {}", unfinished(segment), e.getMessage());
    }
  }

  /** Makes a segment that was created the one of its name. */
  void finish(Path segment) throws IOException {
    long size = Files.size(unfinished(segment));
    Files.move(unfinished(segment), segment, StandardCopyOption.ATOMIC_MOVE);
    synchronized (this) {
      @Nullable Long before = used.put(segment, size);
      bytes += size - (before == null ? 0 : before);
      shrink(segment);
    }
  }

  /** Returns whether a finished segment is there, and notes that it is used. */
  synchronized boolean use(Path segment) {
    return used.get(segment) != null;
  }

  /** Returns whether a finished segment is there. */
  synchronized boolean has(Path segment) {
    return used.containsKey(segment);
  }

  /** Removes a folder with all its segments. */
  void removeAll(Path folder) {
    synchronized (this) {
      used.entrySet()
          .removeIf(entry -> {
            boolean inside = entry.getKey().startsWith(folder);
            bytes -= inside ? entry.getValue() : 0;
            return inside;
          });
    }
    removeTree(folder);
  }

  /** Returns the size of all finished segments, in bytes. */
  synchronized long bytes() {
    return bytes;
  }

  private void shrink(Path spared) throws IOException {
    var oldest = used.entrySet().iterator();
    while (bytes > bytesMax && oldest.hasNext()) {
      Map.Entry<Path, Long> entry = oldest.next();
      if (!entry.getKey().equals(spared)) {
        Files.deleteIfExists(entry.getKey());
        bytes -= entry.getValue();
        oldest.remove();
      }
    }
  }

  private static Path unfinished(Path segment) {
    return segment.resolveSibling(segment.getFileName() + ".part");
  }

  private static void removeTree(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("{} cannot be removed: {}", folder, e.getMessage());
    }
  }
}
