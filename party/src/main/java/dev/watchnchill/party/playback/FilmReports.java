package dev.watchnchill.party.playback;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.ViewerReport.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads from the reports of the present viewers' players when the film ends (rules QU9, QU10). Only
 * members whose last report is about this film count.
 */
public final class FilmReports {
  private FilmReports() {}

  /**
   * Returns the length of the film in seconds, 0 while unknown: a host's, or else the length that
   * more than half of the viewers that report agree to have passed first. A player that knows no
   * length counts as one whose film never ends.
   */
  public static double duration(Room room, Audience audience) {
    if (room.timeline().duration() > 0 || audience.lengths() == 0) {
      return room.timeline().duration();
    }
    var lengths = new ArrayList<Double>();
    for (Viewer viewer : reporting(room, audience)) {
      double length = viewer.filmLength();
      if (!Double.isNaN(length)) {
        lengths.add(length);
      }
    }
    lengths.sort(null);
    double middle = lengths.isEmpty() ? 0 : lengths.get(lengths.size() / 2);
    return Double.isInfinite(middle) ? 0 : middle;
  }

  /**
   * Returns the time, ms since the epoch, from which more than half of the reporting viewers are at
   * the end of the playing film; {@link Long#MAX_VALUE} when no more than half are.
   */
  public static long mostEndedSinceMs(Room room, Audience audience) {
    if (audience.endings() == 0) {
      return Long.MAX_VALUE;
    }
    // What a player reported before the film was moved or started says nothing about it now.
    long movedMs = (long) Math.ceil(room.timeline().atMs());
    List<Viewer> viewers = reporting(room, audience);
    List<Long> since =
        viewers.stream()
            .filter(viewer -> viewer.endedFilm() && viewer.reportedAtMs() >= movedMs)
            .map(Viewer::stateSinceMs)
            .sorted()
            .toList();
    int most = viewers.size() / 2;
    return since.size() > most ? since.get(most) : Long.MAX_VALUE;
  }

  /**
   * Returns since when the players of all viewers that report cannot play the film, ms since the
   * epoch; {@link Long#MAX_VALUE} when one can, or none reports.
   */
  public static long allFailedSinceMs(Room room, Audience audience) {
    if (audience.endings() == 0) {
      return Long.MAX_VALUE;
    }
    long since = Long.MAX_VALUE;
    for (Viewer viewer : reporting(room, audience)) {
      if (viewer.filmState() != State.FAILED) {
        return Long.MAX_VALUE;
      }
      since =
          since == Long.MAX_VALUE ? viewer.stateSinceMs() : Math.max(since, viewer.stateSinceMs());
    }
    return since;
  }

  private static List<Viewer> reporting(Room room, Audience audience) {
    var viewers = new ArrayList<Viewer>();
    for (Member member : room.members().list()) {
      Viewer viewer = audience.of(member.id());
      if (!member.away() && viewer.filmState() != null) {
        viewers.add(viewer);
      }
    }
    return viewers;
  }
}
