package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.media.index.LibraryFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers on one Redis with different libraries (rules LB15 to LB17). */
final class TwoLibrariesTest extends TwoServers {
  private static final Path BOTH = films("common.mp4", "first.mp4");
  private static final Path COMMON = films("common.mp4");
  private static final String CODE = "film_not_on_every_server";
  private static final String ONE_VIEWER = "1 viewer is on a server that does not have this film";

  private final TestClient ann = resumable(first).create("Ann");
  private final TestClient bob = resumable(second);
  private final String common;
  private final String only;

  TwoLibrariesTest() {
    super(environment(BOTH), environment(COMMON));
    await().untilAsserted(() -> assertThat(listed(ann)).hasSize(2));
    common = film(0);
    only = film(1);
    // The mark of a complete set is a member of it.
    await().until(() -> filmCounts().equals(List.of("2", "3")));
    bob.join(ann.roomId(), "Bob");
    ann.take("user-joined");
  }

  private static List<String> environment(Path dir) {
    return List.of("MEDIA_DIR", dir.toString(), "FFPROBE", "off", "FFMPEG", "off");
  }

  private static Path films(String... names) {
    try {
      Path dir = Files.createTempDirectory("films");
      LibraryFolders.createFiles(dir, names);
      return dir;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void removeFilms() throws IOException {
    LibraryFolders.delete(BOTH);
    LibraryFolders.delete(COMMON);
  }

  private List<String> filmCounts() {
    return redis
        .cli("KEYS", "instance-films:*")
        .lines()
        .map(key -> redis.cli("SCARD", key))
        .sorted()
        .toList();
  }

  private static List<JsonNode> listed(TestClient member) {
    var films = new ArrayList<JsonNode>();
    member.must("get-library", member.here()).get("films").forEach(films::add);
    return films;
  }

  private String film(int index) {
    return "library:" + text(listed(ann).get(index), "mediaId");
  }

  private void assertRejected(String event, Object payload, String why) {
    JsonNode answer = ann.forget().call(event, payload);
    ContractTest.refused(ann, answer, "error", CODE, why);
    assertThat(answer.get("retryable").booleanValue()).isFalse();
  }

  private JsonNode shows(String film) {
    ann.forget().must("set-video", ann.here("videoUrl", film));
    assertThat(text(ann.take("video-set"), "videoUrl")).isEqualTo(film);
    return ann.take("timeline");
  }

  @Test
  void LB16_film_that_a_viewers_server_lacks_is_rejected_and_nothing_changes() {
    assertRejected("set-video", ann.here("videoUrl", only), ONE_VIEWER);
    assertRejected("queue-add", ann.here("videoUrl", only), ONE_VIEWER);
    bob.expectNothing("video-set", "queue-changed");
    shows(common);
    TestClient cleo = resumable(second);
    cleo.join(ann.roomId(), "Cleo");
    ann.take("user-joined");
    assertRejected(
        "set-video",
        ann.here("videoUrl", only),
        "2 viewers are on a server that does not have this film");
    cleo.must("leave-room", cleo.here());
    bob.must("leave-room", bob.here());
    ann.take("user-left");
    shows(only);
  }

  @Test
  void LB16_film_of_the_queue_that_a_viewers_server_lacks_is_not_put_on() {
    shows(common);
    String item =
        ann.must("queue-add", ann.here("videoUrl", only)).get("itemIds").get(0).stringValue();
    assertRejected("queue-play", ann.here("itemId", item), ONE_VIEWER);
    assertRejected("queue-next", ann.here(), ONE_VIEWER);
    // Also when the server of the one who plays it is the one that lacks it.
    ann.must("promote-host", ann.here("userId", bob.userId()));
    bob.forget();
    assertThat(text(bob.call("queue-play", bob.here("itemId", item)), "code")).isEqualTo(CODE);
    bob.must("leave-room", bob.here());
    ann.take("user-left");
    ann.forget().must("queue-next", ann.here());
    assertThat(text(ann.take("video-set"), "videoUrl")).isEqualTo(only);
    ann.forget().must("queue-previous", ann.here());
    assertThat(text(ann.take("video-set"), "videoUrl")).isEqualTo(common);
  }

  @Test
  void LB16_film_that_votes_bring_on_is_shown_in_any_case() {
    shows(common);
    ann.must("queue-add", ann.here("videoUrl", only));
    bob.take("video-set");
    ann.must("vote-skip", ann.here("on", true)); // one of two is enough
    assertThat(text(bob.take("video-set"), "videoUrl")).isEqualTo(only);
  }

  @Test
  void LB16_commands_of_one_client_keep_their_order() {
    for (int round = 0; round < 5; round++) {
      ann.forget();
      ann.emit("set-video", ann.here("videoUrl", common));
      ann.must("play-video", ann.here("currentTime", 0));
      assertThat(text(timeline(ann), "phase")).isEqualTo("playing");
    }
  }

  @Test
  void LB17_library_says_which_films_are_not_on_every_server() {
    List<JsonNode> films = listed(ann);
    assertThat(films.get(0).has("reachable")).isFalse();
    assertThat(films.get(1).get("reachable").booleanValue()).isFalse();
    JsonNode infos =
        ann.must(
            "get-film-info",
            ann.here("mediaIds", new String[] {common.substring(8), only.substring(8)}));
    assertThat(infos.get("films").get(0).has("reachable")).isFalse();
    assertThat(infos.get("films").get(1).get("reachable").booleanValue()).isFalse();
    bob.must("leave-room", bob.here());
    ann.take("user-left");
    assertThat(listed(ann).get(1).has("reachable")).isFalse();
  }

  @Test
  void LB17_viewer_who_joins_on_a_server_without_the_film_is_not_waited_for() {
    bob.must("leave-room", bob.here());
    ann.take("user-left");
    int item = shows(only).get("item").intValue();
    TestClient cleo = resumable(second);
    cleo.join(ann.roomId(), "Cleo");
    JsonNode link = cleo.call("get-media-link", cleo.here("item", item));
    assertThat(text(link, "code")).isEqualTo("film_not_found");
    cleo.must("clock", with("t1", 1, "report", with("drift", null, "bound", 5, "state", "failed")));
    JsonNode status = ann.take("status").get("members").get(0);
    assertThat(text(status, "userId")).isEqualTo(cleo.userId());
    assertThat(text(status, "state")).isEqualTo("failed");
    ann.must("play-video", ann.here("currentTime", 0));
    ann.forget().must("seek-video", ann.here("currentTime", 42));
    JsonNode awaited = ann.take("timeline").get("waiting").get("for");
    assertThat(awaited.valueStream().map(JsonNode::stringValue)).containsExactly(ann.userId());
  }

  @Test
  void LB15_redis_that_lost_everything_knows_the_films_again() {
    redis.cli("FLUSHALL");
    await().until(() -> filmCounts().equals(List.of("2", "3")));
    await()
        .untilAsserted(() ->
            assertThat(text(ann.call("set-video", ann.here("videoUrl", only)), "code"))
                .isEqualTo(CODE));
  }

  @Test
  void LB16_without_redis_the_answer_comes_in_time() {
    redis.freeze();
    try {
      assertThat(ann.start("set-video", ann.here("videoUrl", only)))
          .succeedsWithin(Duration.ofSeconds(3))
          .satisfies(answer -> assertThat(text(answer, "code")).isEqualTo("unavailable"));
    } finally {
      redis.thaw();
    }
    redis.stop();
    assertThat(ann.start("set-video", ann.here("videoUrl", common)))
        .succeedsWithin(Duration.ofSeconds(3))
        .satisfies(answer -> assertThat(text(answer, "code")).isEqualTo("unavailable"));
  }
}
