package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.engine.Transport;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Handshakes of Engine.IO sessions, and requests that are not valid handshakes. */
class EngineHandshakeTest {
  private SocketIoTestServer server;
  private RawHttp http;

  @BeforeEach
  void start() throws IOException {
    server =
        SocketIoTestServer.start(config ->
            config.pingInterval(Duration.ofSeconds(7)).pingTimeout(Duration.ofSeconds(3)));
    http = new RawHttp(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void EIO1_polling_handshake_announces_the_settings() throws IOException {
    RawHttp.Response response = http.get(EngineIoRequests.POLLING);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(response.header("cache-control")).isEqualTo("no-store");
    assertThat(response.body()).startsWith("0");
    JsonNode open = EngineIoRequests.json(response.body(), 1);
    assertThat(open.propertyNames())
        .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
    assertThat(open.get("upgrades").toString()).isEqualTo("[\"websocket\"]");
    assertThat(open.get("pingInterval").intValue()).isEqualTo(7000);
    assertThat(open.get("pingTimeout").intValue()).isEqualTo(3000);
    assertThat(open.get("maxPayload").intValue()).isEqualTo(1_000_000);
  }

  @Test
  void EIO1_websocket_handshake_offers_no_upgrade() throws IOException {
    try (RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      JsonNode open = EngineIoRequests.json(socket.readText(), 1);
      assertThat(open.get("upgrades").isEmpty()).isTrue();
      assertThat(open.get("sid").stringValue()).hasSize(20);
      assertThat(server.metrics().websocketSessions()).isEqualTo(1);
    }
    server.awaitSessions(0);
  }

  @Test
  void EIO1_websocket_handshake_answers_the_key() throws IOException {
    RawHttp.Response response = RawWebSocket.handshake(http, EngineIoRequests.WEBSOCKET);
    assertThat(response.status()).isEqualTo(101);
    // The example of RFC 6455, section 1.3.
    assertThat(response.header("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /socket.io/?EIO=4&transport=abc, 0, Transport unknown",
    "GET, /socket.io/?EIO=4, 0, Transport unknown",
    "GET, /socket.io/, 0, Transport unknown",
    "GET, /socket.io/?transport=polling, 5, Unsupported protocol version",
    "GET, /socket.io/?EIO=abc&transport=polling, 5, Unsupported protocol version",
    "GET, /socket.io/?EIO=3&transport=polling, 5, Unsupported protocol version",
    "POST, /socket.io/?EIO=4&transport=polling, 2, Bad handshake method",
    "PUT, /socket.io/?EIO=4&transport=polling, 2, Bad handshake method",
    "DELETE, /socket.io/?EIO=4&transport=polling, 2, Bad handshake method",
    "GET, /socket.io/?EIO=4&transport=websocket, 3, Bad request",
    "GET, /socket.io/?EIO=4&transport=polling&sid=nobody, 1, Session ID unknown",
    "POST, /socket.io/?EIO=4&transport=polling&sid=nobody, 1, Session ID unknown",
    "GET, /socket.io/?EIO=4&transport=polling&x=%zz, 3, Bad request",
  })
  void EIO2_bad_request_gets_the_code_of_the_reference_server(
      String method, String target, int code, String message) throws IOException {
    RawHttp.Response response = http.request(method, target, "");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.header("content-type")).isEqualTo("application/json");
    assertThat(response.body())
        .isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    assertThat(server.metrics().sessions()).isZero();
  }

  @Test
  void EIO2_rejected_request_leaves_the_connection_usable() throws IOException {
    http.get("/socket.io/?EIO=4&transport=abc");
    assertThat(http.get(EngineIoRequests.POLLING).status()).isEqualTo(200);
  }

  @Test
  void EIO2_head_request_opens_no_session() throws IOException {
    assertThat(http.request("HEAD", EngineIoRequests.POLLING, "").status()).isEqualTo(400);
    assertThat(server.metrics().sessions()).isZero();
    assertThat(http.get(EngineIoRequests.POLLING).status()).isEqualTo(200);
  }

  @Test
  void EIO1_path_works_without_its_trailing_slash() throws IOException {
    assertThat(http.get("/socket.io?EIO=4&transport=polling").status()).isEqualTo(200);
    assertThat(http.get("/socket.iox/?EIO=4&transport=polling").status()).isEqualTo(404);
    assertThat(http.get("/socket.io/x?EIO=4&transport=polling").status()).isEqualTo(404);
  }

  @Test
  void EIO1_custom_path_replaces_the_default_path() throws IOException {
    try (SocketIoTestServer custom =
            SocketIoTestServer.start(config -> config.path("/api/socket/io/"));
        var other = new RawHttp(custom.port())) {
      assertThat(other.get("/api/socket/io/?EIO=4&transport=polling").status()).isEqualTo(200);
      assertThat(other.get("/api/socket/io?EIO=4&transport=polling").status()).isEqualTo(200);
      assertThat(other.get(EngineIoRequests.POLLING).status()).isEqualTo(404);
    }
  }

  @Test
  void EIO1_session_ids_are_long_random_and_unique() throws IOException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(
          EngineIoRequests.json(http.get(EngineIoRequests.POLLING).body(), 1)
              .get("sid")
              .stringValue());
    }
    assertThat(ids).hasSize(100).allMatch(id -> id.matches("[A-Za-z0-9_-]{20}"));
  }

  @Test
  void EIO1_session_id_is_never_taken_from_a_cookie() throws IOException {
    String sid =
        EngineIoRequests.json(
                http.get(EngineIoRequests.POLLING, "Cookie: io=mine; sid=mine").body(), 1)
            .get("sid")
            .stringValue();
    assertThat(sid).isNotEqualTo("mine");
    assertThat(http.get(EngineIoRequests.POLLING, "Cookie: io=" + sid).body()).startsWith("0");
    server.awaitSessions(2);
  }

  @Test
  void EIO2_disabled_transport_is_unknown() throws IOException {
    try (SocketIoTestServer only =
            SocketIoTestServer.start(config -> config.transports(Set.of(Transport.WEBSOCKET)));
        var other = new RawHttp(only.port())) {
      assertThat(other.get(EngineIoRequests.POLLING).body()).contains("Transport unknown");
      try (RawWebSocket socket = RawWebSocket.open(only.port(), EngineIoRequests.WEBSOCKET)) {
        assertThat(socket.readText()).startsWith("0");
      }
    }
  }

  @Test
  void EIO2_websocket_of_another_version_gets_the_supported_version() throws IOException {
    RawHttp.Response response =
        http.get(
            EngineIoRequests.WEBSOCKET,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(response.status()).isEqualTo(426);
    assertThat(response.header("sec-websocket-version")).isEqualTo("13");
  }

  @Test
  void EIO2_websocket_without_a_valid_key_is_rejected() throws IOException {
    for (String key : new String[] {"", "short", "AAAA", "!!!!!!!!!!!!!!!!!!!!!!!!"}) {
      RawHttp.Response response =
          http.get(
              EngineIoRequests.WEBSOCKET,
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: " + key);
      assertThat(response.status()).as(key).isEqualTo(400);
    }
    assertThat(server.metrics().sessions()).isZero();
  }

  @Test
  void EIO2_websocket_upgrade_of_the_polling_transport_is_rejected() throws IOException {
    assertThat(RawWebSocket.handshake(http, EngineIoRequests.POLLING).status()).isEqualTo(400);
  }
}
