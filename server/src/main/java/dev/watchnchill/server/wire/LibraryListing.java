package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Set;
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

  /** Returns this page with some of its films marked as out of reach of viewers. */
  public LibraryListing withUnreachable(Set<String> mediaIds) {
    return mediaIds.isEmpty()
        ? this
        : new LibraryListing(
            folders,
            films.stream()
                .map(film -> mediaIds.contains(film.mediaId()) ? film.asUnreachable() : film)
                .toList(),
            total,
            more,
            scanning);
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
   * @param reachable false when viewers of the room are on servers without the film; else null
   */
  public record Film(
      String mediaId,
      String name,
      @Nullable Place folder,
      long size,
      String kind,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean reachable) {
    /** Creates a film that every viewer can get. */
    public Film(String mediaId, String name, @Nullable Place folder, long size, String kind) {
      this(mediaId, name, folder, size, kind, null);
    }

    /** Returns this film as one that viewers of the room cannot get. */
    public Film asUnreachable() {
      return new Film(mediaId, name, folder, size, kind, false);
    }
  }

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
