package dev.watchnchill.server.media.index;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One scan of all DIRs of a library (rule LB3).
 *
 * <p>Each folder is opened from the one above it, without following links ({@code openat} with
 * {@code O_NOFOLLOW}). So no scan leaves a DIR, whatever is moved meanwhile, and there are no
 * cycles.
 */
public final class LibraryScan {
  /** Folders below each other. One file descriptor is open for each. */
  static final int DEPTH_MAX = 32;

  private static final int FILMS_MAX = 100_000;
  private static final int FOLDERS_MAX = 20_000;

  private final List<Path> roots;
  private final ScanProgress progress;
  private final BooleanSupplier stopped;
  private final int filmsMax;
  private int films;
  private int folders;
  private int failures;
  private int rootFailures;
  private final List<Path> toWatch = new ArrayList<>();

  /**
   * @param roots the DIRs
   * @param stopped whether the scan is to end early
   */
  public LibraryScan(List<Path> roots, ScanProgress progress, BooleanSupplier stopped) {
    this(roots, progress, stopped, FILMS_MAX);
  }

  LibraryScan(List<Path> roots, ScanProgress progress, BooleanSupplier stopped, int filmsMax) {
    this.roots = List.copyOf(roots);
    this.progress = progress;
    this.stopped = stopped;
    this.filmsMax = filmsMax;
  }

  /** Reads all folders; returns what was found, also when some cannot be read. */
  public LibraryIndex run() {
    var found = new ArrayList<IndexedFolder>();
    for (int root = 0; root < roots.size(); root++) {
      FolderPlace place = FolderPlace.ofRoot(root, roots.get(root));
      IndexedFolder folder = null;
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(roots.get(root))) {
        folder = read(secure(stream), place, 0);
      } catch (IOException | SecurityException _) {
        failures++;
        rootFailures++;
      }
      found.add(folder == null ? new IndexedFolder(place, List.of(), List.of(), 0) : folder);
    }
    return new LibraryIndex(found);
  }

  /** Returns how many folders and files could not be read, or were beyond a bound. */
  public int failures() {
    return failures;
  }

  /** Returns the paths of the folders that were read, bounded in number. */
  public List<Path> toWatch() {
    return List.copyOf(toWatch);
  }

  /** Returns how many DIRs could not be read. */
  public int rootFailures() {
    return rootFailures;
  }

  /**
   * Returns a folder that opens others from itself.
   *
   * @throws IOException on a system that has no such folders
   */
  public static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder)
      throws IOException {
    if (folder instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    throw new IOException("this system cannot open files without following links");
  }

  private IndexedFolder read(SecureDirectoryStream<Path> folder, FolderPlace place, int depth) {
    if (toWatch.size() <= FolderWatch.FOLDERS_MAX) {
      toWatch.add(place.path());
    }
    var foldersIn = new ArrayList<EntryName>();
    var filmsIn = new ArrayList<Map.Entry<String, IndexedFilm>>();
    try {
      for (Path entry : folder) {
        if (stopped.getAsBoolean()) {
          break;
        }
        look(folder, place, EntryName.of(entry), foldersIn, filmsIn);
      }
    } catch (DirectoryIteratorException _) {
      failures++;
    }
    var read = new ArrayList<Map.Entry<String, IndexedFolder>>();
    int within = filmsIn.size();
    for (EntryName each : foldersIn) {
      IndexedFolder below = stopped.getAsBoolean() ? null : open(folder, place, each, depth + 1);
      if (below != null && below.filmsWithin() > 0) {
        read.add(Map.entry(FilmWords.sortKey(below.place().name()), below));
        within += below.filmsWithin();
      }
    }
    return new IndexedFolder(
        place,
        sorted(read, Comparator.comparing(each -> each.place().id())),
        sorted(filmsIn, Comparator.comparing(IndexedFilm::id)),
        within);
  }

  private static <T> List<T> sorted(List<Map.Entry<String, T>> byKey, Comparator<T> otherwise) {
    Comparator<Map.Entry<String, T>> order = Map.Entry.comparingByKey();
    return byKey.stream()
        .sorted(order.thenComparing(Map.Entry::getValue, otherwise))
        .map(Map.Entry::getValue)
        .toList();
  }

  private void look(
      SecureDirectoryStream<Path> folder,
      FolderPlace place,
      EntryName entry,
      List<EntryName> foldersIn,
      List<Map.Entry<String, IndexedFilm>> filmsIn) {
    if (entry.hidden()) {
      return;
    }
    progress.look();
    String shown = entry.shown();
    if (shown.isEmpty()) {
      return;
    }
    try {
      BasicFileAttributes attributes = attributes(folder, entry.raw());
      FilmFormat format = FilmFormat.of(entry.text());
      if (attributes.isDirectory()) {
        if (folders >= FOLDERS_MAX) {
          failures++;
        } else {
          folders++;
          foldersIn.add(entry);
        }
      } else if (attributes.isRegularFile() && format != null) {
        if (films >= filmsMax) {
          failures++;
          return;
        }
        films++;
        progress.find();
        var film =
            new IndexedFilm(
                place.filmId(entry),
                place,
                entry.raw(),
                shown,
                place.words() + FilmWords.of(shown),
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                format);
        filmsIn.add(Map.entry(FilmWords.sortKey(shown), film));
      }
    } catch (IOException | SecurityException _) {
      failures++; // it may be gone already
    }
  }

  private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    return folder
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes();
  }

  private @Nullable IndexedFolder open(
      SecureDirectoryStream<Path> folder, FolderPlace place, EntryName entry, int depth) {
    if (depth > DEPTH_MAX) {
      failures++;
      return null;
    }
    try (SecureDirectoryStream<Path> within =
        folder.newDirectoryStream(entry.raw(), LinkOption.NOFOLLOW_LINKS)) {
      return read(within, place.folder(entry, entry.shown()), depth);
    } catch (IOException | SecurityException _) {
      failures++;
      return null;
    }
  }
}
