package dev.watchnchill.party.playback;

import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Member;

/**
 * How far ahead a common start is scheduled, so that the news reaches everybody and every player
 * gets going before it (rule TL3).
 */
final class StartLead {
  /** How long figures are good for, and how long a newcomer without any counts, in ms. */
  static final long FRESH_MS = 60_000;

  /** Of a round trip: the way here, and what the way there may vary by. */
  private static final double ROUND_TRIP_SHARE = 0.3;

  private static final double MARGIN_MS = 20;

  private final Limits limits;

  StartLead(Limits limits) {
    this.limits = limits;
  }

  /** The lead in ms that suits the slowest of those who are present. */
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

  /** What that player needs, in ms, or NaN when that is not known. */
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
    double varies = report.startDev() == null ? 0 : report.startDev();
    return ROUND_TRIP_SHARE * rtt + start + varies + MARGIN_MS;
  }
}
