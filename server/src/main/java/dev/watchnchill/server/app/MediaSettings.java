package dev.watchnchill.server.app;

import dev.watchnchill.server.media.FilmLinks;
import dev.watchnchill.server.media.LocalLibrary;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The choice of folders whose films members may find (rule LB5).
 *
 * @param directories absolute, none inside of another; none for a server without a library
 */
record MediaSettings(List<Path> directories) {
  private static final int DIRECTORIES_MAX = 32;

  MediaSettings {
    directories = List.copyOf(directories);
  }

  /**
   * Reads a list of folders, separated as in PATH.
   *
   * @throws IllegalArgumentException with a message for the operator when one of them is no folder
   *     that can be read
   */
  static MediaSettings of(String list) {
    var found = new ArrayList<Path>();
    for (String text : list.split(File.pathSeparator, -1)) {
      if (!text.isBlank()) {
        found.add(directory(text.strip()));
      }
    }
    require(
        found.size() <= DIRECTORIES_MAX,
        "more than %d folders are given".formatted(DIRECTORIES_MAX));
    for (int i = 0; i < found.size(); i++) {
      for (int j = 0; j < found.size(); j++) {
        require(
            i == j || !found.get(i).startsWith(found.get(j)),
            "'%s' is inside of '%s', or the same".formatted(found.get(i), found.get(j)));
      }
    }
    return new MediaSettings(found);
  }

  private static Path directory(String text) {
    Path path;
    try {
      path = Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException _) {
      throw new IllegalArgumentException(message("a path has a character that no path may have"));
    }
    require(
        Files.isDirectory(path) && Files.isReadable(path) && Files.isExecutable(path),
        "'" + text + "' is not a folder that can be read");
    return path;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(message(problem));
    }
  }

  private static String message(String problem) {
    return "the media library (--media, MEDIA_DIR): " + problem.replaceAll("\\p{Cntrl}", "?");
  }

  /** Returns the library, which begins to read its folders, or null without one. */
  @Nullable LocalLibrary open(LongSupplier nowMs, FilmLinks links, String basePath) {
    return directories.isEmpty()
        ? null
        : new LocalLibrary(
            directories, nowMs, LocalLibrary.Pace.DEFAULT, links, basePath + "/media/");
  }
}
