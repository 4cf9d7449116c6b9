package dev.watchnchill.party.playback;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Member;

/**
 * Computes how far ahead a common start is scheduled, so that every player receives it and starts
 * in time (rule TL3).
 */
final class StartLead {
  /** Validity of reported figures, and of a new member without figures, in ms. */
  static final long FRESH_MS = 60_000;

  /** Share of a round trip: the way to the client, and its variation. */
  private static final double ROUND_TRIP_SHARE = 0.3;

  private static final double MARGIN_MS = 20;

  private final Limits limits;

  StartLead(Limits limits) {
    this.limits = limits;
  }

  /** Returns the lead in ms that the slowest present player needs. */
  double ms(Room room, Audience audience, long nowMs) {
    double slowestMs = 0;
    boolean anyFigures = false;
    boolean anyUnknown = false;
    for (Member member : room.members().list()) {
      if (member.away()) {
        continue;
      }
      double needsMs = needsMs(audience.of(member.id()), nowMs);
      if (!Double.isNaN(needsMs)) {
        anyFigures = true;
        slowestMs = Math.max(slowestMs, needsMs);
      } else if (member.session() != null && nowMs - member.joinedAtMs() < FRESH_MS) {
        anyUnknown = true;
      }
    }
    if (anyUnknown || !anyFigures) {
      slowestMs = Math.max(slowestMs, limits.startLeadUnknownMs());
    }
    return Math.clamp(slowestMs, limits.startLeadMinMs(), limits.startLeadMaxMs());
  }

  /** Returns the lead in ms that a player needs, or NaN when that is not known. */
  private static double needsMs(Viewer viewer, long nowMs) {
    ViewerReport report = viewer.report();
    if (report == null || nowMs - viewer.reportedAtMs() >= FRESH_MS) {
      return Double.NaN;
    }
    Double rtt = report.rtt90();
    Double start = report.start();
    if (rtt == null || start == null) {
      return Double.NaN;
    }
    double deviation = report.startDev() == null ? 0 : report.startDev();
    return ROUND_TRIP_SHARE * rtt + start + deviation + MARGIN_MS;
  }
}
