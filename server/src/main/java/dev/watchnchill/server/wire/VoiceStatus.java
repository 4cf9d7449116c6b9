package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The voice of a room, as extended clients read it (VO2).
 *
 * @param max most members in the group
 */
public record VoiceStatus(int max, List<SpeakerEntry> speakers) {
  /** Returns the voice of a room; null on a server without voice. */
  static @Nullable VoiceStatus of(Room room, int max) {
    return max == 0 ? null : new VoiceStatus(max, SpeakerEntry.of(room));
  }
}
