package dev.watchnchill.server.media.probe;

/** The result of examining a film. */
public sealed interface Examination {
  /** The streams of the film are known. */
  record Known(FilmStreams streams) implements Examination {}

  /** The file is no film that can be read. */
  record Unreadable() implements Examination {}

  /** Nothing is known: the film is gone, has just changed, or too many others wait. */
  record Unknown() implements Examination {}

  /** The server has no program that examines films. */
  record NoProgram() implements Examination {}
}
