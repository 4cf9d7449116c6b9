package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.chat.ChatMessage;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes chat messages. */
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
  }

  static ChatMessage message(JsonCursor value) {
    return new ChatMessage(
        value.at("id").uuid(),
        value.at("user").userId(),
        value.at("name").name(),
        value.at("text").asString(),
        value.at("at").asLong(),
        value.at("seq").asLong());
  }
}
