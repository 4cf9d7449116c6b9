package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.voice.PeerSignal;
import dev.watchnchill.party.voice.Speaker;
import dev.watchnchill.party.voice.VoiceGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes voice groups, and the signals between instances, which are not stored. */
final class VoiceCodec {
  private VoiceCodec() {}

  static void group(JsonGenerator out, String name, VoiceGroup group) {
    out.writeObjectPropertyStart(name);
    out.writeArrayPropertyStart("speakers");
    for (Speaker speaker : group.speakers()) {
      out.writeStartObject();
      speaker(out, speaker);
      out.writeEndObject();
    }
    out.writeEndArray();
    if (!group.silenced().isEmpty()) {
      out.writeArrayPropertyStart("silenced");
      for (UserId user : group.silenced()) {
        out.writeString(user.toString());
      }
      out.writeEndArray();
    }
    if (!group.browsers().isEmpty()) {
      out.writeArrayPropertyStart("browsers");
      for (KeyedHash browser : group.browsers()) {
        out.writeString(browser.hex());
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  static VoiceGroup group(JsonCursor value) {
    return new VoiceGroup(
        value.at("speakers").each(VoiceCodec::speaker),
        value.at("silenced").or(users -> users.each(JsonCursor::userId), List.of()),
        value.at("browsers").or(hashes -> hashes.each(JsonCursor::keyedHash), List.of()));
  }

  private static void speaker(JsonGenerator out, Speaker speaker) {
    JsonFields.user(out, "user", speaker.userId());
    out.writeStringProperty("peer", speaker.peerId().toString());
    JsonFields.trueOnly(out, "muted", speaker.muted());
    JsonFields.trueOnly(out, "camera", speaker.camera());
  }

  private static Speaker speaker(JsonCursor value) {
    return new Speaker(
        value.at("user").userId(),
        value.at("peer").uuid(),
        value.at("muted").isTrue(),
        value.at("camera").isTrue());
  }

  static void signalled(JsonGenerator out, RoomEvent.VoiceSignalled event) {
    speaker(out, event.from());
    JsonFields.user(out, "to", event.to());
    out.writeStringProperty("toPeer", event.toPeer().toString());
    switch (event.signal()) {
      case PeerSignal.Description(PeerSignal.Kind kind, String sdp) -> {
        out.writeStringProperty("kind", EventEnumNames.SIGNAL.of(kind));
        out.writeStringProperty("sdp", sdp);
      }
      case PeerSignal.Candidate candidate -> {
        out.writeStringProperty("candidate", candidate.candidate());
        JsonFields.stringIfPresent(out, "mid", candidate.mid());
        Integer line = candidate.line();
        if (line != null) {
          out.writeNumberProperty("line", line.intValue());
        }
        JsonFields.stringIfPresent(out, "username", candidate.username());
      }
      case PeerSignal.LastCandidate _ -> {}
    }
  }

  static RoomEvent.VoiceSignalled signalled(JsonCursor value) {
    return new RoomEvent.VoiceSignalled(
        speaker(value), value.at("to").userId(), value.at("toPeer").uuid(), signal(value));
  }

  private static PeerSignal signal(JsonCursor value) {
    PeerSignal.@Nullable Kind kind = value.at("kind").orNull(EventEnumNames.SIGNAL::read);
    if (kind != null) {
      return new PeerSignal.Description(kind, value.at("sdp").asString());
    }
    String candidate = value.at("candidate").orNull(JsonCursor::asString);
    return candidate == null
        ? new PeerSignal.LastCandidate()
        : new PeerSignal.Candidate(
            candidate,
            value.at("mid").orNull(JsonCursor::asString),
            value.at("line").orNull(JsonCursor::asInt),
            value.at("username").orNull(JsonCursor::asString));
  }
}
