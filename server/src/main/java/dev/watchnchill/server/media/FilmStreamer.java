package dev.watchnchill.server.media;

import dev.watchnchill.server.media.index.IndexedFilm;
import dev.watchnchill.server.media.probe.FilmStreams;
import java.util.concurrent.CompletableFuture;

/** Converts films while they are watched (rule LB11). */
@FunctionalInterface
public interface FilmStreamer extends AutoCloseable {
  /** Converts nothing. */
  FilmStreamer NONE =
      new FilmStreamer() {
        @Override
        public CompletableFuture<StreamAnswer> answer(
            IndexedFilm film, FilmStreams streams, String rest) {
          return CompletableFuture.completedFuture(new StreamAnswer.NotFound());
        }

        @Override
        public boolean converts() {
          return false;
        }
      };

  /**
   * Answers a request; never waits. The answer may come on any thread, and a failure of the future
   * is answered like {@link StreamAnswer.Failed}. The member, the room and the link were checked.
   *
   * @param film whose decision is {@code convert}
   * @param rest the path behind {@code /media/TOKEN/}: 1 to 100 of {@code A-Za-z0-9._/-}, such as
   *     {@code index.m3u8}
   */
  CompletableFuture<StreamAnswer> answer(IndexedFilm film, FilmStreams streams, String rest);

  /** Whether it converts films at all; else links to those films are rejected. */
  default boolean converts() {
    return true;
  }

  /**
   * Returns whether a film could be converted now; at once. A place may be taken by another film
   * before it is.
   */
  default boolean hasPlaceFor(IndexedFilm film, FilmStreams streams) {
    return true;
  }

  /** Ends all conversions. Never fails. */
  @Override
  default void close() {}
}
