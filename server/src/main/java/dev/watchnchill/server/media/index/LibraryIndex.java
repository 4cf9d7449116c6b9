package dev.watchnchill.server.media.index;

import dev.watchnchill.server.wire.LibraryListing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The result of a scan; never changed, so that any thread may read it. */
public final class LibraryIndex {
  /** Most folders and films of a page. */
  static final int PAGE_MAX = 50;

  private final List<IndexedFolder> roots;
  private final Map<String, IndexedFolder> folders = new HashMap<>();
  private final Map<String, IndexedFilm> byId = new HashMap<>();

  /** All films, those of one folder and of the folders below it in a row. */
  private final List<IndexedFilm> films = new ArrayList<>();

  private final Map<String, Integer> firstFilm = new HashMap<>();

  LibraryIndex(List<IndexedFolder> roots) {
    this.roots = List.copyOf(roots);
    this.roots.forEach(this::add);
  }

  /** Returns the index of a library in which nothing was found yet. */
  public static LibraryIndex empty() {
    return new LibraryIndex(List.of());
  }

  private void add(IndexedFolder folder) {
    String id = folder.place().id();
    folders.put(id, folder);
    firstFilm.put(id, films.size());
    folder.folders().forEach(this::add);
    for (IndexedFilm film : folder.films()) {
      films.add(film);
      byId.put(film.id(), film);
    }
  }

  /** Returns the number of films. */
  public int size() {
    return films.size();
  }

  /** Returns the ids of all films. */
  public Set<String> ids() {
    return Collections.unmodifiableSet(byId.keySet());
  }

  /** Returns a film, or null when there is none of that id. */
  public @Nullable IndexedFilm film(String id) {
    return byId.get(id);
  }

  /**
   * Returns a page of what is in a folder (rule LB2), or null when there is no such folder.
   *
   * @param folderId null for the upmost folders
   * @param after the last folder or film of the page before; the first page when it is not there
   */
  public @Nullable LibraryListing list(
      @Nullable String folderId, @Nullable String after, LibraryListing.@Nullable Progress scan) {
    IndexedFolder folder = folderId == null ? onlyRoot() : folders.get(folderId);
    if (folder == null && folderId != null) {
      return null;
    }
    List<IndexedFolder> below =
        folder == null
            ? roots.stream().filter(root -> root.filmsWithin() > 0).toList()
            : folder.folders();
    List<IndexedFilm> within = folder == null ? List.of() : folder.films();
    List<String> ids =
        Stream.concat(
                below.stream().map(each -> each.place().id()), within.stream().map(IndexedFilm::id))
            .toList();
    int from = after == null ? 0 : ids.indexOf(after) + 1;
    int to = Math.min(ids.size(), from + PAGE_MAX);
    int folderCount = below.size();
    return new LibraryListing(
        below.subList(Math.min(from, folderCount), Math.min(to, folderCount)).stream()
            .map(LibraryIndex::shown)
            .toList(),
        within.subList(Math.max(0, from - folderCount), Math.max(0, to - folderCount)).stream()
            .map(this::shown)
            .toList(),
        ids.size(),
        to < ids.size(),
        scan);
  }

  /**
   * Returns a page of the films that have all words of a query (rule LB4), or null when there is no
   * such folder. Films whose words begin as those of the query come first. A year that a name does
   * not have only puts it behind.
   *
   * @param folderId null for all folders
   */
  public @Nullable LibraryListing search(
      @Nullable String folderId,
      String query,
      @Nullable String after,
      LibraryListing.@Nullable Progress scan) {
    List<IndexedFilm> within = films;
    if (folderId != null) {
      IndexedFolder folder = folders.get(folderId);
      Integer first = firstFilm.get(folderId);
      if (folder == null || first == null) {
        return null;
      }
      within = films.subList(first, first + folder.filmsWithin());
    }
    List<IndexedFilm> found = matches(within, FilmWords.ofQuery(query));
    int from = 0;
    for (int i = 0; after != null && i < found.size(); i++) {
      if (found.get(i).id().equals(after)) {
        from = i + 1;
        break;
      }
    }
    int to = Math.min(found.size(), from + PAGE_MAX);
    return new LibraryListing(
        List.of(),
        found.subList(from, to).stream().map(this::shown).toList(),
        found.size(),
        to < found.size(),
        scan);
  }

  private static List<IndexedFilm> matches(List<IndexedFilm> within, List<String> words) {
    List<String> years = words.stream().filter(FilmWords::isYear).toList();
    List<String> needed = words.stream().filter(word -> !FilmWords.isYear(word)).toList();
    if (needed.isEmpty()) {
      needed = years;
      years = List.of();
    }
    if (needed.isEmpty()) {
      return List.of();
    }
    long[] ranked = new long[within.size()];
    int count = 0;
    for (int i = 0; i < within.size(); i++) {
      int rank = rank(within.get(i).words(), needed, years);
      if (rank >= 0) {
        ranked[count++] = ((long) rank << Integer.SIZE) | i;
      }
    }
    Arrays.sort(ranked, 0, count);
    return Arrays.stream(ranked, 0, count).mapToObj(each -> within.get((int) each)).toList();
  }

  /** Returns how far a film is from a query, or -1 when it lacks a word. */
  private static int rank(String film, List<String> needed, List<String> years) {
    int rank = 0;
    for (String word : needed) {
      if (!film.contains(word)) {
        return -1;
      }
      rank += film.contains(" " + word) ? 0 : 1;
    }
    for (String year : years) {
      rank += film.contains(year) ? 0 : 1;
    }
    return rank;
  }

  private @Nullable IndexedFolder onlyRoot() {
    return roots.size() == 1 ? roots.getFirst() : null;
  }

  private static LibraryListing.Folder shown(IndexedFolder folder) {
    return new LibraryListing.Folder(
        folder.place().id(), folder.place().name(), folder.filmsWithin());
  }

  private LibraryListing.Film shown(IndexedFilm film) {
    FolderPlace place = film.place();
    boolean atTop = place.parent() == null && roots.size() == 1;
    return new LibraryListing.Film(
        film.id(),
        film.name(),
        atTop ? null : new LibraryListing.Place(place.id(), place.name()),
        film.size(),
        film.format().wireName());
  }
}
