package dev.watchnchill.load;

import dev.watchnchill.load.measure.Processes;
import dev.watchnchill.load.net.Network;
import dev.watchnchill.load.scenario.Growth;
import dev.watchnchill.load.scenario.Hall;
import dev.watchnchill.load.scenario.Idle;
import dev.watchnchill.load.scenario.Rooms;
import dev.watchnchill.load.scenario.Scenario;
import dev.watchnchill.load.scenario.Scenario.Outcome;
import dev.watchnchill.load.scenario.Storm;
import dev.watchnchill.load.scenario.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Plays one scenario against servers that run, and prints what it measured as one line of JSON. */
public final class Main {
  private static final int LOOPS = 1;
  private static final int LOOPS_MAX = 2;
  private static final int PER_ADDRESS = 10;
  private static final Map<String, Scenario> SCENARIOS =
      Map.of(
          "rooms", new Rooms(),
          "hall", new Hall(),
          "watch", new Watch(),
          "idle", new Idle(),
          "storm", new Storm(),
          "growth", new Growth());

  private Main() {}

  /** Exit code 0: measured; 1: it could not; 2: not understood. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(Options.parse(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("load: " + e.getMessage());
      code = 2;
    } catch (RuntimeException e) {
      e.printStackTrace();
      code = 1;
    }
    System.exit(code);
  }

  private static int run(Options options) {
    Scenario scenario = SCENARIOS.get(options.scenario());
    if (scenario == null) {
      throw new IllegalArgumentException("there is no scenario " + options.scenario());
    }
    int loops = options.count("loops", LOOPS);
    if (loops > LOOPS_MAX) {
      throw new IllegalArgumentException("--loops cannot be more than " + LOOPS_MAX);
    }
    Processes processes = new Processes(options.pids(), options.redisPid());
    try (Network network = new Network(loops, options.count("per-address", PER_ADDRESS))) {
      Bench bench = new Bench(network, processes, options);
      Outcome outcome = scenario.play(bench, options);
      System.out.println(JsonMapper.shared().writeValueAsString(report(options, outcome, bench)));
      return 0;
    }
  }

  private static Map<String, Object> report(Options options, Outcome outcome, Bench bench) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("scenario", options.scenario());
    report.put("options", options.all());
    report.put("members", outcome.members());
    report.put("connectSeconds", outcome.connectSeconds());
    report.put("phases", bench.phases());
    report.put("rssKb", bench.processes().rssKb());
    report.putAll(outcome.more());
    return report;
  }
}
