package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.net.EventName;
import dev.watchnchill.load.net.Network;
import dev.watchnchill.load.party.Crowd;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.Party;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings people back into their rooms, and counts how often that had to be tried again. A base
 * guest whose name is still taken tries once more and then comes under another name, as people do.
 */
final class Returns {
  private static final long AGAIN_MS = 500;
  private static final int SAME_NAME_MAX = 2;

  private final Network network;
  private final Crowd crowd;
  private final boolean ours;
  private final double patienceSeconds;
  private final AtomicInteger back = new AtomicInteger();
  private final AtomicInteger unreached = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger renamed = new AtomicInteger();
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
    boolean byToken = ours && member.sessionToken() != null;
    for (int taken = 0; Clock.micros() < giveUp; ) {
      try {
        enter(seat, byToken);
        back.incrementAndGet();
        lastMicros.accumulateAndGet(Clock.micros(), Math::max);
        return;
      } catch (CompletionException e) {
        unreached.incrementAndGet();
      } catch (Member.Refused e) {
        refused.incrementAndGet();
        byToken = false;
        String why = String.valueOf(e.getMessage());
        member.connection().close();
        if (why.contains("Room not found")) {
          roomless.incrementAndGet();
          break;
        }
        if (why.contains("already taken") && ++taken >= SAME_NAME_MAX) {
          renamed.incrementAndGet();
          member.rename(member.name() + " again");
        }
      }
      Bench.pause(ThreadLocalRandom.current().nextLong(AGAIN_MS, 2 * AGAIN_MS));
    }
    gaveUp.incrementAndGet();
  }

  private void enter(Seat seat, boolean byToken) {
    Member member = seat.member();
    String token = member.sessionToken();
    if (byToken && token != null) {
      member.when(EventName.ROOM_JOINED, () -> connect(member, auth(token, seat)));
      return;
    }
    connect(member, ours ? "{\"resume\":true}" : null);
    if (seat.hosts()) {
      member.joinAsHost(seat.party().room());
    } else {
      member.join(seat.party().room());
    }
  }

  private void connect(Member member, @Nullable String auth) {
    member.connect(network, crowd.nextTarget(), auth);
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
    report.put("underAnotherName", renamed.get());
    report.put("roomNotFound", roomless.get());
    report.put("gaveUp", gaveUp.get());
    return report;
  }
}
