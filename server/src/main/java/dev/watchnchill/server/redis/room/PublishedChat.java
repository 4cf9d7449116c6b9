package dev.watchnchill.server.redis.room;

import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions.Mark;
import dev.watchnchill.server.store.ChatDelta;
import dev.watchnchill.server.store.codec.CorruptRecordException;
import dev.watchnchill.server.store.codec.ReactionCodec;
import dev.watchnchill.server.store.codec.ReactionKey;
import dev.watchnchill.server.store.codec.RoomCodec;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The difference of two chat logs as fields of a published change: {@code chatKeep}, {@code chat}
 * with the new messages, and where there are any {@code chatChanged} with the changed ones and
 * {@code marks} with the reactions by their stored names. An older server reads the first two.
 */
final class PublishedChat {
  private PublishedChat() {}

  /** Writes a difference into an open object that has fields already. */
  static void write(ByteArrayOutputStream out, RoomDelta.EncodedChat chat) {
    MessageJson.text(out, ",\"chatKeep\":" + chat.keep() + ",\"chat\":");
    MessageJson.array(out, chat.added());
    if (!chat.changed().isEmpty()) {
      MessageJson.text(out, ",\"chatChanged\":");
      MessageJson.array(out, List.copyOf(chat.changed().values()));
    }
    if (!chat.marks().isEmpty()) {
      String before = ",\"marks\":{\"";
      for (Map.Entry<ReactionKey, List<Mark>> each : chat.marks().entrySet()) {
        String name = before + each.getKey().storedName() + "\":";
        MessageJson.field(out, name, ReactionCodec.marks(each.getValue()));
        before = ",\"";
      }
      MessageJson.text(out, "}");
    }
  }

  /**
   * Reads a difference, or returns null for a change without one.
   *
   * @throws CorruptRecordException when it is corrupt
   */
  static @Nullable ChatDelta read(JsonNode change) {
    JsonNode added = change.get("chat");
    if (added == null) {
      return null;
    }
    var marks = new HashMap<ReactionKey, List<Mark>>();
    for (Map.Entry<String, JsonNode> each : change.path("marks").properties()) {
      ReactionKey key = ReactionKey.ofStoredName(each.getKey());
      if (key == null) {
        throw new CorruptRecordException("a change of the chat has unknown reactions");
      }
      marks.put(key, ReactionCodec.readMarks(each.getValue()));
    }
    return new ChatDelta(
        change.path("chatKeep").asInt(0),
        messages(change.path("chatChanged")),
        messages(added),
        marks);
  }

  private static List<ChatMessage> messages(JsonNode list) {
    var messages = new ArrayList<ChatMessage>();
    for (JsonNode message : list) {
      messages.add(RoomCodec.readMessage(message));
    }
    return messages;
  }
}
