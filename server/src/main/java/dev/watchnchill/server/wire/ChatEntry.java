package dev.watchnchill.server.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.FilmMoment;
import dev.watchnchill.party.chat.Reactions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat message as clients read it (TP4, CH6 to CH9).
 *
 * @param replyTo the message that it answers, or null
 * @param at where the film was, or null
 * @param reactions null when there are none
 * @param mine the emoji with which the reader has reacted, in what is sent to one member alone;
 *     null when there are none
 * @param editedAt the time of the last edit, or null
 * @param deleted true for what is left of a deleted message, else null
 */
public record ChatEntry(
    String id,
    String userId,
    String userName,
    String message,
    String timestamp,
    String roomId,
    boolean isRead,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable QuoteEntry replyTo,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FilmPosition at,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<ReactionEntry> reactions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> mine,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String editedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean deleted) {

  /** A position in a film: its item in the queue, its link, and seconds. */
  public record FilmPosition(@Nullable String item, @Nullable String videoUrl, double position) {
    private static @Nullable FilmPosition of(@Nullable FilmMoment film) {
      return film == null
          ? null
          : new FilmPosition(
              film.item() == null ? null : film.item().toString(), film.url(), film.position());
    }
  }

  /** Most messages that an extended client is sent unasked (rule CH5). */
  static final int HISTORY_MAX = 50;

  /** The size from which a page of messages ends early, in characters. */
  public static final int PAGE_LENGTH = 200_000;

  /** The size of a message without its texts, in characters. */
  private static final int ENTRY_LENGTH = 400;

  /** Returns a message of a room in the form that all members read. */
  public static ChatEntry of(ChatMessage sent, Room room) {
    return of(sent, room, null);
  }

  private static ChatEntry of(ChatMessage sent, Room room, @Nullable UserId reader) {
    return new ChatEntry(
        sent.id().toString(),
        sent.userId().toString(),
        sent.userName().value(),
        sent.text(),
        WireText.iso(sent.atMs()),
        room.id().value(),
        false,
        sent.replyTo() == null ? null : QuoteEntry.of(sent.replyTo(), room.chat()),
        FilmPosition.of(sent.film()),
        sent.reactions().isEmpty() ? null : ReactionEntry.of(sent.reactions()),
        reader == null ? null : mine(sent.reactions(), reader),
        sent.editedAtMs() == 0 ? null : WireText.iso(sent.editedAtMs()),
        sent.deleted() ? true : null);
  }

  private static @Nullable List<String> mine(Reactions reactions, UserId reader) {
    List<Reactions.Mark> marks = reactions.of(reader);
    return marks.isEmpty() ? null : marks.stream().map(Reactions.Mark::emoji).toList();
  }

  /**
   * Some messages in a row.
   *
   * @param messages oldest first
   * @param more whether the log has older ones
   */
  public record Page(List<ChatEntry> messages, boolean more) {}

  /** Returns what a base client reads of the chat, oldest first (JN8, LF2). */
  public static List<ChatEntry> history(Room room, int max) {
    return room.chat().newestPresent(max).stream().map(sent -> of(sent, room)).toList();
  }

  /** Returns the newest messages, as an extended client reads them unasked (rule CH5). */
  public static Page newest(Room room, UserId reader) {
    return before(room, room.chat().size(), HISTORY_MAX, reader);
  }

  /**
   * Returns the messages before a place of the log: at most that many, and fewer when they are
   * large (rule CH5).
   */
  public static Page before(Room room, int place, int max, UserId reader) {
    ChatLog log = room.chat();
    var messages = new ArrayList<ChatEntry>();
    int length = 0;
    int from = place;
    while (from > 0 && messages.size() < max && length < PAGE_LENGTH) {
      from--;
      ChatMessage message = log.get(from);
      messages.add(of(message, room, reader));
      length += length(message);
    }
    return new Page(List.copyOf(messages.reversed()), from > 0);
  }

  private static int length(ChatMessage message) {
    FilmMoment film = message.film();
    return ENTRY_LENGTH
        + message.text().length()
        + (film == null || film.url() == null ? 0 : film.url().length())
        + ReactionEntry.length(message.reactions());
  }
}
