package dev.watchnchill.load;

import dev.watchnchill.load.measure.MeasuredProcesses;
import dev.watchnchill.load.net.LoadConnections;
import dev.watchnchill.load.scenario.GrowthScenario;
import dev.watchnchill.load.scenario.IdleScenario;
import dev.watchnchill.load.scenario.LargeRoomScenario;
import dev.watchnchill.load.scenario.RoomsScenario;
import dev.watchnchill.load.scenario.Scenario;
import dev.watchnchill.load.scenario.Scenario.Outcome;
import dev.watchnchill.load.scenario.StormScenario;
import dev.watchnchill.load.scenario.TalkScenario;
import dev.watchnchill.load.scenario.WatchScenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Plays one scenario against running servers, and prints the results as one line of JSON. */
public final class LoadMain {
  private static final int LOOPS = 1;
  private static final int LOOPS_MAX = 2;
  private static final int PER_ADDRESS = 10;
  private static final Map<String, Scenario> SCENARIOS =
      Map.of(
          "rooms", new RoomsScenario(),
          "hall", new LargeRoomScenario(),
          "watch", new WatchScenario(),
          "idle", new IdleScenario(),
          "storm", new StormScenario(),
          "talk", new TalkScenario(),
          "growth", new GrowthScenario());

  private LoadMain() {}

  /** Exits with 0 when all was measured, 1 when it failed, 2 when the command line is wrong. */
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
    MeasuredProcesses processes = new MeasuredProcesses(options.pids(), options.redisPid());
    try (LoadConnections connections =
        new LoadConnections(loops, options.count("per-address", PER_ADDRESS))) {
      PhaseRunner runner = new PhaseRunner(connections, processes, options);
      Outcome outcome = scenario.play(runner, options);
      System.out.println(JsonMapper.shared().writeValueAsString(report(options, outcome, runner)));
      return 0;
    }
  }

  private static Map<String, Object> report(Options options, Outcome outcome, PhaseRunner runner) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("scenario", options.scenario());
    report.put("options", options.all());
    report.put("members", outcome.members());
    report.put("connectSeconds", outcome.connectSeconds());
    report.put("phases", runner.phases());
    report.put("rssKb", runner.processes().rssKb());
    report.putAll(outcome.more());
    return report;
  }
}
