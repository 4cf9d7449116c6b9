package dev.watchnchill.server.title;

import dev.watchnchill.server.runtime.port.FilmDescription;

/** The outcome of a question to an oEmbed endpoint. */
sealed interface OembedAnswer {
  /** The endpoint has described the video. */
  record Described(FilmDescription description) implements OembedAnswer {}

  /** The endpoint knows no such video, or may not describe it. */
  record Missing() implements OembedAnswer {}

  /**
   * The endpoint did not answer in time, or with something that is no description.
   *
   * @param pauseMs how long the endpoint asks not to be asked, ms; 0 when it does not
   */
  record Failed(long pauseMs) implements OembedAnswer {}

  /** The endpoint was not asked: too many requests wait for it, or it has failed repeatedly. */
  record NotAsked() implements OembedAnswer {}
}
