package dev.watchnchill.server.title;

import static dev.watchnchill.server.title.OembedReplies.body;
import static dev.watchnchill.server.title.OembedReplies.json;
import static dev.watchnchill.server.title.OembedReplies.redirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.runtime.port.FilmDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Endpoints that do not answer as documented. */
final class HostileOembedTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String DESCRIPTION =
      OembedReplies.youtube("aqz-KE-bpKQ", "A film").toString();

  private final OembedStandIn endpoint = OembedStandIn.start();
  private final List<OembedDescriptions> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(OembedDescriptions::close);
    endpoint.close();
  }

  private FilmDescription describe(Duration deadline) {
    var descriptions = OembedDescriptions.by(endpoint.endpoint(), deadline, () -> 0);
    opened.add(descriptions);
    CompletableFuture<FilmDescription> description =
        descriptions.describe(
            Media.parse("https://www.youtube.com/watch?v=aqz-KE-bpKQ").orElseThrow());
    assertThat(description).succeedsWithin(SOON);
    return description.resultNow();
  }

  /** Describes a film within a deadline that is longer than the test. */
  private FilmDescription describe() {
    return describe(Duration.ofMinutes(1));
  }

  /** Describes a film, and awaits that the client closes the connection early. */
  private FilmDescription describeAborted(Duration deadline) {
    FilmDescription description = describe(deadline);
    await().atMost(SOON).until(() -> endpoint.aborted() == 1);
    return description;
  }

  @Test
  void MD15_body_without_an_end_is_cut_off() {
    endpoint.answersAll(endpoint.endless(200, "application/json"));
    assertThat(describeAborted(Duration.ofMinutes(1))).isEqualTo(FilmDescription.EMPTY);
  }

  @Test
  void MD15_body_has_64_KiB() {
    String most = DESCRIPTION + " ".repeat(65_536 - DESCRIPTION.length());
    endpoint.answersAll(body("application/json", most));
    assertThat(describe().title()).isEqualTo("A film");
    endpoint.answersAll(body("application/json", most + " "));
    assertThat(describe()).isEqualTo(FilmDescription.EMPTY);
  }

  @Test
  void MD15_title_of_a_megabyte_is_rejected() {
    endpoint.answersAll(json(OembedReplies.youtube("aqz-KE-bpKQ", "x".repeat(1_000_000))));
    assertThat(describe()).isEqualTo(FilmDescription.EMPTY);
  }

  @Test
  void MD15_slow_body_has_one_deadline() {
    endpoint.answersAll(endpoint.dripping());
    assertThat(describeAborted(SHORT)).isEqualTo(FilmDescription.EMPTY);
  }

  @Test
  void MD15_endpoint_that_does_not_answer_has_the_same_deadline() {
    endpoint.answersAll(endpoint.held(json(OembedReplies.youtube("aqz-KE-bpKQ", "Late"))));
    assertThat(describe(SHORT)).isEqualTo(FilmDescription.EMPTY);
  }

  @Test
  void MD15_deadline_is_three_seconds() {
    assertThat(OembedClient.DEADLINE).isEqualTo(Duration.ofSeconds(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "text/plain",
        "application/json+oembed",
        "application/jsonx",
        "application/javascript",
        "text/xml",
        "text/html; application/json"
      })
  void MD15_other_type_is_rejected(String type) {
    endpoint.answersAll(body(type, DESCRIPTION));
    assertThat(describe()).isEqualTo(FilmDescription.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/JSON;charset=UTF-8",
        "application/json ; charset=utf-8",
        "text/json"
      })
  void MD15_json_is_accepted(String type) {
    endpoint.answersAll(body(type, DESCRIPTION));
    assertThat(describe().title()).isEqualTo("A film");
  }

  @ParameterizedTest
  @CsvSource({"200,text/html,false", "404,text/html,true", "500,application/json,false"})
  void MD15_body_that_is_no_description_is_not_read(int status, String type, boolean missing) {
    endpoint.answersAll(endpoint.endless(status, type));
    try (var client = new OembedClient(_ -> endpoint.endpoint(), Duration.ofMinutes(1))) {
      // A body that is read and cut off makes every answer a failure.
      assertThat(client.ask(new OembedVideo(OembedProvider.VIMEO, "https://vimeo.com/1")))
          .succeedsWithin(SOON)
          .isEqualTo(missing ? new OembedAnswer.Missing() : new OembedAnswer.Failed(0));
      await().atMost(SOON).until(() -> endpoint.aborted() == 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void MD15_redirects_are_not_followed(int status) {
    try (OembedStandIn inside = OembedStandIn.start()) {
      inside.answersAll(body("application/json", DESCRIPTION));
      endpoint.answersAll(redirect(status, inside.endpoint() + "?url=a"));
      assertThat(describe()).isEqualTo(FilmDescription.EMPTY);
      assertThat(inside.requests()).isEmpty();
    }
    assertThat(endpoint.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br"})
  void MD15_compressed_body_is_not_unpacked(String encoding) {
    endpoint.answersAll(exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", encoding);
      body("application/json", "\u001f\u008b\b").send(exchange);
    });
    assertThat(describe()).isEqualTo(FilmDescription.EMPTY);
  }

  @Test
  void MD14_markup_and_bidi_overrides_of_a_title_are_text() {
    endpoint.answersAll(
        json(OembedReplies.youtube("aqz-KE-bpKQ", "<img src=x onerror=alert(1)>\u202ecod.exe")));
    assertThat(describe().title()).isEqualTo("<img src=x onerror=alert(1)>cod.exe");
  }

  @Test
  void MD14_poster_elsewhere_is_left_out() {
    for (String poster : new String[] {"https://example.org/a.jpg", "javascript:alert(1)"}) {
      ObjectNode answer = OembedReplies.youtube("aqz-KE-bpKQ", "A film");
      answer.put("thumbnail_url", poster);
      endpoint.answersAll(json(answer));
      assertThat(describe()).isEqualTo(new FilmDescription("A film", null, 0));
    }
  }
}
