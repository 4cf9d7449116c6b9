package dev.watchnchill.party.subtitle;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A track in the list that a host wants to share. */
public sealed interface RequestedTrack {
  /**
   * A track that is shared already.
   *
   * @param label another label, or null to keep it
   * @param language another language, or null to keep it
   */
  record Kept(UUID id, @Nullable String label, @Nullable String language)
      implements RequestedTrack {}

  /**
   * A new track.
   *
   * @param text its text, or null for an address
   */
  record Added(SubtitleTrack track, @Nullable TrackText text) implements RequestedTrack {}
}
