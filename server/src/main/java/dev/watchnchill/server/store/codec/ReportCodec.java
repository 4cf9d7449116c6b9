package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.playback.ViewerReport;
import tools.jackson.core.JsonGenerator;

/** What a player says of itself; every part may be missing. */
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
              });

  private ReportCodec() {}

  static void report(JsonGenerator out, String name, ViewerReport report) {
    out.writeObjectPropertyStart(name);
    JsonFields.realIfAny(out, "rtt90", report.rtt90());
    JsonFields.realIfAny(out, "start", report.start());
    JsonFields.realIfAny(out, "startDev", report.startDev());
    JsonFields.realIfAny(out, "seek", report.seek());
    JsonFields.realIfAny(out, "drift", report.drift());
    JsonFields.realIfAny(out, "bound", report.bound());
    ViewerReport.State state = report.state();
    JsonFields.textIfAny(out, "state", state == null ? null : STATE.of(state));
    JsonFields.wholeIfAny(out, "seeks", report.seeks());
    out.writeEndObject();
  }

  static ViewerReport report(JsonCursor value) {
    return new ViewerReport(
        value.at("rtt90").orNull(JsonCursor::real),
        value.at("start").orNull(JsonCursor::real),
        value.at("startDev").orNull(JsonCursor::real),
        value.at("seek").orNull(JsonCursor::real),
        value.at("drift").orNull(JsonCursor::real),
        value.at("bound").orNull(JsonCursor::real),
        value.at("state").orNull(STATE::read),
        value.at("seeks").orNull(JsonCursor::whole));
  }
}
