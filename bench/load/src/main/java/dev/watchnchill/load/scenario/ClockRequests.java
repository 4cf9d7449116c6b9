package dev.watchnchill.load.scenario;

import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.measure.LoopCounters;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.LoadRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Clock requests of the web client while a video plays, each with a report about its player (TL7).
 * On a steady connection each client sends one every 20 s. After three minutes it sends one with
 * the first ping of the server that comes 40 s after the last request. The reported figures are
 * those of a good home connection; the drift varies as in the sync lab.
 */
final class ClockRequests implements PhaseRunner.Command {
  private static final double INTERVAL_SECONDS = 20;
  private static final long SCHEDULED_MICROS = 180_000_000;
  private static final long PING_INTERVAL_MICROS = 40_000_000;
  private static final double DRIFT_DEVIATION_MS = 1;

  /** A number that is no command. */
  private static final long WITH_A_PING = Integer.MAX_VALUE;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final List<Viewer> viewers = new ArrayList<>();
  private final long withPingsFromMicros;

  /** Creates the clients of these members, whose videos play since that time. */
  ClockRequests(List<LoadRoom> loadRooms, long playingSinceMicros) {
    withPingsFromMicros = playingSinceMicros + SCHEDULED_MICROS;
    int most = loadRooms.stream().mapToInt(LoadRoom::size).max().orElse(0);
    // One of each room after the other, so that the requests of a room are spread.
    for (int i = 0; i < most; i++) {
      for (LoadRoom loadRoom : loadRooms) {
        if (i < loadRoom.size()) {
          viewers.add(new Viewer(loadRoom.members().get(i)));
        }
      }
    }
  }

  /** Returns the scheduled requests per second; those that follow pings are not scheduled. */
  double perSecond() {
    return MicrosClock.micros() < withPingsFromMicros ? viewers.size() / INTERVAL_SECONDS : 0;
  }

  @Override
  public int send(int index, long dueMicros) {
    if (dueMicros >= withPingsFromMicros) {
      return 0;
    }
    viewers.get(index % viewers.size()).send(index, dueMicros);
    return 1;
  }

  /** One client. */
  private final class Viewer implements LoadMember.HeartbeatListener, LoadMember.AckListener {
    private final LoadMember member;
    private volatile long sentMicros = NEVER;
    private volatile boolean answered = true;

    Viewer(LoadMember member) {
      this.member = member;
      member.onHeartbeats(this);
      member.onAnswers(this);
    }

    void send(long number, long nowMicros) {
      sentMicros = nowMicros;
      answered = false;
      member.connection().ask(number, request(nowMicros));
    }

    @Override
    public void heartbeat(LoadMember self, LoopCounters counters) {
      long now = MicrosClock.micros();
      if (now < withPingsFromMicros || now - sentMicros < PING_INTERVAL_MICROS) {
        return;
      }
      if (!answered) {
        counters.errors++;
      }
      send(WITH_A_PING, now);
    }

    @Override
    public void answered(LoadMember self, long number, LoopCounters counters) {
      answered = true;
      counters.answered(number);
    }
  }

  private static String request(long nowMicros) {
    return String.format(
        Locale.ROOT,
        "[\"clock\",{\"t1\":%.1f,\"report\":{\"rtt90\":24.1,\"bound\":10.3,\"start\":41.7,"
            + "\"startDev\":6.2,\"seek\":118.4,\"drift\":%.1f,\"state\":\"synced\",\"seeks\":1}}]",
        nowMicros / 1e3,
        ThreadLocalRandom.current().nextGaussian() * DRIFT_DEVIATION_MS);
  }
}
