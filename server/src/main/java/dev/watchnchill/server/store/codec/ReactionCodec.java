package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.chat.Reactions.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Encodes and decodes one member's reactions to one message. */
public final class ReactionCodec {
  private ReactionCodec() {}

  /** Encodes the reactions, without their key. */
  public static byte[] marks(List<Mark> marks) {
    return RoomCodec.record(out -> write(out, marks));
  }

  /** Writes the reactions into an open object. */
  static void write(JsonGenerator out, List<Mark> marks) {
    out.writeArrayPropertyStart("marks");
    for (Mark mark : marks) {
      out.writeStartObject();
      out.writeStringProperty("emoji", mark.emoji());
      out.writeNumberProperty("seq", mark.seq());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Decodes a record of {@link #marks}. */
  public static List<Mark> readMarks(byte[] marks) {
    return readMarks(RecordJson.read(marks));
  }

  /** Decodes reactions within another record. */
  public static List<Mark> readMarks(@Nullable JsonNode marks) {
    return read(RoomCodec.versioned(marks, "reactions"));
  }

  static List<Mark> read(JsonCursor value) {
    return value
        .at("marks")
        .each(mark -> new Mark(mark.at("emoji").asString(), mark.at("seq").asLong()));
  }

  static ReactionKey key(JsonCursor value) {
    ReactionKey key = ReactionKey.ofStoredName(value.asString());
    if (key == null) {
      throw value.corrupt("no key of reactions");
    }
    return key;
  }
}
