package dev.watchnchill.party.chat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.UserId;
import java.util.UUID;

/**
 * Something said.
 *
 * @param id its own
 * @param userId who said it
 * @param userName that user's name when it was said
 * @param text trimmed, not blank
 * @param atMs when, ms since the epoch
 * @param seq the change of the room that said it
 */
public record ChatMessage(
    UUID id, UserId userId, DisplayName userName, String text, long atMs, long seq) {}
