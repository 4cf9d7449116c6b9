package dev.watchnchill.party.voice;

import dev.watchnchill.party.UserId;
import java.util.UUID;

/**
 * A member in the voice group of a room.
 *
 * @param peerId names the page that speaks for the member; a page that joins again has another one
 * @param muted whether the member has muted itself
 */
public record Speaker(UserId userId, UUID peerId, boolean muted) {}
