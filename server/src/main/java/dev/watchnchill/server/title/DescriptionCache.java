package dev.watchnchill.server.title;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.title.OembedAnswer.Described;
import dev.watchnchill.server.title.OembedAnswer.Failed;
import dev.watchnchill.server.title.OembedAnswer.Missing;
import dev.watchnchill.server.title.OembedAnswer.NotAsked;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what oEmbed endpoints answered, within a bound (rule MD16). Callers that ask for the
 * same video at the same time share one question.
 */
final class DescriptionCache {
  /** Most entries; a longer description counts as several. */
  static final int ENTRIES_MAX = 10_000;

  private static final int ENTRY_LENGTH = 256;
  private static final Duration DESCRIBED_KEPT = Duration.ofHours(24);
  private static final Duration MISSING_KEPT = Duration.ofMinutes(10);
  private static final Duration FAILED_KEPT = Duration.ofMinutes(1);

  private final Function<OembedVideo, CompletableFuture<OembedAnswer>> source;
  private final AsyncCache<OembedVideo, Entry> entries;

  private record Entry(FilmDescription description, Duration kept) {
    static Entry of(OembedAnswer answer) {
      return switch (answer) {
        case Described(FilmDescription description) -> new Entry(description, DESCRIBED_KEPT);
        case Missing _ -> new Entry(FilmDescription.EMPTY, MISSING_KEPT);
        case Failed _ -> new Entry(FilmDescription.EMPTY, FAILED_KEPT);
        case NotAsked _ -> new Entry(FilmDescription.EMPTY, Duration.ZERO);
      };
    }

    int weight() {
      return 1 + (length(description.title()) + length(description.posterUrl())) / ENTRY_LENGTH;
    }

    private static int length(@Nullable String text) {
      return text == null ? 0 : text.length();
    }
  }

  /**
   * Creates an empty cache.
   *
   * @param source asks an endpoint; never waits and never fails
   */
  DescriptionCache(
      Function<OembedVideo, CompletableFuture<OembedAnswer>> source, LongSupplier nowMs) {
    this.source = source;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(ENTRIES_MAX)
            .weigher((OembedVideo _, Entry entry) -> entry.weight())
            .expireAfter(Expiry.creating((OembedVideo _, Entry entry) -> entry.kept()))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(nowMs.getAsLong()))
            .buildAsync();
  }

  /** Returns the description of a video, or an empty one. Never waits, never fails. */
  CompletableFuture<FilmDescription> get(OembedVideo video) {
    // A stage of its own for each caller, so that none can complete what the cache holds.
    return entries
        .get(video, (asked, _) -> source.apply(asked).thenApply(Entry::of))
        .thenApply(Entry::description);
  }

  /** Returns the number of entries, after those that are over have been removed. */
  long size() {
    entries.synchronous().cleanUp();
    return entries.synchronous().estimatedSize();
  }
}
