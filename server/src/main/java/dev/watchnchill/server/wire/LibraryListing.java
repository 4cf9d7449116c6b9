package dev.watchnchill.server.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the media library (rules LB1, LB2).
 *
 * @param folders those of the page, which come before all films
 * @param films those of the page
 * @param total number of folders and films of all pages
 * @param more whether another page follows
 * @param scanning the progress of the scan that is under way, or null
 */
public record LibraryListing(
    List<Folder> folders, List<Film> films, int total, boolean more, @Nullable Progress scanning) {

  /** Copies the lists. */
  public LibraryListing {
    folders = List.copyOf(folders);
    films = List.copyOf(films);
  }

  /**
   * A folder.
   *
   * @param films number of films in it and in the folders below it
   */
  public record Folder(String folderId, String name, int films) {}

  /**
   * A film.
   *
   * @param folder its folder, or null when it is in the only DIR itself
   * @param size in bytes
   * @param kind {@code video} or {@code audio}
   */
  public record Film(String mediaId, String name, @Nullable Place folder, long size, String kind) {}

  /** The folder that a film is in. */
  public record Place(String folderId, String name) {}

  /**
   * The progress of a scan.
   *
   * @param done files and folders that were looked at
   * @param found films among them
   */
  public record Progress(int done, int found) {}
}
