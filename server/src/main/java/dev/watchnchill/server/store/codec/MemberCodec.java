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

  static Members members(Value value) {
    return Members.of(value.each(MemberCodec::member));
  }

  static void member(JsonGenerator out, Member member) {
    out.writeStartObject();
    Writing.user(out, "id", member.id());
    out.writeStringProperty("name", member.name().value());
    out.writeBooleanProperty("host", member.host());
    out.writeNumberProperty("joinedAt", member.joinedAtMs());
    Writing.hashIfAny(out, "session", member.session());
    Writing.wholeIfAny(out, "awaySince", member.awaySinceMs());
    InstanceId instance = member.instance();
    Writing.textIfAny(out, "instance", instance == null ? null : instance.value());
    out.writeEndObject();
  }

  static Member member(Value value) {
    return new Member(
        value.at("id").userId(),
        value.at("name").name(),
        value.at("host").truth(),
        value.at("joinedAt").whole(),
        value.at("session").orNull(Value::hash),
        value.at("awaySince").orNull(Value::whole),
        value.at("instance").orNull(Value::instance));
  }
}
