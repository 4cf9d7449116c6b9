package dev.watchnchill.server.title;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.title.OembedAnswer.Described;
import dev.watchnchill.server.title.OembedAnswer.Failed;
import dev.watchnchill.server.title.OembedAnswer.Missing;
import dev.watchnchill.server.title.OembedAnswer.NotAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class OembedEndpointTest {
  private static final OembedAnswer DESCRIBED =
      new Described(new FilmDescription("A film", null, 0));
  private static final OembedAnswer FAILED = new Failed(0);

  private final List<CompletableFuture<OembedAnswer>> requests = new ArrayList<>();
  private long nowMs = 1_000_000;
  private final OembedEndpoint endpoint =
      new OembedEndpoint(
          "provider.example",
          _ -> {
            var answer = new CompletableFuture<OembedAnswer>();
            requests.add(answer);
            return answer;
          },
          () -> nowMs);

  private CompletableFuture<OembedAnswer> ask(int number) {
    return endpoint.ask(new OembedVideo(OembedProvider.VIMEO, "https://vimeo.com/" + number));
  }

  private List<CompletableFuture<OembedAnswer>> askFor(int videos) {
    var answers = new ArrayList<CompletableFuture<OembedAnswer>>();
    for (int i = 0; i < videos; i++) {
      answers.add(ask(i));
    }
    return answers;
  }

  /** Asks and answers. */
  private void answered(OembedAnswer answer, int times) {
    for (int i = 0; i < times; i++) {
      CompletableFuture<OembedAnswer> asked = ask(i);
      requests.getLast().complete(answer);
      assertThat(asked).isCompletedWithValue(answer);
    }
  }

  private void assertPaused() {
    int before = requests.size();
    assertThat(ask(0)).isCompletedWithValue(new NotAsked());
    assertThat(requests).hasSize(before);
  }

  private void assertAsked() {
    int before = requests.size();
    assertThat(ask(0)).isNotDone();
    assertThat(requests).hasSize(before + 1);
  }

  @Test
  void MD16_four_requests_are_under_way_and_64_wait() {
    List<CompletableFuture<OembedAnswer>> answers = askFor(68);
    assertThat(requests).hasSize(4);
    assertThat(answers).noneMatch(CompletableFuture::isDone);
    assertThat(ask(68)).isCompletedWithValue(new NotAsked());
    for (int i = 0; i < 68; i++) {
      assertThat(requests).hasSize(Math.min(68, i + 4));
      requests.get(i).complete(DESCRIBED);
      assertThat(answers.get(i)).isCompletedWithValue(DESCRIBED);
    }
    assertThat(requests).hasSize(68);
    assertAsked();
  }

  @Test
  void MD16_five_failures_in_a_row_end_the_requests_for_a_minute() {
    answered(FAILED, 5);
    assertPaused();
    nowMs += 59_999;
    assertPaused();
    nowMs += 1;
    assertAsked();
  }

  @Test
  void MD16_answers_between_failures_begin_the_count_anew() {
    for (OembedAnswer answer : List.of(DESCRIBED, new Missing())) {
      answered(FAILED, 4);
      answered(answer, 1);
    }
    answered(FAILED, 4);
    assertAsked();
  }

  @Test
  void MD16_first_failure_after_a_pause_begins_the_next_one_and_an_answer_ends_it() {
    answered(FAILED, 5);
    nowMs += 60_000;
    answered(FAILED, 1);
    assertPaused();
    nowMs += 60_000;
    answered(DESCRIBED, 1);
    answered(FAILED, 4);
    assertAsked();
  }

  @Test
  void MD16_requests_that_wait_are_not_sent_to_an_endpoint_that_has_failed() {
    List<CompletableFuture<OembedAnswer>> answers = askFor(68);
    for (int i = 0; i < 5; i++) {
      requests.get(i).complete(FAILED);
    }
    assertThat(requests).hasSize(8);
    assertThat(answers.subList(8, 68))
        .allSatisfy(answer -> assertThat(answer).isCompletedWithValue(new NotAsked()));
    assertThat(answers.subList(5, 8)).noneMatch(CompletableFuture::isDone);
    assertPaused();
  }

  @Test
  void MD16_endpoint_that_names_a_time_is_not_asked_before() {
    answered(new Failed(120_000), 1);
    nowMs += 119_999;
    assertPaused();
    nowMs += 1;
    assertAsked();
  }
}
