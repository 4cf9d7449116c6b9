package dev.watchnchill.server.media.index;

import static dev.watchnchill.server.media.index.LibraryFolders.createFiles;
import static dev.watchnchill.server.media.index.LibraryFolders.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.wire.LibraryListing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browsing and searching of a library (rules LB2, LB4). */
final class LibraryIndexTest {
  @TempDir Path dir;

  private static List<String> names(LibraryListing page) {
    return page.films().stream().map(LibraryListing.Film::name).toList();
  }

  private static List<String> search(LibraryIndex index, String query) {
    return names(Objects.requireNonNull(index.search(null, query, null, null)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Runner blade",
        "blade.runner",
        "BLADE  runner 1982",
        "Blade Runner 1981",
        "bláde rünner",
        "blad run",
        "runner_blade 1080P",
        "classics blade"
      })
  void LB4_film_is_found_by_a_forgiving_query(String query) {
    createFiles(dir, "Classics/blade.runner.1982.1080p.mkv", "Classics/Alien (1979).mp4");
    assertThat(search(scan(dir), query)).containsExactly("blade.runner.1982.1080p.mkv");
  }

  @Test
  void LB4_all_words_but_years_are_needed() {
    createFiles(dir, "Alien (1979).mp4", "Aliens (1986).mp4", "1984.mp4");
    LibraryIndex index = scan(dir);
    assertThat(search(index, "alien blade")).isEmpty();
    assertThat(search(index, "alien 1986"))
        .containsExactly("Aliens (1986).mp4", "Alien (1979).mp4");
    assertThat(search(index, "1984")).containsExactly("1984.mp4");
    assertThat(search(index, "...")).isEmpty();
  }

  @Test
  void LB4_beginnings_of_words_come_before_parts_of_words() {
    createFiles(dir, "a pheart.mp4", "b heart.mp4");
    assertThat(search(scan(dir), "hear")).containsExactly("b heart.mp4", "a pheart.mp4");
  }

  @Test
  void LB4_search_may_stay_within_a_folder() {
    createFiles(dir, "a/film.mp4", "a/deep/film 2.mp4", "b/film.mp4");
    LibraryIndex index = scan(dir);
    LibraryListing top = Objects.requireNonNull(index.list(null, null, null));
    String a = top.folders().getFirst().folderId();
    LibraryListing found = Objects.requireNonNull(index.search(a, "film", null, null));
    assertThat(names(found)).containsExactlyInAnyOrder("film.mp4", "film 2.mp4");
    assertThat(index.search("A".repeat(22), "film", null, null)).isNull();
  }

  @Test
  void LB2_folders_are_browsed_and_those_without_films_are_left_out() {
    createFiles(
        dir, "Series/Season 10/e1.mkv", "Series/Season 2/e1.mkv", "Texts/a.txt", "film.mp4");
    LibraryIndex index = scan(dir);
    LibraryListing top = Objects.requireNonNull(index.list(null, null, null));
    assertThat(top.folders()).extracting(LibraryListing.Folder::name).containsExactly("Series");
    assertThat(top.folders().getFirst().films()).isEqualTo(2);
    assertThat(top.films().getFirst().folder()).isNull();
    assertThat(top.total()).isEqualTo(2);
    String series = top.folders().getFirst().folderId();
    LibraryListing within = Objects.requireNonNull(index.list(series, null, null));
    assertThat(within.folders())
        .extracting(LibraryListing.Folder::name)
        .containsExactly("Season 2", "Season 10");
    String season = within.folders().getFirst().folderId();
    LibraryListing films = Objects.requireNonNull(index.list(season, null, null));
    assertThat(films.films().getFirst().folder())
        .isEqualTo(new LibraryListing.Place(season, "Season 2"));
    assertThat(index.list("A".repeat(22), null, null)).isNull();
  }

  @Test
  void LB2_several_directories_are_the_upmost_folders() {
    createFiles(dir, "films/a.mp4", "music/b.mp3", "empty/c.txt");
    LibraryIndex index = scan(dir.resolve("films"), dir.resolve("music"), dir.resolve("empty"));
    LibraryListing top = Objects.requireNonNull(index.list(null, null, null));
    assertThat(top.folders())
        .extracting(LibraryListing.Folder::name)
        .containsExactly("films", "music");
    assertThat(top.films()).isEmpty();
  }

  @Test
  void LB2_pages_are_bounded_and_together_are_the_whole() {
    IntStream.range(0, 70).forEach(i -> createFiles(dir, "d" + i + "/x.mp4"));
    IntStream.range(0, 60).forEach(i -> createFiles(dir, "f" + i + ".mp4"));
    LibraryIndex index = scan(dir);
    var ids = new ArrayList<String>();
    LibraryListing page;
    do {
      String after = ids.isEmpty() ? null : ids.getLast();
      page = Objects.requireNonNull(index.list(null, after, null));
      assertThat(page.total()).isEqualTo(130);
      assertThat(page.folders().size() + page.films().size()).isBetween(1, LibraryIndex.PAGE_MAX);
      page.folders().forEach(folder -> ids.add(folder.folderId()));
      page.films().forEach(film -> ids.add(film.mediaId()));
    } while (page.more());
    assertThat(ids).hasSize(130).doesNotHaveDuplicates();
    LibraryListing first = Objects.requireNonNull(index.search(null, "mp4", null, null));
    LibraryListing next =
        Objects.requireNonNull(index.search(null, "mp4", first.films().getLast().mediaId(), null));
    assertThat(first.more()).isTrue();
    assertThat(next.films()).doesNotContainAnyElementsOf(first.films());
  }

  @Test
  void LB2_unknown_last_entry_begins_with_the_first_page() {
    createFiles(dir, "a.mp4");
    assertThat(names(Objects.requireNonNull(scan(dir).list(null, "A".repeat(22), null))))
        .containsExactly("a.mp4");
  }
}
