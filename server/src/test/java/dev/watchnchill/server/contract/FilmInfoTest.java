package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.media.index.LibraryFolders;
import dev.watchnchill.server.media.probe.MadeFilms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The descriptions of films for clients, and links to what belongs to them (rules LB10, LB11, LB13,
 * LB14).
 */
final class FilmInfoTest extends ContractTest {
  private static final Path DIR = films();

  FilmInfoTest() {
    super("MEDIA_DIR", DIR.toString());
  }

  private static Path films() {
    try {
      Path dir = Files.createTempDirectory("films");
      MadeFilms.withTracks(dir, "tracks.mkv");
      MadeFilms.film(dir, "film.mp4", MadeFilms.H264 + "-c:a aac");
      LibraryFolders.createFiles(dir, "film.de.forced.srt", "text.mkv");
      MadeFilms.sound(dir, "song.mp3", "-c:a libmp3lame");
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void removeFilms() throws IOException {
    LibraryFolders.delete(DIR);
  }

  private static TestClient scanned(TestClient ann) {
    await()
        .untilAsserted(() ->
            assertThat(ann.must("get-library", ann.here()).get("scanning").isNull()).isTrue());
    return ann.forget();
  }

  private TestClient room() {
    return scanned(extended().create("Ann"));
  }

  private static String id(TestClient host, String name) {
    for (JsonNode film : host.must("get-library", host.here()).get("films")) {
      if (text(film, "name").equals(name)) {
        return text(film, "mediaId");
      }
    }
    throw new AssertionError("no film " + name);
  }

  private static JsonNode infos(TestClient client, List<String> ids) {
    return client.must("get-film-info", client.here("mediaIds", ids));
  }

  private static JsonNode info(TestClient client, String mediaId) {
    await()
        .untilAsserted(() -> assertThat(infos(client, List.of(mediaId)).get("films")).hasSize(1));
    return infos(client, List.of(mediaId)).get("films").get(0);
  }

  private static void show(TestClient host, String mediaId) {
    host.must("set-video", host.here("videoUrl", "library:" + mediaId));
  }

  private static JsonNode link(TestClient client, int item) {
    return client.call("get-media-link", client.here("item", item));
  }

  private static JsonNode linkToShown(TestClient host) {
    int item = host.take("timeline").get("item").intValue();
    host.forget();
    await()
        .untilAsserted(() ->
            assertThat(link(host, item).path("code").asString("")).isNotEqualTo("unavailable"));
    return link(host, item);
  }

  @Test
  void LB10_host_learns_what_is_in_a_film() {
    TestClient ann = room();
    JsonNode film = info(ann, id(ann, "tracks.mkv"));
    assertThat(film.get("duration").doubleValue()).isBetween(1.9, 2.2);
    assertThat(film.get("width").intValue()).isEqualTo(160);
    assertThat(film.get("height").intValue()).isEqualTo(120);
    assertThat(text(film, "video")).isEqualTo("h264");
    assertThat(texts(film.get("audio"), "codec")).containsExactly("aac", "ac3");
    assertThat(texts(film.get("audio"), "label")).containsExactly("German", "Director");
    assertThat(texts(film.get("subtitles"), "format")).containsExactly("srt", "ass");
    assertThat(texts(film.get("subtitles"), "language")).containsExactly("en", "fr");
    assertThat(film.toString()).doesNotContain(DIR.toString());
    JsonNode direct = info(ann, id(ann, "film.mp4"));
    assertThat(text(direct, "play")).isEqualTo("direct");
    assertThat(direct.get("reason").isNull()).isTrue();
    assertThat(texts(direct.get("subtitles"), "label")).containsExactly("German (forced)");
    JsonNode broken = info(ann, id(ann, "text.mkv"));
    assertThat(text(broken, "play")).isEqualTo("no");
    assertThat(text(broken, "reason")).isEqualTo("unreadable");
    assertThat(broken.get("poster").isNull()).isTrue();
    JsonNode song = info(ann, id(ann, "song.mp3"));
    assertThat(text(song, "play")).isEqualTo("direct");
    assertThat(song.get("video").isNull()).isTrue();
    assertThat(song.get("poster").isNull()).isTrue();
    JsonNode none = infos(ann, List.of("A".repeat(22)));
    assertThat(none.get("films")).isEmpty();
    assertThat(none.get("pending")).isEmpty();
  }

  @Test
  void LB10_guest_learns_of_films_of_the_room_alone() {
    TestClient ann = room();
    String shown = id(ann, "film.mp4");
    String queued = id(ann, "song.mp3");
    String other = id(ann, "tracks.mkv");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    bob.forget();
    assertThat(infos(bob, List.of(shown, queued, other)).get("films")).isEmpty();
    show(ann, shown);
    ann.must("queue-add", ann.here("videoUrl", "library:" + queued));
    info(bob, shown);
    info(bob, queued);
    info(ann, other);
    JsonNode all = infos(bob, List.of(other, shown, queued));
    assertThat(texts(all.get("films"), "mediaId")).containsExactly(shown, queued);
    assertThat(all.get("pending")).isEmpty();
    ann.must("set-settings", ann.here("queue", "everyone"));
    bob.take("settings-changed");
    assertThat(infos(bob, List.of(other)).get("films")).hasSize(1);
    TestClient eve = extended();
    refused(
        eve,
        eve.call("get-film-info", ann.here("mediaIds", List.of(shown))),
        "error",
        "not_authenticated",
        "Not authenticated");
  }

  @Test
  void LB11_link_is_renewed_and_leads_to_the_file_and_its_subtitles() {
    TestClient ann = room();
    show(ann, id(ann, "film.mp4"));
    JsonNode link = linkToShown(ann);
    assertThat(text(link, "form")).isEqualTo("file");
    String url = text(link, "url");
    assertThat(text(link(ann, 1), "url")).isEqualTo(url);
    assertThat(FilmAnswer.of(server(), "HEAD", url).header("content-type")).isEqualTo("video/mp4");
    JsonNode subtitles = link.get("subtitles");
    assertThat(texts(subtitles, "label")).containsExactly("German (forced)");
    String text = texts(subtitles, "url").getFirst();
    assertThat(text).startsWith(url + "/subtitles/");
    FilmAnswer answer = FilmAnswer.of(server(), "GET", text);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("film.de.forced.srt");
    assertThat(answer.header("content-type")).isEqualTo("text/plain");
    assertThat(answer.header("content-security-policy")).contains("sandbox");
    for (String none : List.of("0.vtt", "A".repeat(22) + ".srt", "../film.mp4", "")) {
      assertThat(FilmAnswer.of(server(), "GET", url + "/subtitles/" + none).status())
          .as(none)
          .isEqualTo(404);
    }
    assertThat(FilmAnswer.of(server(), "GET", url + "/index.m3u8").status()).isEqualTo(404);
  }

  @Test
  void LB13_poster_is_a_small_picture_for_members() {
    TestClient ann = room();
    String mediaId = id(ann, "film.mp4");
    String poster = text(info(ann, mediaId), "poster");
    assertThat(text(info(ann, mediaId), "poster")).as("browsers keep it").isEqualTo(poster);
    FilmAnswer answer = FilmAnswer.of(server(), "GET", poster);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("image/jpeg");
    assertThat(answer.header("cache-control")).isEqualTo("private, max-age=86400");
    assertThat(answer.body()).startsWith("\u00ff\u00d8");
    String etag = Objects.requireNonNull(answer.header("etag"));
    assertThat(FilmAnswer.of(server(), "GET", poster, "If-None-Match: " + etag).status())
        .isEqualTo(304);
    assertThat(FilmAnswer.of(server(), "GET", poster.replace("poster/", "")).status())
        .isEqualTo(403);
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    String bobs = text(info(bob, mediaId), "poster");
    assertThat(FilmAnswer.of(server(), "GET", bobs).status()).isEqualTo(200);
    ann.must("remove-member", ann.here("userId", bob.userId()));
    assertThat(FilmAnswer.of(server(), "GET", bobs).status()).isEqualTo(403);
  }

  @Test
  void MX1_films_are_counted() {
    TestClient ann = room();
    info(ann, id(ann, "text.mkv"));
    show(ann, id(ann, "film.mp4"));
    FilmAnswer.of(server(), "GET", text(linkToShown(ann), "url"));
    await()
        .untilAsserted(() ->
            assertThat(FilmAnswer.of(server(), "GET", "/metrics").body())
                .containsPattern("watchnchill_films_sent_bytes_total [1-9]")
                .containsPattern("watchnchill_films_open 0")
                .containsPattern("watchnchill_film_probes_total [1-9]")
                .containsPattern("watchnchill_film_probes_failed_total [1-9]")
                .containsPattern("watchnchill_library_films 4"));
  }

  @Test
  void LB11_film_that_cannot_be_played_says_why() {
    TestClient ann = room();
    show(ann, id(ann, "text.mkv"));
    JsonNode answer = linkToShown(ann);
    assertThat(text(answer, "code")).isEqualTo("film_not_playable");
    assertThat(text(answer, "reason")).isEqualTo("unreadable");
    assertThat(text(answer, "error")).isEqualTo("The server cannot read this film");
    assertThat(answer.get("retryable").booleanValue()).isFalse();
  }

  @Test
  void LB10_server_without_ffmpeg_knows_names_alone() {
    try (TestServer plain =
        TestServer.start("MEDIA_DIR", DIR.toString(), "FFPROBE", "off", "FFMPEG", "off")) {
      TestClient ann = scanned(kept(TestClient.extended(plain)).create("Ann"));
      JsonNode direct = info(ann, id(ann, "film.mp4"));
      assertThat(text(direct, "play")).isEqualTo("direct");
      assertThat(direct.get("duration").doubleValue()).isZero();
      assertThat(direct.get("poster").isNull()).isTrue();
      assertThat(texts(direct.get("subtitles"), "format")).containsExactly("srt");
      JsonNode other = info(ann, id(ann, "tracks.mkv"));
      assertThat(text(other, "play")).isEqualTo("no");
      assertThat(text(other, "reason")).isEqualTo("no_ffmpeg");
      assertThat(other.get("subtitles")).isEmpty();
      show(ann, id(ann, "tracks.mkv"));
      assertThat(text(linkToShown(ann), "reason")).isEqualTo("no_ffmpeg");
      ann.close();
    }
  }
}
