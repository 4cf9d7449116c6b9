package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.FilmMoment;
import dev.watchnchill.party.chat.Reactions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes chat messages without their reactions. */
final class ChatCodec {
  private ChatCodec() {}

  /** Writes the fields of a message into an open object. */
  static void message(JsonGenerator out, ChatMessage message) {
    out.writeStringProperty("id", message.id().toString());
    JsonFields.user(out, "user", message.userId());
    out.writeStringProperty("name", message.userName().value());
    out.writeStringProperty("text", message.text());
    out.writeNumberProperty("at", message.atMs());
    out.writeNumberProperty("seq", message.seq());
    uuid(out, "replyTo", message.replyTo());
    FilmMoment film = message.film();
    if (film != null) {
      out.writeObjectPropertyStart("film");
      uuid(out, "item", film.item());
      JsonFields.stringIfPresent(out, "url", film.url());
      JsonFields.decimal(out, "position", film.position());
      out.writeEndObject();
    }
    if (message.editedAtMs() != 0) {
      out.writeNumberProperty("edited", message.editedAtMs());
    }
    JsonFields.trueOnly(out, "deleted", message.deleted());
  }

  private static void uuid(JsonGenerator out, String name, @Nullable UUID id) {
    JsonFields.stringIfPresent(out, name, id == null ? null : id.toString());
  }

  static ChatMessage message(JsonCursor value) {
    return new ChatMessage(
        value.at("id").uuid(),
        value.at("user").userId(),
        value.at("name").name(),
        value.at("text").asString(),
        value.at("at").asLong(),
        value.at("seq").asLong(),
        value.at("replyTo").orNull(JsonCursor::uuid),
        value.at("film").orNull(ChatCodec::film),
        value.at("edited").or(JsonCursor::asLong, 0L),
        value.at("deleted").isTrue(),
        Reactions.NONE);
  }

  private static FilmMoment film(JsonCursor value) {
    return new FilmMoment(
        value.at("item").orNull(JsonCursor::uuid),
        value.at("url").orNull(JsonCursor::asString),
        value.at("position").asDouble());
  }
}
