package dev.watchnchill.server.wire;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.chat.ChatMessage;
import java.util.List;

/** A chat message as clients read it (TP4). */
public record ChatEntry(
    String id,
    String userId,
    String userName,
    String message,
    String timestamp,
    String roomId,
    boolean isRead) {
  /** Returns a message of that room in this form. */
  public static ChatEntry of(ChatMessage sent, String roomId) {
    return new ChatEntry(
        sent.id().toString(),
        sent.userId().toString(),
        sent.userName().value(),
        sent.text(),
        WireText.iso(sent.atMs()),
        roomId,
        false);
  }

  /** Returns the chat history of a room, oldest first (JN8). */
  public static List<ChatEntry> history(Room room) {
    return room.chat().messages().stream().map(sent -> of(sent, room.id().value())).toList();
  }
}
