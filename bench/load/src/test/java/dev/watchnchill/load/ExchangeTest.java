package dev.watchnchill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.net.Target;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeTest {
  @Test
  void each_question_is_a_line_and_so_is_each_answer() {
    Answers answers = new Answers("{\"go\":1}", "{\"go\":2}");
    assertThat(answers.exchange().ask("next", Map.of("n", 7)).path("go").asInt()).isEqualTo(1);
    assertThat(answers.exchange().ask("restart", Map.of()).path("go").asInt()).isEqualTo(2);
    assertThat(answers.asked())
        .containsExactly("{\"event\":\"next\",\"n\":7}", "{\"event\":\"restart\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "go", "{\"go\":", "7", "[]", "\n{}"})
  void an_answer_that_is_no_object_is_an_error(String line) {
    Answers answers = new Answers(line + "\n");
    assertThatThrownBy(() -> answers.exchange().ask("next", Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'next'");
  }

  @Test
  void the_end_of_the_input_is_an_error() {
    assertThatThrownBy(() -> new Answers().exchange().ask("next", Map.of()))
        .hasMessageContaining("the input has ended");
  }

  @Test
  void a_restart_names_the_server_as_it_is_now() {
    Restart one = restart("{\"go\":true,\"url\":\"http://127.0.0.1:1\",\"pid\":2}");
    assertThat(one.targets()).containsExactly(new Target("127.0.0.1", 1));
    assertThat(one.pids()).containsExactly(2L);
    Restart two = restart("{\"go\":true,\"url\":[\"http://a:1\",\"http://b:2\"],\"pid\":\"3,4\"}");
    assertThat(two.targets()).containsExactly(new Target("a", 1), new Target("b", 2));
    assertThat(two.pids()).containsExactly(3L, 4L);
    assertThatThrownBy(() -> restart("{\"go\":false}")).hasMessageContaining("restarted");
  }

  @Test
  void a_turn_is_a_step_for_so_long() {
    assertThat(turn("{\"go\":true,\"rate\":1000,\"seconds\":0.5,\"warmup\":true}"))
        .contains(new Turn(1000, 0.5, true));
    assertThat(turn("{\"go\":true,\"rate\":8.5,\"seconds\":4}")).contains(new Turn(8.5, 4, false));
    assertThat(turn("{\"done\":true}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"go\":false}",
        "{\"go\":true}",
        "{\"go\":true,\"rate\":10}",
        "{\"go\":true,\"rate\":\"10\",\"seconds\":1}",
        "{\"go\":true,\"rate\":0,\"seconds\":1}",
        "{\"go\":true,\"rate\":10,\"seconds\":-1}",
        "{\"go\":true,\"size\":10,\"seconds\":1}"
      })
  void a_turn_that_says_not_enough_is_an_error(String line) {
    assertThatThrownBy(() -> turn(line))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the next phase needs");
  }

  private static Restart restart(String line) {
    return Restart.ask(new Answers(line).exchange());
  }

  private static Optional<Turn> turn(String line) {
    return Turn.ask(new Answers(line).exchange(), "rate", null);
  }
}
