package dev.watchnchill.party.playback;

import dev.watchnchill.party.provider.LinkProblem;

/** The result of reading a link: a film, or the reason why it is none. */
public sealed interface LinkReading {
  /** The link can be a film. */
  record Film(Media media) implements LinkReading {}

  /** The link is rejected. */
  record Rejected(LinkProblem problem) implements LinkReading {}
}
