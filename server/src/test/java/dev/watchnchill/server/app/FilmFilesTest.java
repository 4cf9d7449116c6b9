package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.http.FilmRoute;
import dev.watchnchill.server.http.FilmRoute.Opening;
import dev.watchnchill.server.http.FilmRoute.Rejected;
import dev.watchnchill.server.media.FilmDetails;
import dev.watchnchill.server.media.FilmLinks;
import dev.watchnchill.server.media.FilmLinks.Pass;
import dev.watchnchill.server.media.FilmLinks.Purpose;
import dev.watchnchill.server.media.LocalLibrary;
import dev.watchnchill.server.media.MediaCache;
import dev.watchnchill.server.media.StreamAnswer;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.probe.MadeFilms;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.port.FilmLibrary.Membership;
import dev.watchnchill.server.wire.FilmInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for what belongs to films, and the answers of a conversion (rules LB11 to LB13). */
final class FilmFilesTest {
  private static final RoomId ROOM = new RoomId("ABC123");
  private static final UserId ANN = new UserId(new UUID(1, 2));
  @TempDir Path films;
  @TempDir Path temporary;

  private final AtomicLong nowMs = new AtomicLong(1_800_000_000_000L);
  private final FilmLinks links = new FilmLinks(new byte[16]);
  private final List<String> asked = new ArrayList<>();
  private Supplier<CompletableFuture<StreamAnswer>> answer =
      () -> CompletableFuture.completedFuture(new StreamAnswer.NotFound());
  private Membership membership = Membership.MEMBER;
  private LocalLibrary library;
  private FilmFiles files;

  @BeforeEach
  void open() {
    MadeFilms.film(films, "convert.mkv", MadeFilms.H264 + "-c:a ac3");
    MadeFilms.film(films, "direct.mp4", MadeFilms.H264 + "-c:a aac");
    var details =
        new FilmDetails(
            MadeFilms.TOOLS,
            MediaCache.temporary(temporary, nowMs::get),
            (film, streams, rest) -> {
              asked.add(film.name() + " " + rest);
              return answer.get();
            },
            links,
            "/media/",
            nowMs::get);
    library = new LocalLibrary(List.of(films), nowMs::get, LocalLibrary.Pace.DEFAULT, details);
    files =
        new FilmFiles(
            library, links, (_, _) -> CompletableFuture.completedFuture(membership), nowMs::get);
    await().untilAsserted(() -> assertThat(library.films()).isEqualTo(2));
  }

  @AfterEach
  void close() {
    files.close();
    library.close();
  }

  private String token(String name) {
    return links.token(
        new Pass(
            Purpose.FILM, nowMs.get() + 1_000, ROOM, ANN, LibraryFolders.film(films, name).id()));
  }

  private Opening open(String path) {
    return files.open(path).orTimeout(30, TimeUnit.SECONDS).join();
  }

  private Opening part(String rest) {
    return open(token("convert.mkv") + "/" + rest);
  }

  private FilmLibrary.Link link(String name) {
    return (FilmLibrary.Link)
        library
            .link(ROOM, ANN, LibraryFolders.film(films, name).id())
            .orTimeout(30, TimeUnit.SECONDS)
            .join();
  }

  @Test
  void LB11_form_of_the_link_follows_the_decision() {
    await()
        .ignoreException(ClassCastException.class)
        .untilAsserted(() -> {
          assertThat(link("convert.mkv").converted()).isTrue();
          assertThat(link("direct.mp4").converted()).isFalse();
        });
    assertThat(link("convert.mkv").url()).matches("/media/[A-Za-z0-9_-]{106}/index\\.m3u8");
    assertThat(link("direct.mp4").url()).matches("/media/[A-Za-z0-9_-]{106}");
    assertThat(link("direct.mp4").url()).isEqualTo(link("direct.mp4").url());
  }

  @Test
  void LB14_text_inside_of_a_film_is_sent_as_WebVTT() throws IOException {
    MadeFilms.withTracks(films, "direct.mp4.mkv");
    LibraryFolders.createFiles(films, "direct.mp4.de.srt");
    await().untilAsserted(() -> assertThat(library.films()).isEqualTo(3));
    await()
        .ignoreException(ClassCastException.class)
        .untilAsserted(() -> assertThat(link("direct.mp4.mkv").subtitles()).hasSize(3));
    List<FilmInfo.Linked> linked = link("direct.mp4.mkv").subtitles();
    assertThat(linked)
        .extracting(FilmInfo.Linked::label)
        .containsExactly("English", "Signs", "German");
    for (int i = 0; i < 2; i++) {
      var text = (FilmRoute.Film) open(linked.get(i).url().substring("/media/".length()));
      assertThat(text.contentType()).isEqualTo("text/vtt; charset=utf-8");
      assertThat(read(text)).startsWith("WEBVTT").contains("00:00.5").contains("Hello");
    }
    var beside = (FilmRoute.Film) open(linked.get(2).url().substring("/media/".length()));
    assertThat(beside.contentType()).isEqualTo("text/plain");
    assertThat(read(beside)).isEqualTo("direct.mp4.de.srt");
    assertThat(files.openFiles()).isZero();
  }

