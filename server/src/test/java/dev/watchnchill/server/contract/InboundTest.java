package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules RL18 to RL20, over real sockets. */
final class InboundTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final TestServer server = TestServer.start("EVENT_RATE_SCALE", "1");

  @AfterEach
  void othersGoOn() {
    try (server;
        TestClient ann = TestClient.base(server).create("Ann")) {
      ann.must("send-message", ann.here("message", "all well"));
    }
  }

  private static String request(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private long closed(String reason) throws Exception {
    String line = "watchnchill_sessions_closed_total{reason=\"" + reason + "\"}";
    return request(HttpRequest.newBuilder(URI.create(server.url() + "/metrics")))
        .lines()
        .filter(text -> text.startsWith(line))
        .mapToLong(text -> (long) Double.parseDouble(text.substring(line.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  private static void assertEnds(RawSocket socket) {
    await().until(socket::ended);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42[\"create-room\",{\"hostName\":\"Ann\"}]",
        "430[1]",
        "450-[\"create-room\"]",
        "451-[\"create-room\",{\"_placeholder\":true,\"num\":0}]",
        "461-1[{\"_placeholder\":true,\"num\":0}]"
      })
  void RL18_nothing_comes_before_connect(String packet) throws Exception {
    try (RawSocket socket = RawSocket.open(server)) {
      socket.send(packet);
      assertEnds(socket);
    }
    assertThat(closed("parse_error")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "451-[\"send-message\",{\"_placeholder\":true,\"num\":0}]",
        "42[\"clock\",[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]",
        "42[\"clock\",{\"t1\":" + "1,\"t1\":",
        "40/other?token=1,{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"
            + "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}}}}}"
      })
  void RL18_binary_and_deep_json_close(String packet) throws Exception {
    try (RawSocket socket = RawSocket.connect(server)) {
      socket.send(packet);
      assertEnds(socket);
    }
    assertThat(closed("parse_error")).isEqualTo(1);
  }

  @Test
  void RL18_binary_frame_closes() throws Exception {
    try (RawSocket socket = RawSocket.connect(server)) {
      socket.send(new byte[1]);
      assertEnds(socket);
    }
    assertThat(closed("parse_error")).isEqualTo(1);
  }

  @Test
  void RL18_more_than_a_thousand_tokens_close() throws Exception {
    try (RawSocket socket = RawSocket.connect(server)) {
      String fits = "{\"t1\":1,\"x\":[" + "1,".repeat(900) + "1]}";
      assertThat(socket.call("clock", fits).get("ok").booleanValue()).isTrue();
      socket.send("42[\"clock\",{\"t1\":1,\"x\":[" + "1,".repeat(1_000) + "1]}]");
      assertEnds(socket);
    }
    assertThat(closed("parse_error")).isEqualTo(1);
  }

  @Test
  void RL18_payload_above_64_kib_closes() {
    try (RawSocket socket = RawSocket.connect(server)) {
      String rest = "{\"t1\":1,\"x\":\"" + "x".repeat(64 * 1024 - 50) + "\"}";
      assertThat(socket.call("clock", rest).get("ok").booleanValue()).isTrue();
      socket.send("42[\"clock\",{\"t1\":1,\"x\":\"" + "x".repeat(64 * 1024) + "\"}]");
      assertEnds(socket);
    }
  }

  @Test
  void RL18_auth_payload_above_4096_characters_closes() throws Exception {
    try (RawSocket fits = RawSocket.open(server);
        RawSocket tooLong = RawSocket.open(server)) {
      fits.send("40{\"resume\":true,\"x\":\"" + "x".repeat(4_000) + "\"}");
      assertThat(fits.next()).startsWith("40{");
      tooLong.send("40{\"resume\":true,\"x\":\"" + "x".repeat(4_096) + "\"}");
      assertEnds(tooLong);
    }
    assertThat(closed("parse_error")).isEqualTo(1);
  }

  @Test
  void RL18_another_namespace_is_rejected_and_harmless() {
    try (RawSocket socket = RawSocket.connect(server)) {
      for (String name : new String[] {"/other", "/?token=1", "/other?a=b&c"}) {
        socket.send("40" + name + ",");
        assertThat(socket.next()).isEqualTo("44" + name + ",{\"message\":\"Invalid namespace\"}");
      }
      assertThat(socket.call("clock", "{\"t1\":1}").get("ok").booleanValue()).isTrue();
    }
  }

  @Test
  void RL18_the_largest_events_of_the_contract_pass_however_they_are_escaped() {
    try (RawSocket socket = RawSocket.connect(server)) {
      String room =
          socket.call("create-room", "{\"hostName\":\"Ann\"}").get("roomId").stringValue();
      String message = "\\ud83c".repeat(500) + "\\udf7f".repeat(500);
      assertThat(
              socket
                  .call(
                      "send-message",
                      "{\"roomId\":\"" + room + "\",\"message\":\"" + message + "\"}")
                  .get("ok")
                  .booleanValue())
          .isTrue();
      String link = "https://films.example/" + "a".repeat(2_000) + ".mp4";
      String escaped = link.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
      assertThat(
              socket
                  .call(
                      "set-video", "{\"roomId\":\"" + room + "\",\"videoUrl\":\"" + escaped + "\"}")
                  .get("ok")
                  .booleanValue())
          .isTrue();
    }
  }

  @Test
  void RL19_a_flood_of_packets_ends_its_connection() throws Exception {
    String path = server.url() + "/api/socket/io/?EIO=4&transport=polling";
    String opened = request(HttpRequest.newBuilder(URI.create(path)));
    int sid = opened.indexOf("\"sid\":\"") + 7;
    URI session = URI.create(path + "&sid=" + opened.substring(sid, opened.indexOf('"', sid)));
    // One body, so that no time passes: packets of 1,000 and more are over the burst.
    String packets = "3\u001e".repeat(1_100) + "3";
    String _ =
        request(HttpRequest.newBuilder(session).POST(HttpRequest.BodyPublishers.ofString(packets)));
    assertThat(closed("over_budget")).isEqualTo(1);
  }

  @Test
  void RL19_a_flood_of_bytes_ends_its_connection_before_anything_is_parsed() throws Exception {
    String junk = "42[\"nothing\"" + "x".repeat(60_000);
    try (RawSocket socket = RawSocket.connect(server)) {
      String whole = "42[\"nothing\",\"" + "x".repeat(60_000) + "\"]";
      for (int i = 0; i < 8; i++) {
        socket.send(whole);
      }
      for (int i = 0; i < 30 && !socket.ended(); i++) {
        socket.send(whole);
      }
      socket.send(junk);
      assertEnds(socket);
    }
    assertThat(closed("over_budget")).isEqualTo(1);
  }

  @Test
  void RL19_everything_that_RL5_allows_at_once_passes() {
    try (TestClient ann = TestClient.base(server).create("Ann")) {
      for (int i = 0; i < 2 * 420; i++) {
        var _ = ann.start("clock", with("t1", 1));
      }
      ann.must("send-message", ann.here("message", "still here"));
    }
  }

  @Test
  void RL20_an_address_gets_no_fresh_budget_by_connecting_anew() throws Exception {
    try (TestServer strict =
        TestServer.start("EVENT_RATE_SCALE", "1", "RATE_LIMIT_SOCKET_MAX_PER_IP", "4")) {
      int sent = 0;
      boolean refused = false;
      // Each connection stays far within its own budget of 1,000 packets.
      for (int i = 0; i < 40 && !refused; i++) {
        try (RawSocket socket = RawSocket.open(strict)) {
          for (int j = 0; j < 400 && !refused; j++) {
            refused = !socket.send("3") || socket.ended();
            sent++;
          }
        }
      }
      assertThat(refused).isTrue();
      assertThat(sent).isGreaterThan(2_000);
    }
  }
}
