package dev.watchnchill.server.wire;

import static dev.watchnchill.server.wire.ServerSamples.ANN;
import static dev.watchnchill.server.wire.ServerSamples.BOB;
import static dev.watchnchill.server.wire.ServerSamples.EPOCH;
import static dev.watchnchill.server.wire.ServerSamples.ISO;
import static dev.watchnchill.server.wire.ServerSamples.ROOM;

import java.util.List;
import java.util.Map;

/** Samples of messages about the chat, for {@link ServerSamples}. */
final class ChatMessageSamples {
  private static final String FIRST = "4d3f2c1b-0a9e-4d8c-9b7a-6f5e4d3c2b1a";
  private static final String SECOND = "5e4f3d2c-1b0a-4e9d-8c8b-7a6f5e4d3c2b";
  private static final String THIRD = "6f5a4e3d-2c1b-4f0e-9d9c-8b7a6f5e4d3c";
  private static final String ITEM = "7a6b5f4e-3d2c-4a1f-8e0d-9c8b7a6f5e4d";
  private static final List<ReactionEntry> REACTIONS =
      List.of(
          new ReactionEntry("\u2764\ufe0f", 23, List.of(ANN, BOB)),
          new ReactionEntry("\ud83d\ude00", 1, List.of(BOB)));

  private static final ChatEntry FULL =
      new ChatEntry(
          SECOND,
          BOB,
          "Bob",
          "later",
          ISO,
          ROOM,
          false,
          new QuoteEntry(FIRST, ANN, "Ann", "the beginning", null),
          new ChatEntry.FilmPosition(ITEM, "https://films.example/a.mp4", 12.345),
          REACTIONS,
          null,
          ISO,
          null);
  private static final ChatEntry READ =
      new ChatEntry(
          SECOND,
          BOB,
          "Bob",
          "later",
          ISO,
          ROOM,
          false,
          null,
          null,
          REACTIONS,
          List.of("\u2764\ufe0f"),
          null,
          null);
  private static final ChatEntry DELETED =
      new ChatEntry(FIRST, ANN, "Ann", "", ISO, ROOM, false, null, null, null, null, null, true);

  private ChatMessageSamples() {}

  private static ChatEntry reply(QuoteEntry quote) {
    return new ChatEntry(
        THIRD,
        ANN,
        "Ann",
        "yes",
        ISO,
        ROOM,
        false,
        quote,
        new ChatEntry.FilmPosition(null, null, 0),
        null,
        null,
        null,
        null);
  }

  static void put(Map<String, ServerMessage> all) {
    all.put("new-message.reply", new ServerMessage.NewMessage(FULL, EPOCH, 7, null));
    all.put(
        "new-message.reply-to-deleted",
        new ServerMessage.NewMessage(
            reply(new QuoteEntry(FIRST, ANN, "Ann", "", true)), EPOCH, 8, null));
    all.put(
        "new-message.reply-to-forgotten",
        new ServerMessage.NewMessage(
            reply(new QuoteEntry(FIRST, null, null, null, null)), EPOCH, 8, null));
    all.put(
        "message-edited",
        new ServerMessage.MessageEdited(SECOND, "better", ISO, BOB, EPOCH, 8, null));
    all.put("message-deleted", new ServerMessage.MessageDeleted(SECOND, ANN, EPOCH, 9, null));
    all.put(
        "message-reactions",
        new ServerMessage.MessageReactions(SECOND, REACTIONS, EPOCH, 10, null));
    all.put(
        "message-reactions.none",
        new ServerMessage.MessageReactions(SECOND, List.of(), EPOCH, 14, 10L));
  }

  static void putReplies(Map<String, ServerReply> all) {
    all.put("get-messages", new ServerReply.MessagePage(List.of(DELETED, FULL), true));
    all.put("get-messages.mine", new ServerReply.MessagePage(List.of(READ), false));
    all.put("get-messages.last", new ServerReply.MessagePage(List.of(), false));
    all.put("get-messages.unknown", ServerReply.failed(ErrorReply.messageNotFound()));
  }
}
