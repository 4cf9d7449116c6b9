package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.voice.Speaker;
import dev.watchnchill.party.voice.VoiceRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member in the voice group, as clients read it (VO2).
 *
 * @param muted whether the member has muted itself
 * @param camera true for a member whose page shows its camera picture; absent for any other
 * @param away true for a member whose connection is lost; absent for any other
 */
public record SpeakerEntry(
    String userId,
    String peerId,
    boolean muted,
    boolean mutedByHost,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean camera,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean away) {
  /** Returns the voice group of a room, in the order of joining. */
  public static List<SpeakerEntry> of(Room room) {
    return room.voice().speakers().stream().map(speaker -> of(room, speaker)).toList();
  }

  private static SpeakerEntry of(Room room, Speaker speaker) {
    Member member = room.members().find(speaker.userId());
    return new SpeakerEntry(
        speaker.userId().toString(),
        speaker.peerId().toString(),
        speaker.muted(),
        VoiceRules.isSilenced(room, speaker.userId()),
        speaker.camera() ? (Boolean) true : null,
        (member == null || member.away()) ? (Boolean) true : null);
  }
}
