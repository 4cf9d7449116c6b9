package dev.watchnchill.party.provider;

/** The result of reading an address as a link to a known site. */
public sealed interface SiteReading {
  /** The address names a video of a provider. */
  record Video(ProviderVideo video) implements SiteReading {}

  /** The site is known, and the address names nothing that can be played. */
  record Rejected(LinkProblem problem) implements SiteReading {}

  /** The address may be a file or a stream: its path and query decide. */
  record Other() implements SiteReading {}
}
