package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Jump;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.playback.WaitPolicy;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes the video, the timeline, the last jump and the waiting policy. */
final class TimelineCodec {
  private static final EnumNames<Timeline.Phase> PHASE =
      new EnumNames<>(
          Timeline.Phase.values(),
          phase ->
              switch (phase) {
                case PAUSED -> "paused";
                case PREPARING -> "preparing";
                case PLAYING -> "playing";
              });

  private static final EnumNames<ReadyBarrier.Reason> BARRIER_REASON =
      new EnumNames<>(
          ReadyBarrier.Reason.values(),
          reason ->
              switch (reason) {
                case SEEK -> "seek";
                case STALL -> "stall";
                case NEXT -> "next";
              });

  private static final EnumNames<VideoKind> KIND =
      new EnumNames<>(
          VideoKind.values(),
          kind ->
              switch (kind) {
                case YOUTUBE -> "youtube";
                case VIDEO -> "video";
                case AUDIO -> "audio";
                case HLS -> "hls";
                case DASH -> "dash";
                case VIMEO -> "vimeo";
                case TWITCH -> "twitch";
                case DAILYMOTION -> "dailymotion";
                case PEERTUBE -> "peertube";
                case LOCAL -> "local";
              });

  private static final EnumNames<WaitPolicy.Mode> MODE =
      new EnumNames<>(
          WaitPolicy.Mode.values(),
          mode ->
              switch (mode) {
                case NEVER -> "never";
                case EVERYONE -> "everyone";
              });

  private TimelineCodec() {}

  static void media(JsonGenerator out, String name, Media media) {
    out.writeObjectPropertyStart(name);
    out.writeStringProperty("url", media.url());
    out.writeStringProperty("kind", KIND.of(media.kind()));
    out.writeEndObject();
  }

  static Media media(JsonCursor value) {
    return new Media(value.at("url").asString(), KIND.read(value.at("kind")));
  }

  static void timeline(JsonGenerator out, String name, Timeline timeline) {
    out.writeObjectPropertyStart(name);
    out.writeNumberProperty("seq", timeline.seq());
    out.writeNumberProperty("item", timeline.item());
    out.writeStringProperty("phase", PHASE.of(timeline.phase()));
    JsonFields.decimal(out, "position", timeline.position());
    JsonFields.decimal(out, "rate", timeline.rate());
    JsonFields.decimal(out, "at", timeline.atMs());
    out.writeBooleanProperty("resume", timeline.resume());
    JsonFields.userIfPresent(out, "by", timeline.by());
    JsonFields.decimal(out, "duration", timeline.duration());
    ReadyBarrier barrier = timeline.barrier();
    if (barrier != null) {
      writeBarrier(out, barrier);
    }
    JsonFields.decimal(out, "calm", timeline.stallCooldownMs());
    JsonFields.decimalIfPresent(out, "liveDelay", timeline.liveDelayMs());
    out.writeEndObject();
  }

  static Timeline timeline(JsonCursor value) {
    long seq = value.at("seq").asLong();
    int item = value.at("item").asInt();
    Timeline.Phase phase = PHASE.read(value.at("phase"));
    double position = value.at("position").asDouble();
    double rate = value.at("rate").asDouble();
    double atMs = value.at("at").asDouble();
    boolean resume = value.at("resume").asBoolean();
    UserId by = value.at("by").orNull(JsonCursor::userId);
    double duration = value.at("duration").asDouble();
    ReadyBarrier barrier = value.at("hold").orNull(TimelineCodec::readBarrier);
    double calmMs = value.at("calm").asDouble();
    Double liveDelayMs = value.at("liveDelay").orNull(JsonCursor::asDouble);
    return value.construct(() ->
        new Timeline(
            seq,
            item,
            phase,
            position,
            rate,
            atMs,
            resume,
            by,
            duration,
            barrier,
            calmMs,
            liveDelayMs));
  }

  static void jump(JsonGenerator out, String name, Jump jump) {
    out.writeObjectPropertyStart(name);
    out.writeNumberProperty("item", jump.item());
    JsonFields.decimal(out, "back", jump.back());
    out.writeNumberProperty("at", jump.atMs());
    JsonFields.user(out, "by", jump.by());
    out.writeEndObject();
  }

  static Jump jump(JsonCursor value) {
    return new Jump(
        value.at("item").asInt(),
        value.at("back").asDouble(),
        value.at("at").asLong(),
        value.at("by").userId());
  }

  private static void writeBarrier(JsonGenerator out, ReadyBarrier barrier) {
    out.writeObjectPropertyStart("hold");
    out.writeNumberProperty("seq", barrier.seq());
    out.writeStringProperty("reason", BARRIER_REASON.of(barrier.reason()));
    out.writeArrayPropertyStart("for");
    for (UserId user : barrier.awaited()) {
      out.writeString(user.value().toString());
    }
    out.writeEndArray();
    out.writeNumberProperty("until", barrier.untilMs());
    out.writeEndObject();
  }

  private static ReadyBarrier readBarrier(JsonCursor value) {
    var reason = BARRIER_REASON.read(value.at("reason"));
    var awaited = value.at("for").each(JsonCursor::userId);
    long seq = value.at("seq").asLong();
    long untilMs = value.at("until").asLong();
    return value.construct(() -> new ReadyBarrier(seq, reason, awaited, untilMs));
  }

  static void waiting(JsonGenerator out, String name, WaitPolicy waiting) {
    out.writeObjectPropertyStart(name);
    out.writeStringProperty("mode", MODE.of(waiting.mode()));
    out.writeNumberProperty("seconds", waiting.seconds());
    out.writeNumberProperty("graceMs", waiting.graceMs());
    out.writeNumberProperty("peopleMax", waiting.peopleMax());
    out.writeNumberProperty("strikesMax", waiting.strikesMax());
    out.writeEndObject();
  }

  static WaitPolicy waiting(JsonCursor value) {
    WaitPolicy.Mode mode = MODE.read(value.at("mode"));
    int seconds = value.at("seconds").asInt();
    int graceMs = value.at("graceMs").asInt();
    int peopleMax = value.at("peopleMax").asInt();
    int strikesMax = value.at("strikesMax").asInt();
    return value.construct(() -> new WaitPolicy(mode, seconds, graceMs, peopleMax, strikesMax));
  }
}
