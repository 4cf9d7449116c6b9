package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.playback.ViewerReport;
import tools.jackson.core.JsonGenerator;

/** What a player says of itself; every part may be missing. */
final class ReportCodec {
  private static final Words<ViewerReport.State> STATE =
      new Words<>(
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
    Writing.realIfAny(out, "rtt90", report.rtt90());
    Writing.realIfAny(out, "start", report.start());
    Writing.realIfAny(out, "startDev", report.startDev());
    Writing.realIfAny(out, "seek", report.seek());
    Writing.realIfAny(out, "drift", report.drift());
    Writing.realIfAny(out, "bound", report.bound());
    ViewerReport.State state = report.state();
    Writing.textIfAny(out, "state", state == null ? null : STATE.of(state));
    Writing.wholeIfAny(out, "seeks", report.seeks());
    out.writeEndObject();
  }

  static ViewerReport report(Value value) {
    return new ViewerReport(
        value.at("rtt90").orNull(Value::real),
        value.at("start").orNull(Value::real),
        value.at("startDev").orNull(Value::real),
        value.at("seek").orNull(Value::real),
        value.at("drift").orNull(Value::real),
        value.at("bound").orNull(Value::real),
        value.at("state").orNull(STATE::read),
        value.at("seeks").orNull(Value::whole));
  }
}
