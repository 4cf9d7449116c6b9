package dev.watchnchill.server.media.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders with files for tests of a library. */
public final class LibraryFolders {
  private LibraryFolders() {}

  /** Creates files, and the folders that they are in; each has as many bytes as its name. */
  public static void createFiles(Path root, String... names) {
    try {
      for (String name : names) {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name, StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all that is in it; links are deleted, and not followed. */
  public static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Runs a shell command in a folder, for files that Java cannot create. */
  public static void shell(Path folder, String command) {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (shell.waitFor() != 0) {
        throw new AssertionError(command + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns the films in a folder itself, at most a page of them. */
  public static List<IndexedFilm> films(Path root) {
    LibraryIndex index = scan(root);
    return Objects.requireNonNull(index.list(null, null, null)).films().stream()
        .map(film -> Objects.requireNonNull(index.film(film.mediaId())))
        .toList();
  }

  /** Returns the film of that name in a folder itself. */
  public static IndexedFilm film(Path root, String name) {
    return films(root).stream()
        .filter(film -> film.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no film " + name));
  }

  /** Scans folders. */
  static LibraryIndex scan(Path... roots) {
    return new LibraryScan(List.of(roots), new ScanProgress(), () -> false).run();
  }
}
