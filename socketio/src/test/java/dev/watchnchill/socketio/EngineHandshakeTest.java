package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
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

/** How an Engine.IO session begins, and how requests that cannot begin one are refused. */
class EngineHandshakeTest {
  private TestServer server;
  private RawHttp http;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServer.start(config ->
            config.pingInterval(Duration.ofSeconds(7)).pingTimeout(Duration.ofSeconds(3)));
    http = new RawHttp(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  @Test
  void EIO_polling_handshake_announces_what_the_client_needs() throws IOException {
    RawHttp.Response response = http.get(Eio.POLLING);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("content-type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(response.header("cache-control")).isEqualTo("no-store");
    assertThat(response.body()).startsWith("0");
    JsonNode open = Eio.json(response.body(), 1);
    assertThat(open.propertyNames())
        .containsExactlyInAnyOrder("sid", "upgrades", "pingInterval", "pingTimeout", "maxPayload");
    assertThat(open.get("upgrades").toString()).isEqualTo("[\"websocket\"]");
    assertThat(open.get("pingInterval").intValue()).isEqualTo(7000);
    assertThat(open.get("pingTimeout").intValue()).isEqualTo(3000);
    assertThat(open.get("maxPayload").intValue()).isEqualTo(1_000_000);
  }

  @Test
  void EIO_websocket_handshake_offers_no_upgrade() throws IOException {
    try (RawWebSocket socket = RawWebSocket.open(server.port(), Eio.WEBSOCKET)) {
      JsonNode open = Eio.json(socket.readText(), 1);
      assertThat(open.get("upgrades").isEmpty()).isTrue();
      assertThat(open.get("sid").stringValue()).hasSize(20);
      assertThat(server.metrics().websocketSessions()).isEqualTo(1);
    }
    server.awaitSessions(0);
  }

  @Test
  void EIO_websocket_handshake_answers_the_key() throws IOException {
    RawHttp.Response response = RawWebSocket.handshake(http, Eio.WEBSOCKET);
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
  void EIO_bad_request_gets_the_reference_servers_code(
      String method, String target, int code, String message) throws IOException {
    RawHttp.Response response = http.request(method, target, "");
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.header("content-type")).isEqualTo("application/json");
    assertThat(response.body())
        .isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    assertThat(server.metrics().sessions()).isZero();
  }

  @Test
  void EIO_refused_request_leaves_the_connection_usable() throws IOException {
    http.get("/socket.io/?EIO=4&transport=abc");
    assertThat(http.get(Eio.POLLING).status()).isEqualTo(200);
  }

  @Test
  void EIO_head_request_opens_no_session() throws IOException {
    assertThat(http.request("HEAD", Eio.POLLING, "").status()).isEqualTo(400);
    assertThat(server.metrics().sessions()).isZero();
    assertThat(http.get(Eio.POLLING).status()).isEqualTo(200);
  }

  @Test
  void EIO_path_works_without_its_trailing_slash_only_for_itself() throws IOException {
    assertThat(http.get("/socket.io?EIO=4&transport=polling").status()).isEqualTo(200);
    assertThat(http.get("/socket.iox/?EIO=4&transport=polling").status()).isEqualTo(404);
    assertThat(http.get("/socket.io/x?EIO=4&transport=polling").status()).isEqualTo(404);
  }

  @Test
  void EIO_custom_path_replaces_the_default_one() throws IOException {
    try (TestServer custom = TestServer.start(config -> config.path("/api/socket/io/"));
        var other = new RawHttp(custom.port())) {
      assertThat(other.get("/api/socket/io/?EIO=4&transport=polling").status()).isEqualTo(200);
      assertThat(other.get("/api/socket/io?EIO=4&transport=polling").status()).isEqualTo(200);
      assertThat(other.get(Eio.POLLING).status()).isEqualTo(404);
    }
  }

  @Test
  void EIO_session_ids_are_long_random_and_never_repeated() throws IOException {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(Eio.json(http.get(Eio.POLLING).body(), 1).get("sid").stringValue());
    }
    assertThat(ids).hasSize(100).allMatch(id -> id.matches("[A-Za-z0-9_-]{20}"));
  }

  @Test
  void EIO_session_id_is_never_taken_from_a_cookie() throws IOException {
    String sid =
        Eio.json(http.get(Eio.POLLING, "Cookie: io=mine; sid=mine").body(), 1)
            .get("sid")
            .stringValue();
    assertThat(sid).isNotEqualTo("mine");
    assertThat(http.get(Eio.POLLING, "Cookie: io=" + sid).body()).startsWith("0");
    server.awaitSessions(2);
  }

  @Test
  void EIO_transport_that_is_switched_off_is_unknown() throws IOException {
    try (TestServer only =
            TestServer.start(
                config -> config.transports(Set.of(SocketIoConfig.Transport.WEBSOCKET)));
        var other = new RawHttp(only.port())) {
      assertThat(other.get(Eio.POLLING).body()).contains("Transport unknown");
      try (RawWebSocket socket = RawWebSocket.open(only.port(), Eio.WEBSOCKET)) {
        assertThat(socket.readText()).startsWith("0");
      }
    }
  }

  @Test
  void EIO_websocket_of_another_version_is_told_which_one_works() throws IOException {
    RawHttp.Response response =
        http.get(
            Eio.WEBSOCKET,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 8",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertThat(response.status()).isEqualTo(426);
    assertThat(response.header("sec-websocket-version")).isEqualTo("13");
  }

  @Test
  void EIO_websocket_without_a_proper_key_is_refused() throws IOException {
    for (String key : new String[] {"", "short", "AAAA", "!!!!!!!!!!!!!!!!!!!!!!!!"}) {
      RawHttp.Response response =
          http.get(
              Eio.WEBSOCKET,
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: " + key);
      assertThat(response.status()).as(key).isEqualTo(400);
    }
    assertThat(server.metrics().sessions()).isZero();
  }

  @Test
  void EIO_websocket_upgrade_of_the_polling_transport_is_refused() throws IOException {
    assertThat(RawWebSocket.handshake(http, Eio.POLLING).status()).isEqualTo(400);
  }
}
