package dev.watchnchill.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.Options;
import dev.watchnchill.load.PhaseRequest;
import dev.watchnchill.load.ScriptedAnswers;
import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.DeliveryCounts;
import dev.watchnchill.load.measure.LoopCounters;
import dev.watchnchill.load.measure.MeasuredProcesses;
import dev.watchnchill.load.measure.PhaseResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestedPhasesTest {
  private final List<PhaseRequest> played = new ArrayList<>();

  @Test
  void phases_are_played_in_order_and_each_result_goes_with_the_next_request() {
    ScriptedAnswers answers =
        new ScriptedAnswers(
            "{\"go\":true,\"rate\":10,\"seconds\":2,\"warmup\":true}",
            "{\"go\":true,\"rate\":20,\"seconds\":1}",
            "{\"done\":true}");
    RequestedPhases.play(answers.channel(), "rate", this::play);

    assertThat(played)
        .containsExactly(new PhaseRequest(10, 2, true), new PhaseRequest(20, 1, false));
    assertThat(answers.asked()).hasSize(3);
    assertThat(answers.asked().subList(0, 2)).containsOnly("{\"event\":\"next\"}");
    assertThat(answers.asked().getLast())
        .startsWith("{\"event\":\"next\",\"phase\":{\"name\":\"20/s\"");
  }

  @Test
  void end_of_input_is_an_error_and_not_the_end_of_the_phases() {
    ScriptedAnswers answers = new ScriptedAnswers("{\"go\":true,\"rate\":20,\"seconds\":1}");
    assertThatThrownBy(() -> RequestedPhases.play(answers.channel(), "rate", this::play))
        .hasMessageContaining("the input has ended");
    assertThat(played).hasSize(1);
  }

  @Test
  void option_says_whether_its_values_are_requested() {
    Options options =
        Options.parse(List.of("growth", "--sizes", "requested", "--room-steps", "2,3"));
    assertThat(RequestedPhases.is(options, "sizes")).isTrue();
    assertThat(RequestedPhases.is(options, "room-steps")).isFalse();
    assertThat(RequestedPhases.is(options, "steps")).isFalse();
  }

  private @Nullable PhaseResult play(PhaseRequest request) {
    played.add(request);
    return request.warmUp() ? null : phase(request);
  }

  private static PhaseResult phase(PhaseRequest request) {
    Counts none = new LoopCounters().counts();
    var used = new MeasuredProcesses(List.of(), null).usage();
    var sent =
        new PhaseResult.Sent(request.level(), request.seconds(), 0, new DeliveryCounts(0), 0);
    return PhaseResult.of(
        PhaseNames.perSecond(request.level()), sent, request.seconds(), none, none, used, used);
  }
}
