package dev.watchnchill.party.chat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import java.util.List;

/** Decides on chat messages and typing (rules CH1, CH2, TY1, LF2). */
public final class ChatRules {
  private ChatRules() {}

  /** Decides on a chat message; a retry of a stored message changes nothing. */
  public static Decision send(
      Room room, Member sender, RoomCommand.SendMessage send, Limits limits, long nowMs) {
    ChatMessage earlier = room.chat().find(send.message());
    if (earlier != null) {
      return earlier.userId().equals(sender.id())
          ? Decision.unchanged(room)
          : Decision.rejected(room, Rejection.MESSAGE_ID_TAKEN);
    }
    var message =
        new ChatMessage(
            send.message(), sender.id(), sender.name(), send.text(), nowMs, room.seq() + 1);
    Room next = room.changed(nowMs).withChat(room.chat().plus(message, limits.chatHistory()));
    return Decision.done(next, List.of(new RoomEvent.MessageSent(next.seq(), message)));
  }

  /** Announces that a member began or stopped typing. */
  public static Decision type(Room room, Member member, RoomCommand.SetTyping type) {
    return Decision.done(
        room, List.of(new RoomEvent.Typing(member.id(), member.name(), type.started())));
  }
}
