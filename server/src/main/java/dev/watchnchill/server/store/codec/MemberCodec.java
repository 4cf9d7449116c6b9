package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import tools.jackson.core.JsonGenerator;

/** Who holds a seat. */
final class MemberCodec {
  private MemberCodec() {}

  /** A list, longest in the room first. */
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
    JsonFields.hashIfAny(out, "session", member.session());
    JsonFields.wholeIfAny(out, "awaySince", member.awaySinceMs());
    InstanceId instance = member.instance();
    JsonFields.textIfAny(out, "instance", instance == null ? null : instance.value());
    out.writeEndObject();
  }

  static Member member(JsonCursor value) {
    return new Member(
        value.at("id").userId(),
        value.at("name").name(),
        value.at("host").truth(),
        value.at("joinedAt").whole(),
        value.at("session").orNull(JsonCursor::hash),
        value.at("awaySince").orNull(JsonCursor::whole),
        value.at("instance").orNull(JsonCursor::instance));
  }
}
