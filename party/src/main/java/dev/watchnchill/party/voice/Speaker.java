package dev.watchnchill.party.voice;

import dev.watchnchill.party.UserId;
import java.util.UUID;

/**
 * A member in the voice group of a room.
 *
 * @param peerId names the page that speaks for the member; a page that joins again has another one
 * @param muted whether the member has muted itself
 * @param camera whether the page shows its camera picture (rule VO9)
 */
public record Speaker(UserId userId, UUID peerId, boolean muted, boolean camera) {
  /** Returns the entry with the member muted by itself, or not. */
  Speaker withMuted(boolean next) {
    return new Speaker(userId, peerId, next, camera);
  }

  /** Returns the entry with the camera picture on, or off. */
  Speaker withCamera(boolean next) {
    return new Speaker(userId, peerId, muted, next);
  }
}
