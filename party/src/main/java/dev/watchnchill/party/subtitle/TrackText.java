package dev.watchnchill.party.subtitle;

import java.util.Arrays;
import java.util.UUID;

/**
 * The text of a new track on its way to the store. The room holds only its size.
 *
 * @param track the id of the track
 * @param content the encoded text, which the rules do not read; not changed any more
 */
@SuppressWarnings("ArrayRecordComponent") // compared by what is in it
public record TrackText(UUID track, byte[] content) {
  @Override
  public boolean equals(Object other) {
    return other instanceof TrackText(UUID otherTrack, byte[] otherContent)
        && track.equals(otherTrack)
        && Arrays.equals(content, otherContent);
  }

  @Override
  public int hashCode() {
    return track.hashCode();
  }

  @Override
  public String toString() {
    return "TrackText[" + track + ", " + content.length + " bytes]";
  }
}
