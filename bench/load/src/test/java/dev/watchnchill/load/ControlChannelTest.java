package dev.watchnchill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.net.ServerAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlChannelTest {
  @Test
  void each_request_is_a_line_and_so_is_each_answer() {
    ScriptedAnswers answers = new ScriptedAnswers("{\"go\":1}", "{\"go\":2}");
    assertThat(answers.channel().ask("next", Map.of("n", 7)).path("go").asInt()).isEqualTo(1);
    assertThat(answers.channel().ask("restart", Map.of()).path("go").asInt()).isEqualTo(2);
    assertThat(answers.asked())
        .containsExactly("{\"event\":\"next\",\"n\":7}", "{\"event\":\"restart\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "go", "{\"go\":", "7", "[]", "\n{}"})
  void an_answer_that_is_no_object_is_an_error(String line) {
    ScriptedAnswers answers = new ScriptedAnswers(line + "\n");
    assertThatThrownBy(() -> answers.channel().ask("next", Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'next'");
  }

  @Test
  void the_end_of_the_input_is_an_error() {
    assertThatThrownBy(() -> new ScriptedAnswers().channel().ask("next", Map.of()))
        .hasMessageContaining("the input has ended");
  }

  @Test
  void a_restart_names_the_server_as_it_is_now() {
    RestartedServers one = restart("{\"go\":true,\"url\":\"http://127.0.0.1:1\",\"pid\":2}");
    assertThat(one.targets()).containsExactly(new ServerAddress("127.0.0.1", 1));
    assertThat(one.pids()).containsExactly(2L);
    RestartedServers two =
        restart("{\"go\":true,\"url\":[\"http://a:1\",\"http://b:2\"],\"pid\":\"3,4\"}");
    assertThat(two.targets()).containsExactly(new ServerAddress("a", 1), new ServerAddress("b", 2));
    assertThat(two.pids()).containsExactly(3L, 4L);
    assertThatThrownBy(() -> restart("{\"go\":false}")).hasMessageContaining("restarted");
  }

  @Test
  void phase_request_has_a_level_and_a_duration() {
    assertThat(request("{\"go\":true,\"rate\":1000,\"seconds\":0.5,\"warmup\":true}"))
        .contains(new PhaseRequest(1000, 0.5, true));
    assertThat(request("{\"go\":true,\"rate\":8.5,\"seconds\":4}"))
        .contains(new PhaseRequest(8.5, 4, false));
    assertThat(request("{\"done\":true}")).isEmpty();
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
  void incomplete_phase_request_is_an_error(String line) {
    assertThatThrownBy(() -> request(line))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the next phase needs");
  }

  private static RestartedServers restart(String line) {
    return RestartedServers.ask(new ScriptedAnswers(line).channel());
  }

  private static Optional<PhaseRequest> request(String line) {
    return PhaseRequest.ask(new ScriptedAnswers(line).channel(), "rate", null);
  }
}
