package dev.watchnchill.server.title;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.title.OembedAnswer.Described;
import dev.watchnchill.server.title.OembedAnswer.Failed;
import dev.watchnchill.server.title.OembedAnswer.Missing;
import dev.watchnchill.server.title.OembedAnswer.NotAsked;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DescriptionCacheTest {
  private static final FilmDescription FILM = new FilmDescription("A film", null, 62);

  private final Queue<CompletableFuture<OembedAnswer>> asked = new ArrayDeque<>();
  private long nowMs = 1_764_374_400_000L;
  private OembedAnswer next = new Described(FILM);
  private final DescriptionCache cache =
      new DescriptionCache(
          _ -> {
            CompletableFuture<OembedAnswer> answer = CompletableFuture.completedFuture(next);
            asked.add(answer);
            return answer;
          },
          () -> nowMs);

  private static OembedVideo video(int number) {
    return new OembedVideo(OembedProvider.VIMEO, "https://vimeo.com/" + number);
  }

  private void assertKept(OembedAnswer answer, FilmDescription description, Duration kept) {
    next = answer;
    assertThat(cache.get(video(1))).isCompletedWithValue(description);
    nowMs += kept.toMillis() - 1;
    assertThat(cache.get(video(1))).isCompletedWithValue(description);
    assertThat(asked).hasSize(1);
    nowMs += 1;
    assertThat(cache.get(video(1))).isCompletedWithValue(description);
    assertThat(asked).hasSize(2);
  }

  @Test
  void MD16_description_is_kept_for_a_day() {
    assertKept(new Described(FILM), FILM, Duration.ofHours(24));
  }

  @Test
  void MD16_unknown_video_is_kept_for_ten_minutes() {
    assertKept(new Missing(), FilmDescription.EMPTY, Duration.ofMinutes(10));
  }

  @Test
  void MD16_failure_is_kept_for_a_minute() {
    assertKept(new Failed(600_000), FilmDescription.EMPTY, Duration.ofMinutes(1));
  }

  @Test
  void MD16_video_that_was_not_asked_for_is_not_kept() {
    next = new NotAsked();
    assertThat(cache.get(video(1))).isCompletedWithValue(FilmDescription.EMPTY);
    next = new Described(FILM);
    assertThat(cache.get(video(1))).isCompletedWithValue(FILM);
  }

  @Test
  void MD16_callers_of_one_video_share_a_question_and_none_can_end_it() {
    var answer = new CompletableFuture<OembedAnswer>();
    var questions = new ArrayDeque<OembedVideo>();
    var shared =
        new DescriptionCache(
            video -> {
              questions.add(video);
              return answer;
            },
            () -> nowMs);
    CompletableFuture<FilmDescription> first = shared.get(video(1));
    CompletableFuture<FilmDescription> second = shared.get(video(1));
    assertThat(first.cancel(true)).isTrue();
    CompletableFuture<FilmDescription> third = shared.get(video(1));
    answer.complete(new Described(FILM));
    assertThat(second).isCompletedWithValue(FILM);
    assertThat(third).isCompletedWithValue(FILM);
    assertThat(questions).hasSize(1);
  }

  @Test
  void MD16_cache_holds_10_000_short_descriptions() {
    for (int i = 0; i < 12_000; i++) {
      assertThat(cache.get(video(i))).isCompletedWithValue(FILM);
    }
    assertThat(cache.size()).isBetween(9_000L, 10_000L);
  }

  @Test
  void MD16_long_descriptions_count_as_several() {
    // 400 and 500 characters are the longest that a description has.
    next = new Described(new FilmDescription("\ud83d\ude80".repeat(200), "x".repeat(500), 0));
    for (int i = 0; i < 12_000; i++) {
      assertThat(cache.get(video(i))).isCompleted();
    }
    assertThat(cache.size()).isBetween(2_000L, 2_500L);
  }
}
