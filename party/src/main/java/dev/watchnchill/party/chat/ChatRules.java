package dev.watchnchill.party.chat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides on chat messages and typing (rules CH1, CH2, CH5 to CH9, TY1, RT5, EN11). */
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
    if (send.replyTo() != null && present(room, send.replyTo()) == null) {
      return Decision.rejected(room, Rejection.MESSAGE_NOT_FOUND);
    }
    int slowMs = sender.host() ? 0 : room.settings().slowModeMs();
    long waitMs = slowMs == 0 ? 0 : sender.spokeAtMs() + slowMs - nowMs;
    if (waitMs > 0) {
      return Decision.rejected(room, Rejection.SLOW_MODE, waitMs);
    }
    var message =
        new ChatMessage(
            send.message(),
            sender.id(),
            sender.name(),
            send.text(),
            nowMs,
            room.seq() + 1,
            send.replyTo(),
            FilmMoment.of(room, nowMs));
    Room next = room.changed(nowMs).withChat(room.chat().plus(message, limits.chatKeep()));
    if (slowMs > 0) {
      next = next.withMembers(next.members().with(sender.asSpeaker(nowMs)), nowMs);
    }
    return Decision.done(next, List.of(new RoomEvent.MessageSent(next.seq(), message)));
  }

  /** Decides on another text for a message. */
  public static Decision edit(Room room, Member member, RoomCommand.EditMessage edit, long nowMs) {
    ChatMessage message = present(room, edit.message());
    if (message == null) {
      return Decision.rejected(room, Rejection.MESSAGE_NOT_FOUND);
    }
    if (!message.userId().equals(member.id())) {
      return Decision.rejected(room, Rejection.NOT_YOUR_MESSAGE);
    }
    Rejection rejection = mayNotWrite(room, member);
    if (rejection != null) {
      return Decision.rejected(room, rejection);
    }
    if (message.text().equals(edit.text())) {
      return Decision.unchanged(room);
    }
    Room next = changed(room, message.edited(edit.text(), nowMs), nowMs);
    return Decision.done(
        next,
        List.of(
            new RoomEvent.MessageEdited(
                next.seq(), message.id(), edit.text(), nowMs, member.id())));
  }

  /** Decides on the end of a message, of which its place in the log is left. */
  public static Decision delete(
      Room room, Member member, RoomCommand.DeleteMessage delete, long nowMs) {
    ChatMessage message = room.chat().find(delete.message());
    if (message == null) {
      return Decision.rejected(room, Rejection.MESSAGE_NOT_FOUND);
    }
    if (!member.host() && !message.userId().equals(member.id())) {
      return Decision.rejected(room, Rejection.NOT_YOUR_MESSAGE);
    }
    if (message.deleted()) {
      return Decision.unchanged(room);
    }
    Room next = changed(room, message.asDeleted(), nowMs);
    return Decision.done(
        next, List.of(new RoomEvent.MessageDeleted(next.seq(), message.id(), member.id())));
  }

  /** Decides on a reaction to a message. */
  public static Decision react(Room room, Member member, RoomCommand.React react, long nowMs) {
    ChatMessage message = present(room, react.message());
    if (message == null) {
      return Decision.rejected(room, Rejection.MESSAGE_NOT_FOUND);
    }
    if (member.muted()) {
      return Decision.rejected(room, Rejection.MUTED);
    }
    Reactions reactions = message.reactions();
    var marks = new ArrayList<>(reactions.of(member.id()));
    boolean had = marks.removeIf(mark -> mark.emoji().equals(react.emoji()));
    if (had == react.on()) {
      return Decision.unchanged(room);
    }
    if (react.on()) {
      boolean another =
          reactions.tallies().stream().noneMatch(tally -> tally.emoji().equals(react.emoji()));
      if (marks.size() == Reactions.MEMBER_EMOJI_MAX
          || (another && reactions.tallies().size() == Reactions.EMOJI_MAX)) {
        return Decision.rejected(room, Rejection.TOO_MANY_REACTIONS);
      }
      marks.add(new Reactions.Mark(react.emoji(), room.seq() + 1));
    }
    Room next = changed(room, message.withReactions(reactions.with(member.id(), marks)), nowMs);
    return Decision.done(next, List.of(new RoomEvent.MessageReacted(next.seq(), message.id())));
  }

  /** Returns a message that is not deleted, or null. */
  private static @Nullable ChatMessage present(Room room, UUID id) {
    ChatMessage message = room.chat().find(id);
    return message == null || message.deleted() ? null : message;
  }

  private static Room changed(Room room, ChatMessage message, long nowMs) {
    return room.changed(nowMs).withChat(room.chat().with(message));
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

  /** Decides on a reaction to the film, which is sent and not kept (rules FX1, EN11). */
  public static Decision reactToFilm(Room room, Member member, RoomCommand.ReactToFilm react) {
    return member.muted()
        ? Decision.rejected(room, Rejection.MUTED)
        : Decision.done(
            room, List.of(new RoomEvent.FilmReacted(member.id(), member.name(), react.emoji())));
  }
}
