package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRunner;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadAudience;
import dev.watchnchill.load.net.ConnectionListener;
import java.util.List;
import java.util.Map;

/** Sockets that join the default namespace, answer pings, and do nothing else. */
public final class IdleScenario implements Scenario {
  private static final int WARM_SOCKETS = 200;

  /** Two of the launcher's periodic collections. */
  private static final double SETTLE_SECONDS = 25;

  @Override
  public Outcome play(PhaseRunner runner, Options options) {
    int sockets = options.count("sockets", options.count("members", 15_000));
    long settleMs = Math.round(options.number("settle", SETTLE_SECONDS) * 1e3);
    try (LoadAudience audience = new LoadAudience(runner.connections(), options.targets())) {
      // A few first, so that classes and buffers which every server needs are not counted.
      connect(runner, audience, WARM_SOCKETS);
      PhaseRunner.pause(settleMs);
      List<Long> before = runner.processes().rssKb();
      long begun = MicrosClock.micros();
      connect(runner, audience, sockets);
      double connectSeconds = (MicrosClock.micros() - begun) / 1e6;
      Progress.print("%d sockets", sockets);
      List<Long> loaded = runner.processes().rssKb();
      PhaseRunner.pause(settleMs);
      List<Long> after = runner.processes().rssKb();
      runner.measure("at rest", 0, options.number("seconds", 60), (index, due) -> 0);
      return new Outcome(
          sockets,
          connectSeconds,
          Map.of(
              "sockets", sockets,
              "warmSockets", WARM_SOCKETS,
              "rssBeforeKb", before,
              "rssRightAfterKb", loaded,
              "rssAfterKb", after));
    }
  }

  private static void connect(PhaseRunner runner, LoadAudience audience, int sockets) {
    audience.inParallel(
        sockets,
        i ->
            runner
                .connections()
                .connect(audience.nextTarget(), ConnectionListener.NONE, null)
                .join());
  }
}
