package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What the project's own page sends while a film plays: a question for the server's time with a
 * report of how its player does (TL7), everybody in turn. The figures are those of a good line at
 * home; the drift moves as little as the sync lab has seen it move.
 */
final class ClockQuestions implements Bench.Command {
  private static final double DRIFT_DEVIATION_MS = 1;

  private final List<Member> members = new ArrayList<>();
  private final Random random = new Random(1);

  ClockQuestions(List<Party> parties) {
    int most = parties.stream().mapToInt(Party::size).max().orElse(0);
    // One of each room after the other, so that no room asks all at once.
    for (int i = 0; i < most; i++) {
      for (Party party : parties) {
        if (i < party.size()) {
          members.add(party.members().get(i));
        }
      }
    }
  }

  @Override
  public int send(int index, long dueMicros) {
    String question =
        String.format(
            Locale.ROOT,
            "[\"clock\",{\"t1\":%.1f,\"report\":{\"rtt90\":24.1,\"bound\":10.3,\"start\":41.7,"
                + "\"startDev\":6.2,\"seek\":118.4,\"drift\":%.1f,\"state\":\"synced\",\"seeks\":1}}]",
            dueMicros / 1e3,
            random.nextGaussian() * DRIFT_DEVIATION_MS);
    members.get(index % members.size()).connection().ask(index, question);
    return 1;
  }
}
