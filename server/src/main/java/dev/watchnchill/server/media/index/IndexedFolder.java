package dev.watchnchill.server.media.index;

import java.util.List;

/**
 * A folder of the library with what is in it, in the order in which it is shown.
 *
 * @param folders those in it that have films
 * @param films those in the folder itself
 * @param filmsWithin number of films in it and in the folders below it
 */
record IndexedFolder(
    FolderPlace place, List<IndexedFolder> folders, List<IndexedFilm> films, int filmsWithin) {
  IndexedFolder {
    folders = List.copyOf(folders);
    films = List.copyOf(films);
  }
}
