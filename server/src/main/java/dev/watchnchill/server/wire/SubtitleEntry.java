package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.subtitle.SubtitleTrack;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shared subtitles as clients read them (SB3).
 *
 * @param url where their text is, or null when the server has it
 * @param parts the number of parts that the text is read in, or null for an address
 * @param bytes the length of the text in UTF-8, or null for an address
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SubtitleEntry(
    UUID trackId,
    String label,
    String language,
    @Nullable String url,
    @Nullable Integer parts,
    @Nullable Integer bytes) {
  static List<SubtitleEntry> of(List<SubtitleTrack> tracks) {
    return tracks.stream().map(SubtitleEntry::of).toList();
  }

  private static SubtitleEntry of(SubtitleTrack track) {
    return switch (track.source()) {
      case SubtitleTrack.Address(String url) ->
          new SubtitleEntry(track.id(), track.label(), track.language(), url, null, null);
      case SubtitleTrack.Text(int parts, int bytes) ->
          new SubtitleEntry(track.id(), track.label(), track.language(), null, parts, bytes);
    };
  }
}
