package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArgumentsTest {
  private static Arguments parse(String line) {
    return Arguments.parse(line.isEmpty() ? new String[0] : line.split(" ", -1));
  }

  @Test
  void TR16_base_path_of_the_command_line_precedes_the_environment() {
    var options = new Config.CommandLineOptions("", -1, false, "", "", false, "/party/", "", "");
    assertThat(Arguments.parse("--base-path", "/party/")).isEqualTo(new Arguments.Start(options));
    Map<String, String> environment =
        Map.of("BASE_PATH", "/other", "PUBLIC_URL", "https://watch.example/third");
    assertThat(Config.from(environment, options).proxy().basePath().value()).isEqualTo("/party");
    var none = new Config.CommandLineOptions("", -1, false, "", "");
    assertThat(Config.from(environment, none).proxy().basePath().value()).isEqualTo("/other");
    assertThat(
            Config.from(Map.of("PUBLIC_URL", "https://watch.example/third"), none)
                .proxy()
                .basePath()
                .value())
        .isEqualTo("/third");
    assertThat(Config.from(Map.of(), none).proxy()).isEqualTo(ProxySettings.of("either", "", "/"));
  }

  @Test
  void nothing_said_leaves_everything_to_the_environment() {
    assertThat(parse(""))
        .isEqualTo(new Arguments.Start(new Config.CommandLineOptions("", -1, false, "", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--port 8080 --host ::1 --production --redis redis://r --data /d",
        "--port=8080 --host=::1 --production --redis=redis://r --data=/d",
        "-p 8080 -H ::1 --data /d --redis redis://r --production",
        "-p8080 -H::1 --production --redis redis://r --data /d",
        "-p=8080 -H=::1 --production --redis redis://r --data /d"
      })
  void every_form_of_an_option_is_read(String line) {
    assertThat(parse(line))
        .isEqualTo(
            new Arguments.Start(
                new Config.CommandLineOptions("::1", 8080, true, "redis://r", "/d")));
  }

  @Test
  void SF3_repair_is_requested_by_an_option_alone() {
    assertThat(parse("--data /d --repair"))
        .isEqualTo(
            new Arguments.Start(
                new Config.CommandLineOptions("", -1, false, "", "/d", true, "", "", "")));
    assertThat(parse("--repair=yes")).isInstanceOf(Arguments.Refused.class);
  }

  @Test
  void a_value_may_hold_an_equals_sign_and_begin_with_a_dash() {
    assertThat(parse("--redis=redis://r?a=b --data -x"))
        .isEqualTo(
            new Arguments.Start(
                new Config.CommandLineOptions("", -1, false, "redis://r?a=b", "-x")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--foo | Unknown option: '--foo'",
        "--foo=3 | Unknown option: '--foo=3'",
        "-x | Unknown option: '-x'",
        "- | Unknown option: '-'",
        "-- | Unknown option: '--'",
        "film | Unmatched argument: 'film'",
        "--port | Missing required parameter for option '--port' (N)",
        "--host --production | Missing required parameter for option '--host' (ADDRESS)",
        "-p abc | Invalid value for option '--port': 'abc' is not an int",
        "--port= | Invalid value for option '--port': '' is not an int",
        "-p -5 | Invalid value for option '--port': must not be negative",
        "--port 1 -p 2 | option '--port' should be specified only once",
        "--production=maybe | option '--production' takes no value",
      })
  void invalid_settings_are_rejected_with_a_reason(String line, String reason) {
    assertThat(parse(line)).isEqualTo(new Arguments.Refused(reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--port 3 -h"})
  void help_names_every_option(String line) {
    assertThat(parse(line)).isEqualTo(new Arguments.Say(Arguments.USAGE));
    for (Arguments.Option option : Arguments.Option.values()) {
      assertThat(Arguments.USAGE).contains(option.longName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void the_version_is_said(String line) {
    assertThat(parse(line)).isEqualTo(new Arguments.Say("Watch N Chill 0.1.0\n"));
  }
}
