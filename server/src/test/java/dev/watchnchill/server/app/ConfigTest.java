package dev.watchnchill.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.server.redis.client.RedisUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ConfigTest {
  private static final Config.CommandLineOptions NOTHING =
      new Config.CommandLineOptions("", -1, false, "", "");

  private static Config from(String... namesAndValues) {
    var environment = new java.util.HashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Config.from(environment, NOTHING);
  }

  @Test
  void defaults_are_those_of_the_contract() {
    Config config = from();
    assertThat(config.port()).isEqualTo(3_000);
    assertThat(config.host()).isEmpty();
    assertThat(config.production()).isFalse();
    assertThat(config.allowedOrigins()).containsExactly("http://localhost:3000");
    assertThat(config.httpRequestsMax()).isEqualTo(360);
    assertThat(config.httpWindowMs()).isEqualTo(60_000);
    assertThat(config.socketsPerAddressMax()).isEqualTo(10);
    assertThat(config.trustedProxies()).containsExactly("127.0.0.0/8", "::1/128");
    assertThat(config.metricsAllowed()).containsExactly("0.0.0.0/0", "::/0");
    assertThat(config.eventRateScale()).isEqualTo(1);
    assertThat(config.limits().chatHistory()).isEqualTo(20);
    assertThat(config.limits().reconnectGraceMs()).isEqualTo(30_000);
    assertThat(config.limits().emptyRoomGraceMs()).isEqualTo(300_000);
    assertThat(config.limits().roomLifeMs()).isEqualTo(24L * 3_600_000);
    assertThat(config.limits().startLeadUnknownMs()).isEqualTo(300);
  }

  @Test
  void RL8_RL9_RL10_RL23_limits_of_an_address_grow_with_its_sockets_and_tenfold_in_development() {
    AbuseLimits production = from("NODE_ENV", "production").abuse();
    long bytes = production.roomsBytesMax();
    assertThat(production).isEqualTo(new AbuseLimits(600, 600, 30, 600_000, 100, 100, 5, bytes));
    assertThat(from().abuse())
        .isEqualTo(new AbuseLimits(6_000, 6_000, 300, 600_000, 1_000, 1_000, 50, bytes));
    AbuseLimits school =
        from(
                "NODE_ENV",
                "production",
                "RATE_LIMIT_SOCKET_MAX_PER_IP",
                "40",
                "EVENT_RATE_SCALE",
                "2")
            .abuse();
    assertThat(school).isEqualTo(new AbuseLimits(4_800, 4_800, 120, 600_000, 400, 400, 20, bytes));
    int most = Integer.MAX_VALUE;
    assertThat(
            from("RATE_LIMIT_SOCKET_MAX_PER_IP", "2000000000", "EVENT_RATE_SCALE", "1e9").abuse())
        .isEqualTo(new AbuseLimits(most, most, most, 600_000, most, most, 1e10, bytes));
    assertThat(from("EVENT_RATE_SCALE", "0.0001").abuse().entriesMax()).isEqualTo(1);
  }

  @Test
  void RL14_connections_per_address_follow_the_socket_limit() {
    assertThat(from().connectionsPerAddressMax()).isEqualTo(128);
    assertThat(from("RATE_LIMIT_SOCKET_MAX_PER_IP", "100").connectionsPerAddressMax())
        .isEqualTo(800);
    assertThat(from("CONNECTIONS_PER_ADDRESS_MAX", "9").connectionsPerAddressMax()).isEqualTo(9);
    assertThatThrownBy(() -> from("CONNECTIONS_PER_ADDRESS_MAX", "0"))
        .hasMessageContaining("CONNECTIONS_PER_ADDRESS_MAX");
  }

  @Test
  void TR10_proxy_protocol_is_on_or_off() {
    assertThat(from().proxyProtocol()).isFalse();
    assertThat(from("PROXY_PROTOCOL", "on").proxyProtocol()).isTrue();
    assertThatThrownBy(() -> from("PROXY_PROTOCOL", "yes")).hasMessageContaining("PROXY_PROTOCOL");
  }

  @Test
  void EN12_directory_is_on_or_off() {
    assertThat(from().directory()).isTrue();
    assertThat(from("DIRECTORY", "off").directory()).isFalse();
    assertThatThrownBy(() -> from("DIRECTORY", "no")).hasMessageContaining("DIRECTORY");
  }

  @Test
  void every_variable_is_read() {
    Config config =
        from(
            "PORT", " 8080 ",
            "NODE_ENV", "production",
            "ALLOWED_ORIGINS", " https://a.example ,,https://b.example ",
            "RATE_LIMIT_MAX_REQUESTS", "5",
            "RATE_LIMIT_WINDOW_MS", "6",
            "RATE_LIMIT_SOCKET_MAX_PER_IP", "7",
            "TRUSTED_PROXIES", "10.0.0.0/8, 2001:db8::/32",
            "METRICS_ALLOWED", "192.0.2.0/24, 2001:db8::7",
            "EVENT_RATE_SCALE", "0.25",
            "MEMBERS_MAX", "8",
            "CHAT_HISTORY", "9",
            "PRESENCE_EACH_MAX", "13",
            "RECONNECT_GRACE_MS", "10",
            "EMPTY_ROOM_GRACE_MS", "11",
            "ROOMS_MAX", "12",
            "EVENT_LOOPS", "3",
            "RATE_LIMIT_CONNECT_MAX_PER_IP", "14",
            "RATE_LIMIT_ENTRY_MAX_PER_IP", "15",
            "RATE_LIMIT_MISS_MAX_PER_IP", "16",
            "RATE_LIMIT_MISS_WINDOW_MS", "17",
            "RATE_LIMIT_ROOM_MAX_PER_IP", "18",
            "RATE_LIMIT_AWAY_MAX_PER_IP", "19",
            "ROOMS_BYTES_MAX", "5000000000");
    assertThat(config.abuse())
        .isEqualTo(new AbuseLimits(14, 15, 16, 17, 18, 19, 3.5, 5_000_000_000L));
    assertThat(config.port()).isEqualTo(8_080);
    assertThat(config.limits().presenceEachMax()).isEqualTo(13);
    assertThat(config.production()).isTrue();
    assertThat(config.allowedOrigins())
        .isEqualTo(List.of("https://a.example", "https://b.example"));
    assertThat(config.httpRequestsMax()).isEqualTo(5);
    assertThat(config.httpWindowMs()).isEqualTo(6);
    assertThat(config.socketsPerAddressMax()).isEqualTo(7);
    assertThat(config.trustedProxies()).isEqualTo(List.of("10.0.0.0/8", "2001:db8::/32"));
    assertThat(config.metricsAllowed()).isEqualTo(List.of("192.0.2.0/24", "2001:db8::7"));
    assertThat(config.eventRateScale()).isEqualTo(0.25);
    assertThat(config.limits().membersMax()).isEqualTo(8);
    assertThat(config.limits().chatHistory()).isEqualTo(9);
    assertThat(config.limits().reconnectGraceMs()).isEqualTo(10);
    assertThat(config.limits().emptyRoomGraceMs()).isEqualTo(11);
    assertThat(config.roomsMax()).isEqualTo(12);
    assertThat(config.eventLoops()).isEqualTo(3);
  }

  @Test
  void TR4_production_without_origins_allows_none() {
    assertThat(from("NODE_ENV", "production").allowedOrigins()).isEmpty();
  }

  @Test
  void TR20_origins_of_the_corpus_are_read_as_browsers_send_them() {
    JsonNode origins =
        JsonMapper.shared()
            .readTree(Path.of("..", "testdata", "links.json").toFile())
            .get("origins");
    assertThat(origins.size()).isGreaterThan(30);
    for (JsonNode row : origins) {
      String text = row.get("text").asString();
      if (row.has("refused")) {
        assertThatThrownBy(() -> from("NODE_ENV", "production", "ALLOWED_ORIGINS", text))
            .as(text)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("ALLOWED_ORIGINS: '")
            .hasMessageNotContaining("\n");
      } else {
        assertThat(from("NODE_ENV", "production", "ALLOWED_ORIGINS", text).allowedOrigins())
            .as(text)
            .containsExactly(row.get("origin").asString());
      }
    }
  }

  @Test
  void MX2_production_allows_loopback_or_the_configured_networks_or_none() {
    assertThat(from("NODE_ENV", "production").metricsAllowed())
        .containsExactly("127.0.0.0/8", "::1/128");
    assertThat(from("METRICS_ALLOWED", "none").metricsAllowed()).isEmpty();
  }

  @Test
  void command_line_precedes_the_environment() {
    Config config =
        Config.from(
            Map.of("PORT", "1"), new Config.CommandLineOptions("127.0.0.1", 0, true, "", ""));
    assertThat(config.port()).isZero();
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.production()).isTrue();
  }

  @Test
  void blank_value_is_absent() {
    assertThat(from("PORT", "  ", "EVENT_RATE_SCALE", "").port()).isEqualTo(3_000);
  }

  @ParameterizedTest
  @CsvSource({
    "PORT,abc",
    "PORT,65536",
    "PORT,-1",
    "PORT,3000.5",
    "PORT,99999999999999999999",
    "RATE_LIMIT_MAX_REQUESTS,0",
    "RATE_LIMIT_WINDOW_MS,0",
    "RATE_LIMIT_WINDOW_MS,-5",
    "RATE_LIMIT_CONNECT_MAX_PER_IP,0",
    "RATE_LIMIT_ENTRY_MAX_PER_IP,0",
    "RATE_LIMIT_MISS_MAX_PER_IP,0",
    "RATE_LIMIT_MISS_WINDOW_MS,0",
    "RATE_LIMIT_ROOM_MAX_PER_IP,0",
    "RATE_LIMIT_AWAY_MAX_PER_IP,0",
    "ROOMS_BYTES_MAX,0",
    "ROOMS_BYTES_MAX,much",
    "RATE_LIMIT_SOCKET_MAX_PER_IP,0",
    "RATE_LIMIT_SOCKET_MAX_PER_IP,4294967297",
    "EVENT_RATE_SCALE,0",
    "EVENT_RATE_SCALE,-1",
    "EVENT_RATE_SCALE,NaN",
    "EVENT_RATE_SCALE,fast",
    "MEMBERS_MAX,0",
    "CHAT_HISTORY,-1",
    "PRESENCE_EACH_MAX,0",
    "RECONNECT_GRACE_MS,-1",
    "EMPTY_ROOM_GRACE_MS,86400000",
    "ROOMS_MAX,0",
    "EVENT_LOOPS,-1"
  })
  void invalid_value_is_rejected(String name, String value) {
    assertThatThrownBy(() -> from(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void store_is_memory_by_default() {
    assertThat(from().store()).isEqualTo(new StoreChoice.Memory());
    assertThat(from().storeTimeoutMs()).isEqualTo(1_000);
    assertThat(from("DATA_DIR", "rooms").store())
        .isEqualTo(new StoreChoice.Directory(Path.of("rooms"), false));
    assertThat(from("REDIS_URL", "redis://redis.example").store())
        .isEqualTo(new StoreChoice.Redis(RedisUrl.parse("redis://redis.example:6379")));
  }

  @Test
  void store_of_the_command_line_precedes_that_of_the_environment() {
    Map<String, String> environment = Map.of("REDIS_URL", "redis://redis.example");
    Config config =
        Config.from(
            environment, new Config.CommandLineOptions("", -1, false, "", "rooms of tonight"));
    assertThat(config.store())
        .isEqualTo(new StoreChoice.Directory(Path.of("rooms of tonight"), false));
  }

  @Test
  void SF3_repair_is_for_a_directory_alone() {
    var repair = new Config.CommandLineOptions("", -1, false, "", "", true, "", "", "");
    assertThat(Config.from(Map.of("DATA_DIR", "rooms"), repair).store())
        .isEqualTo(new StoreChoice.Directory(Path.of("rooms"), true));
    assertThatThrownBy(() -> Config.from(Map.of(), repair))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--repair", "--data");
  }

  @Test
  void two_stores_at_once_are_rejected_in_one_line() {
    assertThatThrownBy(() -> from("REDIS_URL", "redis://redis.example", "DATA_DIR", "rooms"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--redis", "REDIS_URL", "--data", "DATA_DIR")
        .hasMessageNotContaining("\n");
    var both = new Config.CommandLineOptions("", -1, false, "redis://redis.example", "rooms");
    assertThatThrownBy(() -> Config.from(Map.of(), both))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ann:s3cret@redis.example",
        "redis.example:6379",
        "valkey://redis.example",
        "redis:/redis.example",
        "redis://ann:s3cret@one.example,two.example",
        "redis://ann:s3cret@redis.example/films",
        "redis+cluster://ann:s3cret@redis.example/1",
        "redis://ann:s3cret@redis.example:65536"
      })
  void url_that_is_no_redis_is_rejected_in_one_line_without_the_password(String url) {
    assertThatThrownBy(() -> from("REDIS_URL", url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redis")
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("\n");
  }
}
