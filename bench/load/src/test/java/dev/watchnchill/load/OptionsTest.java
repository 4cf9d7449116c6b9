package dev.watchnchill.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.net.ServerAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  @Test
  void servers_and_their_processes_come_in_lists() {
    Options options =
        parse("rooms --url http://127.0.0.1:1,http://h:2 --pid 3,4 --redis-pid 5 --rate 0.5");
    assertThat(options.scenario()).isEqualTo("rooms");
    assertThat(options.targets())
        .containsExactly(new ServerAddress("127.0.0.1", 1), new ServerAddress("h", 2));
    assertThat(options.pids()).containsExactly(3L, 4L);
    assertThat(options.redisPid()).isEqualTo(5);
    assertThat(options.numbers("steps", options.text("rate", "7"))).containsExactly(0.5);
    assertThat(options.count("members", 20)).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--url x", "rooms --colour red", "rooms --rate", "rooms rate 1"})
  void wrong_command_line_is_an_error(String line) {
    assertThatThrownBy(() -> parse(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_value_out_of_bounds_is_an_error() {
    Options options = parse("hall --members 0 --seconds -1 --mix opera --pid x --url ftp://h:1");
    assertThatThrownBy(() -> options.count("members", 1)).hasMessageContaining("--members");
    assertThatThrownBy(() -> options.number("seconds", 1)).hasMessageContaining("--seconds");
    assertThatThrownBy(() -> options.oneOf("mix", "mixed", "chat")).hasMessageContaining("--mix");
    assertThatThrownBy(options::pids).hasMessageContaining("--pid");
    assertThatThrownBy(options::targets).hasMessageContaining("http://HOST:PORT");
  }

  private static Options parse(String line) {
    return Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
  }
}
