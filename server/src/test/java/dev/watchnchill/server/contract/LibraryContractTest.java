package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.media.index.LibraryFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The library of a server, as clients see it (rules LB1 to LB4). */
final class LibraryContractTest extends ContractTest {
  private static final String HOSTS_ONLY = "Only hosts can read the library";

  private static final Path DIR = films();

  LibraryContractTest() {
    super("MEDIA_DIR", DIR.toString(), "EVENT_RATE_SCALE", "1");
  }

  @AfterAll
  void removeFilms() throws IOException {
    LibraryFolders.delete(DIR);
  }

  private static Path films() {
    try {
      Path dir = Files.createTempDirectory("library");
      LibraryFolders.createFiles(
          dir, "blade.runner.1982.1080p.mkv", "Music/song.mp3", "Music/.hidden.mp3", "notes.txt");
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Creates a room when the first scan is over. */
  private TestClient room() {
    TestClient ann = extended().create("Ann");
    await()
        .untilAsserted(
            () -> assertThat(page(ann).get("scanning").isNull()).as("the scan is over").isTrue());
    return ann.forget();
  }

  private static JsonNode page(TestClient client, @Nullable Object... namesAndValues) {
    return client.must("get-library", client.here(namesAndValues));
  }

  @Test
  void LB1_host_browses_and_searches_and_no_path_is_sent() {
    TestClient ann = room();
    JsonNode top = page(ann);
    assertThat(texts(top.get("films"), "name")).containsExactly("blade.runner.1982.1080p.mkv");
    assertThat(texts(top.get("folders"), "name")).containsExactly("Music");
    assertThat(top.get("total").intValue()).isEqualTo(2);
    assertThat(top.get("more").booleanValue()).isFalse();
    String music = texts(top.get("folders"), "folderId").getFirst();
    assertThat(texts(page(ann, "folder", music).get("films"), "kind")).containsExactly("audio");
    JsonNode found = page(ann, "query", "Runner blade");
    assertThat(texts(found.get("films"), "mediaId")).isEqualTo(texts(top.get("films"), "mediaId"));
    assertThat(top.toString() + found).doesNotContain("/tmp").doesNotContain("library");
  }

  @Test
  void LB1_members_read_it_when_they_may_add_to_the_queue() {
    TestClient ann = room();
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    bob.forget();
    refused(bob, bob.call("get-library", bob.here()), "error", "not_host", HOSTS_ONLY);
    ann.must("set-settings", ann.here("queue", "everyone"));
    bob.take("settings-changed");
    assertThat(page(bob).get("total").intValue()).isEqualTo(2);
  }

  @Test
  void LB1_stranger_is_rejected() {
    TestClient ann = room();
    TestClient eve = extended();
    refused(
        eve,
        eve.call("get-library", ann.here()),
        "error",
        "not_authenticated",
        "Not authenticated");
  }

  @Test
  void LB2_unknown_folder_is_rejected() {
    TestClient ann = room();
    refused(
        ann,
        ann.call("get-library", ann.here("folder", "../../etc/passwd000000".substring(0, 22))),
        "room-error",
        "invalid_data",
        "Invalid data: Invalid id");
    refused(
        ann,
        ann.call("get-library", ann.here("folder", "A".repeat(22))),
        "error",
        "folder_not_found",
        "There is no such folder");
  }

  @Test
  void LB1_server_without_a_library_says_so() {
    try (TestServer plain = TestServer.start()) {
      TestClient ann = kept(TestClient.extended(plain)).create("Ann").forget();
      refused(
          ann,
          ann.call("get-library", ann.here()),
          "error",
          "no_library",
          "This server has no library");
      ann.close();
    }
  }

  @Test
  void LB4_searches_are_limited_with_entries() {
    TestClient ann = room();
    boolean limited = false;
    for (int i = 0; i < 100 && !limited; i++) {
      JsonNode answer = ann.call("get-library", ann.here("query", "blade"));
      limited = !answer.get("ok").booleanValue();
      assertThat(!limited || text(answer, "code").equals("rate_limited")).isTrue();
    }
    assertThat(limited).isTrue();
  }
}
