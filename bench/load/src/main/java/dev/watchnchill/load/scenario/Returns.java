package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.net.EventName;
import dev.watchnchill.load.net.Network;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.Party;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings people back into their rooms, and counts how often that had to be tried again. A base
 * guest whose name stays taken comes under another one in the end.
 */
final class Returns {
  /** The pauses of the project's page before it asks again. */
  private static final List<Integer> AGAIN_MS = List.of(700, 1_200, 2_000, 3_000);

  private static final int SAME_NAME_MAX = 4;
  private static final double ANSWER_SECONDS = 10;
  private static final double SEATED_BY_ITSELF_SECONDS = 0.4;

  private final Network network;
  private final Crowd crowd;
  private final boolean ours;
  private final double patienceSeconds;
  private final AtomicInteger back = new AtomicInteger();
  private final AtomicInteger unreached = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger renamed = new AtomicInteger();
  private final AtomicInteger notSeated = new AtomicInteger();
  private final AtomicInteger roomless = new AtomicInteger();
  private final AtomicInteger gaveUp = new AtomicInteger();
  private final AtomicLong lastMicros = new AtomicLong();

  Returns(Network network, Crowd crowd, boolean ours, double patienceSeconds) {
    this.network = network;
    this.crowd = crowd;
    this.ours = ours;
    this.patienceSeconds = patienceSeconds;
  }

  /** Who sat where. */
  record Seat(Party party, Member member) {
    boolean hosts() {
      return party.host() == member;
    }
  }

  void bringBack(Seat seat, long dueMicros) {
    Member member = seat.member();
    member.entersAt(dueMicros);
    long giveUp = dueMicros + Math.round(patienceSeconds * 1e6);
    int taken = 0;
    for (int tries = 0; Clock.micros() < giveUp; tries++) {
      try {
        if (!member.connected()) {
          connect(seat);
        }
        if (member.entering()) {
          member.when(
              EventName.ROOM_JOINED,
              ANSWER_SECONDS,
              () -> member.askToReturn(seat.party().room(), seat.hosts()));
        }
        back.incrementAndGet();
        lastMicros.accumulateAndGet(Clock.micros(), Math::max);
        return;
      } catch (CompletionException e) {
        unreached.incrementAndGet();
      } catch (Member.Refused e) {
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
      int pause = AGAIN_MS.get(Math.min(tries, AGAIN_MS.size() - 1));
      Bench.pause(Math.round(pause * ThreadLocalRandom.current().nextDouble(0.75, 1.25)));
    }
    gaveUp.incrementAndGet();
  }

  /** With a token the server seats them by itself; the project's page gives it a moment. */
  private void connect(Seat seat) {
    Member member = seat.member();
    String token = member.sessionToken();
    if (!ours || token == null) {
      member.connect(network, crowd.nextTarget(), ours ? "{\"resume\":true}" : null);
      return;
    }
    try {
      member.when(
          EventName.ROOM_JOINED,
          SEATED_BY_ITSELF_SECONDS,
          () -> member.connect(network, crowd.nextTarget(), auth(token, seat)));
    } catch (Member.Refused e) {
      notSeated.incrementAndGet();
    }
  }

  private static String auth(String token, Seat seat) {
    return "{\"resume\":true,\"sessionToken\":\"%s\",\"roomId\":\"%s\"}"
        .formatted(token, seat.party().room().id());
  }

  /** What the report says of it. */
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
