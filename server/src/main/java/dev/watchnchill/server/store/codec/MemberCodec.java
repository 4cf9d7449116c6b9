package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes members. */
final class MemberCodec {
  private MemberCodec() {}

  /** Writes a list of members, longest in the room first. */
  static void members(JsonGenerator out, Members members) {
    out.writeStartArray();
    for (Member member : members.list()) {
      member(out, member);
    }
    out.writeEndArray();
  }

  static Members members(JsonCursor value) {
    return Members.of(value.each(MemberCodec::member));
  }

  static void member(JsonGenerator out, Member member) {
    out.writeStartObject();
    JsonFields.user(out, "id", member.id());
    out.writeStringProperty("name", member.name().value());
    out.writeBooleanProperty("host", member.host());
    out.writeNumberProperty("joinedAt", member.joinedAtMs());
    JsonFields.hashIfPresent(out, "session", member.session());
    JsonFields.integerIfPresent(out, "awaySince", member.awaySinceMs());
    InstanceId instance = member.instance();
    JsonFields.stringIfPresent(out, "instance", instance == null ? null : instance.value());
    EntryCodec.identity(out, member.identity());
    JsonFields.trueOnly(out, "muted", member.muted());
    if (member.spokeAtMs() != 0) {
      out.writeNumberProperty("spokeAt", member.spokeAtMs());
    }
    out.writeEndObject();
  }

  static Member member(JsonCursor value) {
    return new Member(
        value.at("id").userId(),
        value.at("name").name(),
        value.at("host").asBoolean(),
        value.at("joinedAt").asLong(),
        value.at("session").orNull(JsonCursor::hash),
        value.at("awaySince").orNull(JsonCursor::asLong),
        value.at("instance").orNull(JsonCursor::instance),
        EntryCodec.identity(value),
        value.at("muted").isTrue(),
        value.at("spokeAt").or(JsonCursor::asLong, 0L));
  }
}
