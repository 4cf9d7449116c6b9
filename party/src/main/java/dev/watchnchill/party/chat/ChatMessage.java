package dev.watchnchill.party.chat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.UserId;
import java.util.UUID;

/**
 * A chat message.
 *
 * @param id id that the client gave it, or the server
 * @param userId the sender
 * @param userName name of the sender at that time
 * @param text trimmed, not blank
 * @param atMs time of sending, ms since the epoch
 * @param seq number of the change that added it
 */
public record ChatMessage(
    UUID id, UserId userId, DisplayName userName, String text, long atMs, long seq) {}
