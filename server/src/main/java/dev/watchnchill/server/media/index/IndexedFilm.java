package dev.watchnchill.server.media.index;

import java.nio.file.Path;

/**
 * A film of the library.
 *
 * @param id under which clients know it
 * @param raw the name of its file as the system knows it
 * @param name as it is shown
 * @param words of its name and of the folders above it, each with a space before it
 * @param size in bytes, when it was scanned
 * @param modified when it had been changed last, ns since 1970
 */
public record IndexedFilm(
    String id,
    FolderPlace place,
    Path raw,
    String name,
    String words,
    long size,
    long modified,
    FilmFormat format) {
  /**
   * Returns its path on this machine, never to be sent. Links may have been made below it since.
   */
  public Path path() {
    return place.path().resolve(raw);
  }
}
