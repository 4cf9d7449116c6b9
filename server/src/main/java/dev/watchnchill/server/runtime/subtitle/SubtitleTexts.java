package dev.watchnchill.server.runtime.subtitle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.wire.JsonText;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of shared subtitles that were read last, so that the store is asked once for all the
 * members who switch a track on (rule SB6). Any thread.
 */
public final class SubtitleTexts {
  /** The bytes that the texts may take in the heap. */
  private static final long BYTES_MAX = 64L << 20;

  private final RoomStore store;
  private final Cache<Key, SubtitleText> texts =
      Caffeine.newBuilder()
          .maximumWeight(BYTES_MAX)
          .<Key, SubtitleText>weigher((_, text) -> text.footprint())
          .executor(Runnable::run)
          .build();
  // The questions to the store that are not answered yet.
  private final Map<Key, CompletableFuture<@Nullable SubtitleText>> questions =
      new ConcurrentHashMap<>();

  private record Key(RoomId room, UUID track) {}

  /** Creates an empty cache of a store's texts. */
  public SubtitleTexts(RoomStore store) {
    this.store = store;
  }

  /** Returns a part; null when the store does not have it. */
  public CompletableFuture<@Nullable JsonText> part(RoomId room, UUID track, int part) {
    var key = new Key(room, track);
    SubtitleText known = texts.getIfPresent(key);
    return known == null
        ? ask(key).<@Nullable JsonText>thenApply(text -> text == null ? null : text.part(part))
        : Futures.<@Nullable JsonText>of(known.part(part));
  }

  private CompletableFuture<@Nullable SubtitleText> ask(Key key) {
    var question = new CompletableFuture<@Nullable SubtitleText>();
    CompletableFuture<@Nullable SubtitleText> earlier = questions.putIfAbsent(key, question);
    if (earlier != null) {
      return earlier;
    }
    CompletableFuture<byte @Nullable []> answer =
        Futures.<byte @Nullable []>call(() -> store.text(key.room(), key.track()));
    var _ =
        answer
            .<@Nullable SubtitleText>thenApply(
                stored -> stored == null ? null : SubtitleText.read(stored))
            .whenComplete((text, failure) -> {
              if (text != null) {
                texts.put(key, text);
              }
              questions.remove(key);
              if (failure == null) {
                question.complete(text);
              } else {
                question.completeExceptionally(failure);
              }
            });
    return question;
  }
}
