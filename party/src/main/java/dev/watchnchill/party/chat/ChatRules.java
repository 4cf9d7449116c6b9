package dev.watchnchill.party.chat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.Member;
import java.util.List;

/** What members may say (rules CH1, CH2, TY1, LF2). */
public final class ChatRules {
  private ChatRules() {}

  /** Keeps what was said and tells everybody. */
  public static Decision send(
      Room room, Member sender, RoomCommand.SendMessage send, Limits limits, long nowMs) {
    ChatMessage said = room.chat().find(send.message());
    if (said != null) {
      // Said again because the answer was lost.
      return said.userId().equals(sender.id())
          ? Decision.nothing(room)
          : Decision.rejected(room, Rejection.MESSAGE_ID_TAKEN);
    }
    var message =
        new ChatMessage(
            send.message(), sender.id(), sender.name(), send.text(), nowMs, room.seq() + 1);
    Room next = room.changed(nowMs).withChat(room.chat().plus(message, limits.chatHistory()));
    return Decision.done(next, List.of(new RoomEvent.MessageSent(next.seq(), message)));
  }

  /** Tells the others that somebody types, or no longer does. */
  public static Decision type(Room room, Member member, RoomCommand.SetTyping type) {
    return Decision.done(
        room, List.of(new RoomEvent.Typing(member.id(), member.name(), type.started())));
  }
}
