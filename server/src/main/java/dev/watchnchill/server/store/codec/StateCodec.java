package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.playback.Media;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes a room without its members and its chat. */
final class StateCodec {
  private StateCodec() {}

  /** Writes the fields of the state into an open object. */
  static void state(JsonGenerator out, Room room) {
    out.writeStringProperty("id", room.id().value());
    out.writeNumberProperty("epoch", room.epoch());
    out.writeNumberProperty("seq", room.seq());
    out.writeStringProperty("creator", room.creator().value());
    JsonFields.hashIfPresent(out, "hostToken", room.hostToken());
    JsonFields.user(out, "hostId", room.hostId());
    out.writeStringProperty("hostName", room.hostName().value());
    Media media = room.media();
    if (media != null) {
      TimelineCodec.media(out, "media", media);
    }
    TimelineCodec.timeline(out, "timeline", room.timeline());
    TimelineCodec.waiting(out, "waiting", room.waiting());
    out.writeNumberProperty("createdAt", room.createdAtMs());
    out.writeNumberProperty("lastWrite", room.lastWriteMs());
    JsonFields.integerIfPresent(out, "emptySince", room.emptySinceMs());
    JsonFields.integerIfPresent(out, "hostlessSince", room.hostlessSinceMs());
    if (room.closed()) {
      out.writeBooleanProperty("closed", true);
    }
  }

  static Room state(JsonCursor value, Members members, ChatLog chat) {
    Boolean closed = value.at("closed").orNull(JsonCursor::asBoolean);
    String id = value.at("id").asString();
    return new Room(
        value.at("id").construct(() -> new RoomId(id)),
        value.at("epoch").asLong(),
        value.at("seq").asLong(),
        value.at("creator").name(),
        value.at("hostToken").hash(),
        value.at("hostId").userId(),
        value.at("hostName").name(),
        members,
        value.at("media").orNull(TimelineCodec::media),
        TimelineCodec.timeline(value.at("timeline")),
        TimelineCodec.waiting(value.at("waiting")),
        chat,
        value.at("createdAt").asLong(),
        value.at("lastWrite").asLong(),
        value.at("emptySince").orNull(JsonCursor::asLong),
        value.at("hostlessSince").orNull(JsonCursor::asLong),
        closed != null && closed);
  }
}
