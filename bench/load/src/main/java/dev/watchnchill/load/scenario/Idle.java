package dev.watchnchill.load.scenario;

import dev.watchnchill.load.Bench;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Progress;
import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.net.Listener;
import dev.watchnchill.load.party.Crowd;
import java.util.List;
import java.util.Map;

/** Sockets that are connected to the default namespace, answer pings, and do nothing else. */
public final class Idle implements Scenario {
  private static final int WARM_SOCKETS = 200;

  /** Two of the launcher's periodic collections. */
  private static final double SETTLE_SECONDS = 25;

  @Override
  public Outcome play(Bench bench, Options options) {
    int sockets = options.count("sockets", options.count("members", 15_000));
    long settleMs = Math.round(options.number("settle", SETTLE_SECONDS) * 1e3);
    try (Crowd crowd = new Crowd(bench.network(), options.targets())) {
      // A few first, so that classes and buffers which every server needs do not count for the
      // others.
      connect(bench, crowd, WARM_SOCKETS);
      Bench.pause(settleMs);
      List<Long> before = bench.processes().rssKb();
      long begun = Clock.micros();
      connect(bench, crowd, sockets);
      double connectSeconds = (Clock.micros() - begun) / 1e6;
      Progress.say("%d sockets", sockets);
      List<Long> loaded = bench.processes().rssKb();
      Bench.pause(settleMs);
      List<Long> after = bench.processes().rssKb();
      bench.measure("at rest", 0, options.number("seconds", 60), (index, due) -> 0);
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

  private static void connect(Bench bench, Crowd crowd, int sockets) {
    crowd.inParallel(
        sockets, i -> bench.network().connect(crowd.nextTarget(), Listener.NOBODY, null).join());
  }
}
