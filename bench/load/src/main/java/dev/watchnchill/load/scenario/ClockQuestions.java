package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.measure.Tally;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the project's own page sends while a film plays: a question for the server's time with a
 * report of how its player does (TL7). On a steady line that is one every 20 s, everybody in turn;
 * after three minutes it goes with the first ping of the server that comes 40 s after the one
 * before. The figures are those of a good line at home; the drift moves as little as the sync lab
 * has seen it move.
 */
final class ClockQuestions implements Bench.Command {
  private static final double OFTEN_SECONDS = 20;
  private static final long OFTEN_MICROS = 180_000_000;
  private static final long SELDOM_MICROS = 40_000_000;
  private static final double DRIFT_DEVIATION_MS = 1;

  /** Not the number of any command. */
  private static final long WITH_A_PING = Integer.MAX_VALUE;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final List<Viewer> viewers = new ArrayList<>();
  private final long seldomFromMicros;

  /** The pages of these people, whose films play since that time. */
  ClockQuestions(List<Party> parties, long playingSinceMicros) {
    seldomFromMicros = playingSinceMicros + OFTEN_MICROS;
    int most = parties.stream().mapToInt(Party::size).max().orElse(0);
    // One of each room after the other, so that no room asks all at once.
    for (int i = 0; i < most; i++) {
      for (Party party : parties) {
        if (i < party.size()) {
          viewers.add(new Viewer(party.members().get(i)));
        }
      }
    }
  }

  /** How many are due in a second: of those that go with pings none is. */
  double perSecond() {
    return Clock.micros() < seldomFromMicros ? viewers.size() / OFTEN_SECONDS : 0;
  }

  @Override
  public int send(int index, long dueMicros) {
    if (dueMicros >= seldomFromMicros) {
      return 0;
    }
    viewers.get(index % viewers.size()).ask(index, dueMicros);
    return 1;
  }

  /** One of them. */
  private final class Viewer implements Member.HeartbeatListener, Member.AckListener {
    private final Member member;
    private volatile long askedMicros = NEVER;
    private volatile boolean answered = true;

    Viewer(Member member) {
      this.member = member;
      member.heartbeatsTo(this);
      member.answersTo(this);
    }

    void ask(long number, long nowMicros) {
      askedMicros = nowMicros;
      answered = false;
      member.connection().ask(number, question(nowMicros));
    }

    @Override
    public void heartbeat(Member self, Tally tally) {
      long now = Clock.micros();
      if (now < seldomFromMicros || now - askedMicros < SELDOM_MICROS) {
        return;
      }
      if (!answered) {
        tally.errors++;
      }
      ask(WITH_A_PING, now);
    }

    @Override
    public void answered(Member self, long number, Tally tally) {
      answered = true;
      tally.answered(number);
    }
  }

  private static String question(long nowMicros) {
    return String.format(
        Locale.ROOT,
        "[\"clock\",{\"t1\":%.1f,\"report\":{\"rtt90\":24.1,\"bound\":10.3,\"start\":41.7,"
            + "\"startDev\":6.2,\"seek\":118.4,\"drift\":%.1f,\"state\":\"synced\",\"seeks\":1}}]",
        nowMicros / 1e3,
        ThreadLocalRandom.current().nextGaussian() * DRIFT_DEVIATION_MS);
  }
}
