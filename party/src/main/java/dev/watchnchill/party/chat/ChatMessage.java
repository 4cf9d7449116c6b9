package dev.watchnchill.party.chat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chat message, or what is left of a deleted one.
 *
 * @param id id that the client gave it, or the server
 * @param userId the sender
 * @param userName name of the sender at that time
 * @param text trimmed, not blank; empty once it is deleted
 * @param atMs time of sending, ms since the epoch
 * @param seq number of the change that added it
 * @param replyTo id of the message that it answers, or null
 * @param film where the film was, or null
 * @param editedAtMs time of the last edit, ms since the epoch; 0 when there was none
 * @param deleted whether nothing is left of it but its place (rule CH8)
 * @param reactions of members
 */
public record ChatMessage(
    UUID id,
    UserId userId,
    DisplayName userName,
    String text,
    long atMs,
    long seq,
    @Nullable UUID replyTo,
    @Nullable FilmMoment film,
    long editedAtMs,
    boolean deleted,
    Reactions reactions) {

  /** Creates a message that answers no other, in a room without a film. */
  public ChatMessage(
      UUID id, UserId userId, DisplayName userName, String text, long atMs, long seq) {
    this(id, userId, userName, text, atMs, seq, null, null);
  }

  /** Creates a message as it is sent. */
  public ChatMessage(
      UUID id,
      UserId userId,
      DisplayName userName,
      String text,
      long atMs,
      long seq,
      @Nullable UUID replyTo,
      @Nullable FilmMoment film) {
    this(id, userId, userName, text, atMs, seq, replyTo, film, 0, false, Reactions.NONE);
  }

  /** Returns this message with another text (rule CH7). */
  public ChatMessage edited(String newText, long nowMs) {
    return new ChatMessage(
        id, userId, userName, newText, atMs, seq, replyTo, film, nowMs, deleted, reactions);
  }

  /** Returns what is left of this message when it is deleted (rule CH8). */
  public ChatMessage asDeleted() {
    return new ChatMessage(
        id, userId, userName, "", atMs, seq, null, null, 0, true, Reactions.NONE);
  }

  /** Returns this message with other reactions. */
  public ChatMessage withReactions(Reactions next) {
    return new ChatMessage(
        id, userId, userName, text, atMs, seq, replyTo, film, editedAtMs, deleted, next);
  }

  /** Returns whether another message differs in nothing but its reactions. */
  public boolean equalsButReactions(ChatMessage other) {
    return withReactions(Reactions.NONE).equals(other.withReactions(Reactions.NONE));
  }
}
