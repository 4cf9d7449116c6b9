package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.member.LoadRoom;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * One large room of extended clients, quiet and talking in turn, while its host plays and seeks.
 */
public final class TalkScenario implements Scenario {
  private static final int MESSAGES_FIRST = 8;
  private static final String EXTENDED = "{\"resume\":true}";

  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    int members = options.count("members", 2_000);
    double controls = options.number("controls", 8);
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets())) {
      long begun = MicrosClock.micros();
      LoadRoom loadRoom = LargeRoomScenario.filled(runner, audience, members, EXTENDED);
      double connectSeconds = (MicrosClock.micros() - begun) / 1e6;
      NewestMessages newest = new NewestMessages();
      loadRoom.members().getLast().onMessages(newest::add);
      for (int i = 0; i < MESSAGES_FIRST; i++) {
        loadRoom.host().sendMessage(loadRoom.room(), MicrosClock.micros());
      }
      runner.quiet();
      if (newest.count() == 0) {
        throw new IllegalStateException("no chat message has arrived");
      }
      List<Long> before = runner.processes().rssKb();
      Progress.print("%d members in one room", members);
      DoubleFunction<PhaseRunner.Command> load =
          rate -> new TalkLoad(loadRoom, newest, controls, Math.max(0, rate - controls));
      if (RequestedPhases.is(options, "steps")) {
        RequestedPhases.rates(runner, load);
      } else {
        listed(runner, options, load);
      }
      return new Outcome(members, connectSeconds, Map.of("rssKbBefore", before));
    }
  }

  private static void listed(
      PhaseRunner runner, Options options, DoubleFunction<PhaseRunner.Command> load) {
    double seconds = options.number("seconds", 10);
    List<Double> rates = options.numbers("steps", "8,566");
    runner.warmUp(rates.getLast(), options.number("warmup", 5), load.apply(rates.getLast()));
    for (double rate : rates) {
      runner.measure(PhaseNames.perSecond(rate), rate, seconds, load.apply(rate));
    }
  }
}
