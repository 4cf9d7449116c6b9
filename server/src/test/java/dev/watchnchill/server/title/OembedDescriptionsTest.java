package dev.watchnchill.server.title;

import static dev.watchnchill.server.title.OembedReplies.json;
import static dev.watchnchill.server.title.OembedReplies.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.port.FilmDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of requests, and of their absence, with a stand-in for the endpoints. */
final class OembedDescriptionsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String YOUTUBE_PAGE = "https://www.youtube.com/watch?v=aqz-KE-bpKQ";
  private static final String VIMEO_PAGE = "https://vimeo.com/76979871";

  private final AtomicLong nowMs = new AtomicLong(1_764_374_400_000L);
  private final OembedStandIn endpoint = OembedStandIn.start();
  private final OembedDescriptions descriptions = by(endpoint.endpoint());

  private OembedDescriptions by(URI address) {
    return OembedDescriptions.by(address, nowMs::get);
  }

  @AfterEach
  void close() {
    descriptions.close();
    endpoint.close();
  }

  private static FilmDescription describe(OembedDescriptions by, String link) {
    CompletableFuture<FilmDescription> description = by.describe(Media.parse(link).orElseThrow());
    assertThat(description).succeedsWithin(SOON);
    return description.resultNow();
  }

  private FilmDescription describe(String link) {
    return describe(descriptions, link);
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.youtube.com/watch?v=aqz-KE-bpKQ,https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Daqz-KE-bpKQ",
    "https://youtu.be/aqz-KE-bpKQ?t=5,https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Daqz-KE-bpKQ",
    "https://m.youtube.com/watch?list=PLx&v=aqz-KE-bpKQ&key=secret#me,https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Daqz-KE-bpKQ",
    "https://vimeo.com/76979871,https%3A%2F%2Fvimeo.com%2F76979871",
    "https://player.vimeo.com/video/76979871?app_id=1,https%3A%2F%2Fvimeo.com%2F76979871",
    "https://vimeo.com/76979871/8216e0571c,https%3A%2F%2Fvimeo.com%2F76979871%2F8216e0571c",
    "https://www.dailymotion.com/video/x84sh87?playlist=x6lgtp,https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2Fx84sh87",
    "https://dai.ly/x84sh87,https%3A%2F%2Fwww.dailymotion.com%2Fvideo%2Fx84sh87",
  })
  void MD11_request_has_the_address_of_the_video_and_nothing_else_of_the_link(
      String link, String page) {
    describe(link);
    assertThat(endpoint.requests()).containsExactly("GET /oembed?url=" + page + "&format=json");
  }

  @Test
  void MD11_films_of_providers_get_what_the_endpoint_answers() {
    endpoint.answers(YOUTUBE_PAGE, json(OembedReplies.youtube("aqz-KE-bpKQ", "Big Buck Bunny")));
    endpoint.answers(VIMEO_PAGE, json(OembedReplies.vimeo("76979871", "The New Vimeo", 62)));
    endpoint.answers(
        "https://www.dailymotion.com/video/x84sh87", json(OembedReplies.dailymotion("Difficult")));
    assertThat(describe(YOUTUBE_PAGE))
        .isEqualTo(
            new FilmDescription(
                "Big Buck Bunny", "https://i.ytimg.com/vi/aqz-KE-bpKQ/hqdefault.jpg", 0));
    assertThat(describe(VIMEO_PAGE))
        .isEqualTo(
            new FilmDescription(
                "The New Vimeo",
                "https://i.vimeocdn.com/video/452001751-8216e0571c251a09-d_295x166",
                62));
    assertThat(describe("https://dai.ly/x84sh87"))
        .isEqualTo(
            new FilmDescription("Difficult", "https://s2.dmcdn.net/v/63aD1au2tjDf9rTG/x240", 0));
  }

  @Test
  void MD11_query_of_the_operators_endpoint_is_kept() {
    try (OembedDescriptions keyed = by(URI.create(endpoint.endpoint() + "?key=a%26b"))) {
      describe(keyed, VIMEO_PAGE);
    }
    assertThat(endpoint.requests())
        .containsExactly(
            "GET /oembed?key=a%26b&url=https%3A%2F%2Fvimeo.com%2F76979871&format=json");
  }

  @Test
  void MD12_address_of_a_user_is_never_asked() {
    try (OembedStandIn users = OembedStandIn.start()) {
      users.answersAll(json(OembedReplies.youtube("aqz-KE-bpKQ", "A trap")));
      for (String path :
          List.of(
              "/film.mp4",
              "/film",
              "/song.mp3",
              "/live/master.m3u8",
              "/film.mpd",
              "/w/9c9de5e8-0a1e-484a-b099-e80766180a6d",
              "/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
              "/oembed?url=https://www.youtube.com/embed/aqz-KE-bpKQ&f=a.mp4")) {
        assertThat(describe(users.origin() + path).title()).isNotEqualTo("A trap");
      }
      assertThat(describe("https://www.twitch.tv/videos/1234567890"))
          .isEqualTo(FilmDescription.EMPTY);
      assertThat(describe("https://www.twitch.tv/somebody")).isEqualTo(FilmDescription.EMPTY);
      assertThat(describe("https://169.254.169.254/latest/meta-data/film.mp4").title())
          .isEqualTo("film");
      assertThat(users.requests()).isEmpty();
    }
    assertThat(endpoint.requests()).isEmpty();
  }

  @Test
  void MD12_posters_are_not_fetched() {
    var answer = OembedReplies.youtube("aqz-KE-bpKQ", "A film");
    answer.put("thumbnail_url", endpoint.origin() + "/poster.jpg");
    endpoint.answers(YOUTUBE_PAGE, json(answer));
    assertThat(describe(YOUTUBE_PAGE)).isEqualTo(new FilmDescription("A film", null, 0));
    assertThat(endpoint.requests()).hasSize(1);
  }

  @Test
  void MD12_without_metadata_files_alone_have_a_title() {
    var alone = OembedDescriptions.ofFilesAlone();
    assertThat(alone.describe(Media.parse(YOUTUBE_PAGE).orElseThrow()))
        .isCompletedWithValue(FilmDescription.EMPTY);
    assertThat(alone.describe(Media.parse("https://example.org/A_film.mp4").orElseThrow()))
        .isCompletedWithValue(new FilmDescription("A film", null, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 410})
  void MD16_private_and_unknown_videos_are_asked_for_again_after_ten_minutes(int code) {
    endpoint.answersAll(status(code, "Unauthorized"));
    assertThat(describe(YOUTUBE_PAGE)).isEqualTo(FilmDescription.EMPTY);
    nowMs.addAndGet(599_999);
    assertThat(describe(YOUTUBE_PAGE)).isEqualTo(FilmDescription.EMPTY);
    assertThat(endpoint.requests()).hasSize(1);
    nowMs.addAndGet(1);
    endpoint.answersAll(json(OembedReplies.youtube("aqz-KE-bpKQ", "Public now")));
    assertThat(describe(YOUTUBE_PAGE).title()).isEqualTo("Public now");
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 405, 429, 500, 503})
  void MD16_failures_are_asked_again_after_a_minute(int code) {
    endpoint.answersAll(status(code, ""));
    assertThat(describe(YOUTUBE_PAGE)).isEqualTo(FilmDescription.EMPTY);
    nowMs.addAndGet(59_999);
    assertThat(describe(YOUTUBE_PAGE)).isEqualTo(FilmDescription.EMPTY);
    assertThat(endpoint.requests()).hasSize(1);
    nowMs.addAndGet(1);
    endpoint.answersAll(json(OembedReplies.youtube("aqz-KE-bpKQ", "Back")));
    assertThat(describe(YOUTUBE_PAGE).title()).isEqualTo("Back");
  }

  @ParameterizedTest
  @CsvSource({"120,120000", "999999,600000", "0,0", "-5,0", "'Wed, 21 Oct 2026 07:28:00 GMT',0"})
  void MD16_retry_after_holds_for_all_videos_up_to_ten_minutes(String retryAfter, long pauseMs) {
    endpoint.answersAll(OembedReplies.tooManyRequests(retryAfter));
    describe(YOUTUBE_PAGE);
    endpoint.answersAll(json(OembedReplies.vimeo("1", "A film", 62)));
    nowMs.addAndGet(Math.max(0, pauseMs - 1));
    assertThat(describe("https://vimeo.com/1").title()).isEqualTo(pauseMs > 0 ? null : "A film");
    nowMs.addAndGet(1);
    assertThat(describe("https://vimeo.com/1").title()).isEqualTo("A film");
  }

  @Test
  void MD16_callers_of_one_video_make_one_request() {
    endpoint.answers(VIMEO_PAGE, endpoint.held(json(OembedReplies.vimeo("76979871", "One", 62))));
    var answers = new ArrayList<CompletableFuture<FilmDescription>>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(descriptions.describe(Media.parse(VIMEO_PAGE).orElseThrow()));
    }
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    endpoint.release();
    assertThat(answers)
        .allSatisfy(answer ->
            assertThat(answer)
                .succeedsWithin(SOON)
                .extracting(FilmDescription::title)
                .isEqualTo("One"));
    assertThat(endpoint.requests()).hasSize(1);
  }

  @Test
  void MD16_many_links_of_one_member_make_four_requests_at_once_and_no_caller_waits() {
    endpoint.answersAll(endpoint.held(json(OembedReplies.vimeo("1", "A film", 62))));
    var answers = new ArrayList<CompletableFuture<FilmDescription>>();
    for (int i = 1; i <= 500; i++) {
      answers.add(descriptions.describe(Media.parse("https://vimeo.com/" + i).orElseThrow()));
    }
    assertThat(answers.subList(68, 500))
        .allSatisfy(answer -> assertThat(answer).isCompletedWithValue(FilmDescription.EMPTY));
    await().atMost(SOON).until(() -> endpoint.requests().size() == 4);
    assertThat(answers.subList(0, 68)).noneMatch(CompletableFuture::isDone);
    endpoint.release();
    assertThat(answers.subList(0, 68))
        .allSatisfy(answer ->
            assertThat(answer)
                .succeedsWithin(SOON)
                .extracting(FilmDescription::title)
                .isEqualTo("A film"));
    assertThat(endpoint.requests()).hasSize(68);
  }

  @Test
  void MD16_endpoint_that_cannot_be_reached_gives_empty_descriptions() throws IOException {
    int unused;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    try (OembedDescriptions offline = by(URI.create("http://127.0.0.1:" + unused + "/"))) {
      for (int i = 1; i <= 20; i++) {
        assertThat(describe(offline, "https://vimeo.com/" + i)).isEqualTo(FilmDescription.EMPTY);
      }
      assertThat(describe(offline, "https://example.org/A_film.mp4").title()).isEqualTo("A film");
    }
  }

  @Test
  void MD16_end_of_the_server_ends_the_requests() {
    endpoint.answersAll(endpoint.held(status(404, "")));
    var answers = new ArrayList<CompletableFuture<FilmDescription>>();
    for (int i = 1; i <= 68; i++) {
      answers.add(descriptions.describe(Media.parse("https://vimeo.com/" + i).orElseThrow()));
    }
    await().atMost(SOON).until(() -> endpoint.requests().size() == 4);
    descriptions.close();
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer).succeedsWithin(SOON).isEqualTo(FilmDescription.EMPTY));
    assertThat(describe("https://vimeo.com/69")).isEqualTo(FilmDescription.EMPTY);
    assertThat(endpoint.requests()).hasSize(4);
  }
}
