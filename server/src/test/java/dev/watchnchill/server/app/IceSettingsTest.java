package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.server.wire.IceServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IceSettingsTest {
  private static final String SECRET = "a secret of sixteen";
  private static final long NOW = 1_700_000_000_999L;

  private static IceSettings from(String... namesAndValues) {
    var environment = new HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return IceSettings.from(new Variables(environment));
  }

  private static List<IceServer> servers(String... namesAndValues) {
    byte[] random = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    return from(namesAndValues).open(() -> NOW, () -> random).current();
  }

  @Test
  void VO6_no_server_is_named_by_default() {
    assertThat(servers()).isEmpty();
  }

  @Test
  void VO6_addresses_of_stun_servers_are_one_entry() {
    assertThat(servers("ICE_SERVERS", "stun:a.example, stuns:[2001:db8::1]:5349"))
        .containsExactly(
            new IceServer(List.of("stun:a.example", "stuns:[2001:db8::1]:5349"), null, null));
  }

  @Test
  void VO6_json_names_servers_with_fixed_credentials() {
    String json =
        """
        [{"urls": "stun:a.example"},
         {"urls": ["turn:b.example:3478?transport=tcp"], "username": "ann", "credential": "pw"}]
        """;
    assertThat(servers("ICE_SERVERS", json))
        .containsExactly(
            new IceServer(List.of("stun:a.example"), null, null),
            new IceServer(List.of("turn:b.example:3478?transport=tcp"), "ann", "pw"));
  }

  @Test
  void VO6_turn_credential_expires_and_is_the_hmac_of_its_user_name() {
    List<IceServer> all =
        servers(
            "TURN_URLS",
            "turn:t.example turns:t.example:443",
            "TURN_SECRET",
            SECRET,
            "TURN_TTL",
            "3600");
    // printf 1700003600:0001020304050607 | openssl dgst -sha1 -hmac "$SECRET" -binary | base64
    assertThat(all)
        .containsExactly(
            new IceServer(
                List.of("turn:t.example", "turns:t.example:443"),
                "1700003600:0001020304050607",
                "7qtkevmC+qzUpvDsj9i9hOxWfKQ="));
    assertThat(all.toString())
        .doesNotContain("7qtkevmC+qzUpvDsj9i9hOxWfKQ=")
        .doesNotContain("1700003600");
    assertThat(from("TURN_URLS", "turn:t.example", "TURN_SECRET", SECRET).toString())
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ICE_SERVERS; http://a.example; ICE_SERVERS must be stun: addresses, or a JSON list",
        "ICE_SERVERS; stun:a.example/path; ICE_SERVERS must be stun: addresses, or a JSON list",
        "ICE_SERVERS; turn:a.example; ICE_SERVERS: a turn: address needs a username",
        "ICE_SERVERS; [{s3cret; ICE_SERVERS is no valid JSON",
        "ICE_SERVERS; {\"urls\": \"stun:a\"}; ICE_SERVERS must be a JSON list",
        "ICE_SERVERS; [{\"username\": \"s3cret\"}]; ICE_SERVERS: each entry needs urls",
        "ICE_SERVERS; [7]; ICE_SERVERS: each entry needs urls",
        "ICE_SERVERS; [{\"urls\": [\"stun:a\", 5]}]; ICE_SERVERS: urls must be stun:",
        "ICE_SERVERS; [{\"urls\": \"turn:a\", \"username\": \"s3cret\"}]; ICE_SERVERS: a turn:",
        "TURN_URLS; stun:a.example; TURN_URLS must be turn: or turns: addresses",
        "TURN_URLS; turn:a.example; TURN_URLS needs TURN_SECRET",
        "TURN_SECRET; s3cret s3cret s3cret; TURN_SECRET needs TURN_URLS",
        "TURN_TTL; 59; TURN_TTL must be within 60 to 604800 seconds",
        "TURN_TTL; 604801; TURN_TTL must be within 60 to 604800 seconds",
      })
  void VO6_bad_setting_stops_the_start_in_plain_words(String name, String value, String message) {
    assertThatThrownBy(() -> from(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void VO6_short_secret_and_too_many_addresses_stop_the_start() {
    assertThatThrownBy(() -> from("TURN_URLS", "turn:a.example", "TURN_SECRET", "short"))
        .hasMessage("TURN_SECRET must have at least 16 characters");
    assertThatThrownBy(() -> from("ICE_SERVERS", "stun:a ".repeat(17)))
        .hasMessage("ICE_SERVERS and TURN_URLS can have at most 16 addresses together");
  }

  @Test
  void VO1_bound_of_the_voice_group_is_checked_at_the_start() {
    var options = new Config.CommandLineOptions("127.0.0.1", 0, false, "", "");
    assertThat(Config.from(Map.of("VOICE_MAX", "0"), options).limits().voiceMax()).isZero();
    assertThatThrownBy(() -> Config.from(Map.of("VOICE_MAX", "17"), options))
        .hasMessage("VOICE_MAX must be within 0 to 16");
  }
}
