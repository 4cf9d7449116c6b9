package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.playback.ViewerReport;
import tools.jackson.core.JsonGenerator;

/** Encodes and decodes a player's report about itself; every field may be absent. */
final class ReportCodec {
  private static final EnumNames<ViewerReport.State> STATE =
      new EnumNames<>(
          ViewerReport.State.values(),
          state ->
              switch (state) {
                case NONE -> "none";
                case LOADING -> "loading";
                case READY -> "ready";
                case SYNCED -> "synced";
                case CORRECTING -> "correcting";
                case BUFFERING -> "buffering";
                case BLOCKED -> "blocked";
                case FREE -> "free";
                case FAILED -> "failed";
                case STUCK -> "stuck";
                case LIVE -> "live";
                case ENDED -> "ended";
                case NO_COPY -> "no_copy";
              });

  private ReportCodec() {}

  static void report(JsonGenerator out, String name, ViewerReport report) {
    out.writeObjectPropertyStart(name);
    JsonFields.decimalIfPresent(out, "rtt90", report.rtt90());
    JsonFields.decimalIfPresent(out, "start", report.start());
    JsonFields.decimalIfPresent(out, "startDev", report.startDev());
    JsonFields.decimalIfPresent(out, "seek", report.seek());
    JsonFields.decimalIfPresent(out, "drift", report.drift());
    JsonFields.decimalIfPresent(out, "bound", report.bound());
    ViewerReport.State state = report.state();
    JsonFields.stringIfPresent(out, "state", state == null ? null : STATE.of(state));
    JsonFields.integerIfPresent(out, "seeks", report.seeks());
    JsonFields.decimalIfPresent(out, "duration", report.duration());
    Integer item = report.item();
    JsonFields.integerIfPresent(out, "item", item == null ? null : (Long) (long) item);
    out.writeEndObject();
  }

  static ViewerReport report(JsonCursor value) {
    return new ViewerReport(
        value.at("rtt90").orNull(JsonCursor::asDouble),
        value.at("start").orNull(JsonCursor::asDouble),
        value.at("startDev").orNull(JsonCursor::asDouble),
        value.at("seek").orNull(JsonCursor::asDouble),
        value.at("drift").orNull(JsonCursor::asDouble),
        value.at("bound").orNull(JsonCursor::asDouble),
        value.at("state").orNull(STATE::read),
        value.at("seeks").orNull(JsonCursor::asLong),
        value.at("duration").orNull(JsonCursor::asDouble),
        value.at("item").orNull(JsonCursor::asInt));
  }
}
