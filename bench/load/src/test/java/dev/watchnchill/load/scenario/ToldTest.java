package dev.watchnchill.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.Answers;
import dev.watchnchill.load.Options;
import dev.watchnchill.load.Turn;
import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.Deliveries;
import dev.watchnchill.load.measure.Phase;
import dev.watchnchill.load.measure.Processes;
import dev.watchnchill.load.measure.Tally;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ToldTest {
  private final List<Turn> played = new ArrayList<>();

  @Test
  void turns_are_played_in_turn_and_what_each_has_brought_is_told_with_the_next_question() {
    Answers answers =
        new Answers(
            "{\"go\":true,\"rate\":10,\"seconds\":2,\"warmup\":true}",
            "{\"go\":true,\"rate\":20,\"seconds\":1}",
            "{\"done\":true}");
    Told.play(answers.exchange(), "rate", this::play);

    assertThat(played).containsExactly(new Turn(10, 2, true), new Turn(20, 1, false));
    assertThat(answers.asked()).hasSize(3);
    assertThat(answers.asked().subList(0, 2)).containsOnly("{\"event\":\"next\"}");
    assertThat(answers.asked().getLast())
        .startsWith("{\"event\":\"next\",\"phase\":{\"name\":\"20/s\"");
  }

  @Test
  void who_is_told_nothing_more_does_not_pretend_to_be_done() {
    Answers answers = new Answers("{\"go\":true,\"rate\":20,\"seconds\":1}");
    assertThatThrownBy(() -> Told.play(answers.exchange(), "rate", this::play))
        .hasMessageContaining("the input has ended");
    assertThat(played).hasSize(1);
  }

  @Test
  void an_option_says_whether_its_values_will_be_told() {
    Options options = Options.parse(List.of("growth", "--sizes", "told", "--room-steps", "2,3"));
    assertThat(Told.is(options, "sizes")).isTrue();
    assertThat(Told.is(options, "room-steps")).isFalse();
    assertThat(Told.is(options, "steps")).isFalse();
  }

  private @Nullable Phase play(Turn turn) {
    played.add(turn);
    return turn.warmUp() ? null : phase(turn);
  }

  private static Phase phase(Turn turn) {
    Counts none = new Tally().counts();
    var used = new Processes(List.of(), null).usage();
    var sent = new Phase.Sent(turn.step(), turn.seconds(), 0, new Deliveries(0), 0);
    return Phase.of(Steps.perSecond(turn.step()), sent, turn.seconds(), none, none, used, used);
  }
}
