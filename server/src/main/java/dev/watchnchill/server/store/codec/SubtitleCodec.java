package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.subtitle.SubtitleTrack;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes lists of shared subtitles, without their texts. */
final class SubtitleCodec {
  private SubtitleCodec() {}

  static void tracks(JsonGenerator out, String name, List<SubtitleTrack> tracks) {
    out.writeArrayPropertyStart(name);
    for (SubtitleTrack track : tracks) {
      out.writeStartObject();
      out.writeStringProperty("id", track.id().toString());
      out.writeStringProperty("label", track.label());
      out.writeStringProperty("language", track.language());
      switch (track.source()) {
        case SubtitleTrack.Address(String url) -> out.writeStringProperty("url", url);
        case SubtitleTrack.Text(int parts, int bytes) -> {
          out.writeNumberProperty("parts", parts);
          out.writeNumberProperty("bytes", bytes);
        }
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  static List<SubtitleTrack> tracks(JsonCursor value) {
    return value.each(SubtitleCodec::track);
  }

  private static SubtitleTrack track(JsonCursor value) {
    String url = value.at("url").orNull(JsonCursor::asString);
    return new SubtitleTrack(
        value.at("id").uuid(),
        value.at("label").asString(),
        value.at("language").asString(),
        url == null
            ? new SubtitleTrack.Text(value.at("parts").asInt(), value.at("bytes").asInt())
            : new SubtitleTrack.Address(url));
  }
}
