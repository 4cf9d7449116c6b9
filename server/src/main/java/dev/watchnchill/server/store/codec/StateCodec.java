package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.playback.Media;
import tools.jackson.core.JsonGenerator;

/** A room without its people and its chat. */
final class StateCodec {
  private StateCodec() {}

  /** The fields of the state, within an object that is open. */
  static void state(JsonGenerator out, Room room) {
    out.writeStringProperty("id", room.id().value());
    out.writeNumberProperty("epoch", room.epoch());
    out.writeNumberProperty("seq", room.seq());
    out.writeStringProperty("creator", room.creator().value());
    JsonFields.hashIfAny(out, "hostToken", room.hostToken());
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
    JsonFields.wholeIfAny(out, "emptySince", room.emptySinceMs());
    JsonFields.wholeIfAny(out, "hostlessSince", room.hostlessSinceMs());
    if (room.closed()) {
      out.writeBooleanProperty("closed", true);
    }
  }

  static Room state(JsonCursor value, Members members, ChatLog chat) {
    Boolean closed = value.at("closed").orNull(JsonCursor::truth);
    String id = value.at("id").text();
    return new Room(
        value.at("id").made(() -> new RoomId(id)),
        value.at("epoch").whole(),
        value.at("seq").whole(),
        value.at("creator").name(),
        value.at("hostToken").hash(),
        value.at("hostId").userId(),
        value.at("hostName").name(),
        members,
        value.at("media").orNull(TimelineCodec::media),
        TimelineCodec.timeline(value.at("timeline")),
        TimelineCodec.waiting(value.at("waiting")),
        chat,
        value.at("createdAt").whole(),
        value.at("lastWrite").whole(),
        value.at("emptySince").orNull(JsonCursor::whole),
        value.at("hostlessSince").orNull(JsonCursor::whole),
        closed != null && closed);
  }
}
