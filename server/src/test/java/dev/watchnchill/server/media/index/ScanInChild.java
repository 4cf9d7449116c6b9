package dev.watchnchill.server.media.index;

import dev.watchnchill.server.wire.LibraryListing;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;

/** A process of its own that scans a folder, to have another locale. */
final class ScanInChild {
  private ScanInChild() {}

  /** Prints how the process decodes names, and what it finds, in UTF-8. */
  public static void main(String[] args) {
    byte[] text =
        (System.getProperty("sun.jnu.encoding") + "\n" + lines(Path.of(args[0])))
            .getBytes(StandardCharsets.UTF_8);
    System.out.write(text, 0, text.length);
    System.out.flush();
  }

  static String lines(Path dir) {
    return Objects.requireNonNull(
            LibraryFolders.scan(dir).search(null, "ete cafe", null, null),
            "the whole library can be searched")
        .films()
        .stream()
        .map(LibraryListing.Film::toString)
        .collect(Collectors.joining("\n"));
  }
}
