package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.media.index.LibraryFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Links to films of a library that two servers on one Redis have. */
final class TwoServersFilmTest extends TwoServers {
  private static final Path DIR = films();

  TwoServersFilmTest() {
    super("MEDIA_DIR", DIR.toString(), "FFPROBE", "off", "FFMPEG", "off");
  }

  private static Path films() {
    try {
      Path dir = Files.createTempDirectory("films");
      LibraryFolders.createFiles(dir, "film.mp4");
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void removeFilms() throws IOException {
    LibraryFolders.delete(DIR);
  }

  private static JsonNode firstFilm(TestClient host) {
    await()
        .untilAsserted(
            () -> assertThat(host.must("get-library", host.here()).get("films")).hasSize(1));
    return host.must("get-library", host.here()).get("films").get(0);
  }

  private static void assertSent(TestServer server, String link) {
    await()
        .untilAsserted(() -> {
          FilmAnswer answer = FilmAnswer.of(server, "GET", link);
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.body()).isEqualTo("film.mp4");
        });
  }

  @Test
  void LB8_link_of_one_server_is_good_on_the_other() {
    TestClient ann = resumable(first).create("Ann");
    TestClient bob = resumable(second);
    bob.join(ann.roomId(), "Bob");
    String film = "library:" + text(firstFilm(ann), "mediaId");
    ann.must("set-video", ann.here("videoUrl", film));
    int item = ann.take("timeline").get("item").intValue();
    String anns = text(ann.must("get-media-link", ann.here("item", item)), "url");
    assertSent(first, anns);
    assertSent(second, anns);
    bob.take("video-set");
    String bobs = text(bob.must("get-media-link", bob.here("item", item)), "url");
    assertSent(first, bobs);
    ann.must("remove-member", ann.here("userId", bob.userId()));
    for (TestServer server : new TestServer[] {first, second}) {
      await()
          .untilAsserted(
              () -> assertThat(FilmAnswer.of(server, "GET", bobs).status()).isEqualTo(403));
    }
  }
}
