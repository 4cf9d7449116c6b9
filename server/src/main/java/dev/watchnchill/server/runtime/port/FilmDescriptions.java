package dev.watchnchill.server.runtime.port;

import dev.watchnchill.party.playback.Media;
import java.util.concurrent.CompletableFuture;

/** Finds titles, posters and durations of films (rules MD11 to MD16). */
@FunctionalInterface
public interface FilmDescriptions extends AutoCloseable {
  /** Knows nothing of any film. */
  FilmDescriptions NONE = _ -> CompletableFuture.completedFuture(FilmDescription.EMPTY);

  /**
   * Returns the description of a film. Never waits and never fails: a film of which nothing is
   * known has {@link FilmDescription#EMPTY}. The answer may come on any thread, or be there at
   * once; it takes a minute at most.
   */
  CompletableFuture<FilmDescription> describe(Media film);

  /** Ends the requests that are under way. Never waits, never fails. */
  @Override
  default void close() {}
}
