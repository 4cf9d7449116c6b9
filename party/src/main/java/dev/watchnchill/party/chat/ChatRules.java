package dev.watchnchill.party.chat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.access.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on chat messages and typing (rules CH1, CH2, TY1, LF2, RT5, EN11). */
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
    Rejection rejection = mayNotWrite(room, sender);
    if (rejection != null) {
      return Decision.rejected(room, rejection);
    }
    int slowMs = sender.host() ? 0 : room.settings().slowModeMs();
    long waitMs = slowMs == 0 ? 0 : sender.spokeAtMs() + slowMs - nowMs;
    if (waitMs > 0) {
      return Decision.rejected(room, Rejection.SLOW_MODE, waitMs);
    }
    var message =
        new ChatMessage(
            send.message(), sender.id(), sender.name(), send.text(), nowMs, room.seq() + 1);
    Room next = room.changed(nowMs).withChat(room.chat().plus(message, limits.chatHistory()));
    if (slowMs > 0) {
      next = next.withMembers(next.members().with(sender.asSpeaker(nowMs)), nowMs);
    }
    return Decision.done(next, List.of(new RoomEvent.MessageSent(next.seq(), message)));
  }

  /** Returns why a member may not write now, or null (rules RT5, EN11). */
  private static @Nullable Rejection mayNotWrite(Room room, Member sender) {
    if (sender.muted()) {
      return Rejection.MUTED;
    }
    return room.settings().chat() == Who.HOSTS && !sender.host() ? Rejection.CHAT_CLOSED : null;
  }

  /** Announces that a member began or stopped typing; who may not write does so unseen. */
  public static Decision type(Room room, Member member, RoomCommand.SetTyping type) {
    if (mayNotWrite(room, member) != null) {
      return Decision.unchanged(room);
    }
    return Decision.done(
        room, List.of(new RoomEvent.Typing(member.id(), member.name(), type.started())));
  }
}
