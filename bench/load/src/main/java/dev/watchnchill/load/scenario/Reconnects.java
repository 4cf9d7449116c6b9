package dev.watchnchill.load.scenario;

import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.LoadRoom;
import dev.watchnchill.load.net.EventName;
import dev.watchnchill.load.net.LoadConnections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reconnects members to their rooms after a restart, and counts the retries. A base guest whose
 * name stays taken joins under another one in the end.
 */
final class Reconnects {
  /** The pauses of the web client before it tries again. */
  private static final List<Integer> RETRY_MS = List.of(700, 1_200, 2_000, 3_000);

  private static final int SAME_NAME_MAX = 4;
  private static final double ANSWER_SECONDS = 10;
  private static final double SEATED_SECONDS = 0.4;

  private final LoadConnections connections;
  private final LoadAudience audience;
  private final boolean ours;
  private final double secondsMax;
  private final AtomicInteger back = new AtomicInteger();
  private final AtomicInteger unreached = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger renamed = new AtomicInteger();
  private final AtomicInteger notSeated = new AtomicInteger();
  private final AtomicInteger roomless = new AtomicInteger();
  private final AtomicInteger gaveUp = new AtomicInteger();
  private final AtomicLong lastMicros = new AtomicLong();

  Reconnects(LoadConnections connections, LoadAudience audience, boolean ours, double secondsMax) {
    this.connections = connections;
    this.audience = audience;
    this.ours = ours;
    this.secondsMax = secondsMax;
  }

  /** A member with its room. */
  record Seat(LoadRoom loadRoom, LoadMember member) {
    boolean hosts() {
      return loadRoom.host() == member;
    }
  }

  void reconnect(Seat seat, long dueMicros) {
    LoadMember member = seat.member();
    member.expectJoinedAt(dueMicros);
    long giveUp = dueMicros + Math.round(secondsMax * 1e6);
    int taken = 0;
    for (int tries = 0; MicrosClock.micros() < giveUp; tries++) {
      try {
        if (!member.connected()) {
          connect(seat);
        }
        if (member.awaitsJoined()) {
          member.when(
              EventName.ROOM_JOINED,
              ANSWER_SECONDS,
              () -> member.sendRejoin(seat.loadRoom().room(), seat.hosts()));
        }
        back.incrementAndGet();
        lastMicros.accumulateAndGet(MicrosClock.micros(), Math::max);
        return;
      } catch (CompletionException e) {
        unreached.incrementAndGet();
      } catch (LoadMember.Rejected e) {
        refused.incrementAndGet();
        String why = String.valueOf(e.getMessage());
        if (why.contains("Room not found")) {
          roomless.incrementAndGet();
          break;
        }
        if (why.contains("already taken") && ++taken >= SAME_NAME_MAX) {
          renamed.incrementAndGet();
          member.rename(member.name() + " again");
        }
      }
      int pause = RETRY_MS.get(Math.min(tries, RETRY_MS.size() - 1));
      PhaseRunner.pause(Math.round(pause * ThreadLocalRandom.current().nextDouble(0.75, 1.25)));
    }
    gaveUp.incrementAndGet();
  }

  /**
   * Connects a member; with a token the server seats it, for which the web client waits a moment.
   */
  private void connect(Seat seat) {
    LoadMember member = seat.member();
    String token = member.sessionToken();
    if (!ours || token == null) {
      member.connect(connections, audience.nextTarget(), ours ? "{\"resume\":true}" : null);
      return;
    }
    try {
      member.when(
          EventName.ROOM_JOINED,
          SEATED_SECONDS,
          () -> member.connect(connections, audience.nextTarget(), auth(token, seat)));
    } catch (LoadMember.Rejected e) {
      notSeated.incrementAndGet();
    }
  }

  private static String auth(String token, Seat seat) {
    return "{\"resume\":true,\"sessionToken\":\"%s\",\"roomId\":\"%s\"}"
        .formatted(token, seat.loadRoom().room().id());
  }

  /** Returns the counts for the report. */
  Map<String, Object> report(long upAgainMicros, int seats) {
    Map<String, Object> report = new TreeMap<>();
    report.put("seats", seats);
    report.put("back", back.get());
    report.put("lastBackSeconds", (lastMicros.get() - upAgainMicros) / 1e6);
    if (back.get() == seats) {
      report.put("allBackSeconds", (lastMicros.get() - upAgainMicros) / 1e6);
    }
    report.put("unreached", unreached.get());
    report.put("refused", refused.get());
    report.put("notSeatedByToken", notSeated.get());
    report.put("underAnotherName", renamed.get());
    report.put("roomNotFound", roomless.get());
    report.put("gaveUp", gaveUp.get());
    return report;
  }
}
