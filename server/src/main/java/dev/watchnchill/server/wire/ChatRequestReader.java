package dev.watchnchill.server.wire;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.server.wire.ClientRequest.CommandFactory;
import java.util.Objects;
import java.util.UUID;

/** Reads the requests about chat messages (rules CH1 to CH9, FR17). */
final class ChatRequestReader {
  /** Most messages of one page. */
  private static final int PAGE_MAX = 100;

  /** Messages of a page when the client names no number. */
  private static final int PAGE_DEFAULT = 50;

  private ChatRequestReader() {}

  static ClientRequest send(FieldReader in, int lengthMax) {
    return new ClientRequest.SendMessage(
        in.roomId(),
        in.message(lengthMax),
        in.optionalUuid("messageId"),
        in.isNull("replyTo") ? null : in.optionalUuid("replyTo"));
  }

  static CommandFactory edit(FieldReader in, int lengthMax) {
    UUID message = in.uuid("messageId");
    String text = in.message(lengthMax);
    return (actor, _, _) -> new RoomCommand.EditMessage(actor, message, text);
  }

  static CommandFactory delete(FieldReader in) {
    UUID message = in.uuid("messageId");
    return (actor, _, _) -> new RoomCommand.DeleteMessage(actor, message);
  }

  static CommandFactory react(FieldReader in) {
    UUID message = in.uuid("messageId");
    String emoji = in.emoji();
    boolean on = in.bool("on");
    return (actor, _, _) -> new RoomCommand.React(actor, message, emoji, on);
  }

  static ClientRequest page(FieldReader in) {
    return new ClientRequest.GetMessages(
        in.roomId(),
        in.optionalUuid("before"),
        Objects.requireNonNullElse(in.optionalInt("limit", 1, PAGE_MAX), PAGE_DEFAULT));
  }
}