  private static String read(FilmRoute.Film film) throws IOException {
    try {
      var bytes = ByteBuffer.allocate((int) film.size());
      film.channel().read(bytes, 0);
      return new String(bytes.array(), StandardCharsets.UTF_8);
    } finally {
      film.close();
    }
  }

  @Test
  void LB11_answers_of_a_conversion_are_sent() throws IOException {
    byte[] text = {1, 2, 3};
    answer = () -> CompletableFuture.completedFuture(new StreamAnswer.Text("a/b", text));
    assertThat(part("index.m3u8")).isEqualTo(new FilmRoute.Body("a/b", text));
    assertThat(asked).containsExactly("convert.mkv index.m3u8");
    Path piece = Files.writeString(temporary.resolve("1.m4s"), "piece");
    answer = () -> CompletableFuture.completedFuture(new StreamAnswer.FileBody(piece, "c/d"));
    var file = (FilmRoute.Film) part("video/1.m4s");
    assertThat(file.size()).isEqualTo(5);
    assertThat(file.contentType()).isEqualTo("c/d");
    file.close();
    assertThat(files.openFiles()).isZero();
    Files.delete(piece);
    assertThat(part("video/1.m4s")).isEqualTo(Rejected.GONE);
    answer = () -> CompletableFuture.completedFuture(new StreamAnswer.Busy(7));
    assertThat(part("video/1.m4s")).isEqualTo(new FilmRoute.Later(7));
    answer = () -> CompletableFuture.completedFuture(new StreamAnswer.NotFound());
    assertThat(part("video/1.m4s")).isEqualTo(Rejected.GONE);
    answer = () -> CompletableFuture.completedFuture(new StreamAnswer.Failed("no disk"));
    assertThat(part("video/1.m4s")).isEqualTo(Rejected.FAILED);
    answer = () -> CompletableFuture.failedFuture(new IOException("no disk"));
    assertThat(part("video/1.m4s")).isEqualTo(Rejected.FAILED);
  }

  @Test
  void LB11_conversion_is_asked_for_films_to_convert_and_sane_paths_alone() {
    assertThat(open(token("direct.mp4") + "/index.m3u8")).isEqualTo(Rejected.GONE);
    for (String rest : List.of("", "a b", "%2e%2e/x", "a\\b", "é", "x".repeat(101), "a?b")) {
      assertThat(part(rest)).as(rest).isEqualTo(Rejected.GONE);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void LB11_each_part_needs_a_member_and_a_valid_link() {
    String path = token("convert.mkv") + "/index.m3u8";
    membership = Membership.STRANGER;
    assertThat(open(path)).isEqualTo(Rejected.VOID);
    membership = Membership.UNKNOWN;
    assertThat(open(path)).isEqualTo(Rejected.BUSY);
    membership = Membership.MEMBER;
    nowMs.addAndGet(2_000);
    assertThat(open(path)).isEqualTo(Rejected.VOID);
    assertThat(asked).isEmpty();
  }

  @Test
  void LB13_poster_has_a_link_of_its_own() {
    String id = LibraryFolders.film(films, "direct.mp4").id();
    String poster = links.token(new Pass(Purpose.POSTER, nowMs.get() + 1_000, ROOM, ANN, id));
    var picture = (FilmRoute.Film) open("poster/" + poster);
    assertThat(picture.contentType()).isEqualTo("image/jpeg");
    assertThat(picture.cacheControl()).isEqualTo("private, max-age=86400");
    assertThat(picture.size()).isPositive();
    picture.close();
    assertThat(open(poster)).as("no film").isEqualTo(Rejected.VOID);
    assertThat(open("poster/" + token("direct.mp4"))).isEqualTo(Rejected.VOID);
    membership = Membership.STRANGER;
    assertThat(open("poster/" + poster)).isEqualTo(Rejected.VOID);
  }
}
