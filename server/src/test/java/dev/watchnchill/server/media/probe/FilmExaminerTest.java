package dev.watchnchill.server.media.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.tool.FilmTools;
import dev.watchnchill.server.media.tool.ToolInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of examined films, also over restarts (rule LB10). */
final class FilmExaminerTest {
  private static final String JSON =
      "echo '{\"format\":{\"format_name\":\"avi\",\"duration\":\"7\"},\"streams\":[]}'";
  private static final String FILM = "a.mp4";

  @TempDir Path films;
  @TempDir Path work;
  @TempDir Path kept;

  private final AtomicLong nowMs = new AtomicLong(1_000);

  @BeforeEach
  void createFilm() {
    LibraryFolders.createFiles(films, FILM);
  }

  private FilmExaminer examiner(String program) throws IOException {
    Path script = work.resolve("program");
    Files.writeString(script, "#!/bin/sh\n" + program + "\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return new FilmExaminer(
        new FilmTools(null, script, null), new ToolInputs(work), kept, nowMs::get);
  }

  private IndexedFilm film() {
    return LibraryFolders.film(films, FILM);
  }

  private static Examination now(FilmExaminer examiner, IndexedFilm film) {
    return examiner.examine(film).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static void assertRead(FilmExaminer examiner, IndexedFilm film, int probes) {
    assertThat(now(examiner, film)).isInstanceOf(Examination.Known.class);
    assertThat(examiner.probes()).isEqualTo(probes);
  }

  @Test
  void LB10_film_is_examined_once_until_it_changes() throws IOException {
    try (FilmExaminer examiner = examiner(JSON)) {
      assertRead(examiner, film(), 1);
      assertRead(examiner, film(), 1);
      Files.writeString(films.resolve(FILM), "other", StandardOpenOption.APPEND);
      assertRead(examiner, film(), 2);
    }
  }

  @Test
  void LB10_many_who_ask_wait_for_one_examination() throws IOException {
    try (FilmExaminer examiner = examiner(JSON)) {
      IndexedFilm film = film();
      List<CompletableFuture<Examination>> all =
          Stream.generate(() -> examiner.examine(film)).limit(100).toList();
      all.forEach(each ->
          assertThat(each.orTimeout(20, TimeUnit.SECONDS).join())
              .isInstanceOf(Examination.Known.class));
      assertThat(examiner.probes()).isEqualTo(1);
    }
  }

  @Test
  void LB10_one_who_gives_up_takes_nothing_from_the_others() throws IOException {
    try (FilmExaminer examiner = examiner(JSON)) {
      CompletableFuture<Examination> impatient = examiner.examine(film());
      impatient.complete(new Examination.Unknown());
      assertRead(examiner, film(), 1);
    }
  }

  @Test
  void LB10_restart_examines_nothing_again() throws IOException {
    try (FilmExaminer examiner = examiner(JSON)) {
      assertRead(examiner, film(), 1);
    }
    try (FilmExaminer examiner = examiner("exit 1")) {
      assertRead(examiner, film(), 0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"watchnchill\":\"films\",\"version\":2}\n",
        "{\"watchnchill\":\"films\",\"version\":1}\n{\"id\":7}\n",
        "{\"watchnchill\":\"films\",\"version\":1}\nnonsense",
        "{\"watchnchill\":\"films\",\"version\":1}\n{\"id\":\"x\",\"size\":1e99,\"modified\":1}\n",
        "\u0000\u0001\u0002"
      })
  void LB10_file_of_another_version_or_a_broken_one_is_replaced(String content) throws IOException {
    Path file = kept.resolve("films.jsonl");
    Files.writeString(file, content);
    try (FilmExaminer examiner = examiner(JSON)) {
      assertRead(examiner, film(), 1);
    }
    assertThat(Files.readAllLines(file))
        .hasSize(2)
        .startsWith("{\"watchnchill\":\"films\",\"version\":1}");
    try (FilmExaminer examiner = examiner(JSON)) {
      assertRead(examiner, film(), 0);
    }
  }

  @Test
  void LB10_what_stands_before_a_damage_is_kept() throws IOException {
    try (FilmExaminer examiner = examiner(JSON)) {
      assertRead(examiner, film(), 1);
    }
    Files.writeString(kept.resolve("films.jsonl"), "{\"id\":\"cut", StandardOpenOption.APPEND);
    try (FilmExaminer examiner = examiner(JSON)) {
      assertRead(examiner, film(), 0);
    }
    assertThat(Files.readAllLines(kept.resolve("films.jsonl"))).hasSize(2);
  }

  @Test
  void LB10_unreadable_film_is_examined_again_after_a_minute() throws IOException {
    try (FilmExaminer examiner = examiner("exit 1")) {
      assertThat(now(examiner, film())).isInstanceOf(Examination.Unreadable.class);
      assertThat(now(examiner, film())).isInstanceOf(Examination.Unreadable.class);
      assertThat(examiner.probes()).isEqualTo(1);
      nowMs.addAndGet(60_001);
      assertThat(now(examiner, film())).isInstanceOf(Examination.Unreadable.class);
      assertThat(examiner.probes()).isEqualTo(2);
      assertThat(examiner.failures()).isEqualTo(2);
    }
  }

  @Test
  void LB10_requests_beyond_a_bound_are_not_known() throws IOException {
    try (FilmExaminer examiner = examiner("sleep 600")) {
      var all = new ArrayList<CompletableFuture<Examination>>();
      IndexedFilm film = film();
      for (int i = 0; i < 300; i++) {
        all.add(
            examiner.examine(
                new IndexedFilm(
                    "film-" + i,
                    film.place(),
                    film.raw(),
                    film.name(),
                    film.words(),
                    film.size(),
                    film.modified(),
                    film.format())));
      }
      assertThat(all.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
          .hasSizeBetween(90, 110)
          .allMatch(each -> each instanceof Examination.Unknown);
    }
    // What still ran was killed.
    await()
        .untilAsserted(() -> {
          try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            assertThat(children.filter(ProcessHandle::isAlive)).isEmpty();
          }
        });
  }

  @Test
  void LB10_server_without_ffprobe_says_so() {
    try (var examiner = new FilmExaminer(FilmTools.NONE, new ToolInputs(work), kept, nowMs::get)) {
      assertThat(now(examiner, film())).isInstanceOf(Examination.NoProgram.class);
    }
    assertThat(PlayDecision.ofName("A.MP4")).isEqualTo(PlayDecision.DIRECT);
    assertThat(PlayDecision.ofName("a.mkv"))
        .isEqualTo(PlayDecision.no(PlayDecision.Reason.NO_FFMPEG));
    assertThat(kept).isEmptyDirectory();
  }
}
