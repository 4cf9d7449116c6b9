package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets over HTTP long-polling. */
class EnginePollingTest {
  private SocketIoTestServer server;
  private RawHttp http;
  private String sid;

  @BeforeEach
  void start() throws IOException {
    server = SocketIoTestServer.start(config -> config.maxPayloadBytes(10_000));
    http = new RawHttp(server.port());
    sid = EngineIoRequests.connect(server.port());
  }

  @AfterEach
  void stop() throws IOException {
    http.close();
    server.close();
  }

  private RawHttp.Response poll() throws IOException {
    return http.get(EngineIoRequests.poll(sid));
  }

  private RawHttp.Response post(String body) throws IOException {
    return http.post(EngineIoRequests.poll(sid), body);
  }

  private long closes(CloseReason reason) {
    return server.metrics().closes().getOrDefault(reason, 0L);
  }

  @Test
  void EIO3_post_is_answered_ok_and_the_poll_returns_the_echo() throws IOException {
    RawHttp.Response posted = post("42[\"echo\",1]");
    assertThat(posted.status()).isEqualTo(200);
    assertThat(posted.body()).isEqualTo("ok");
    assertThat(poll().body()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void EIO3_several_packets_share_one_body_in_order() throws IOException {
    post("42[\"echo\",1]\u001e42[\"echo\",2]\u001e42[\"echo\",3]");
    assertThat(poll().body())
        .isEqualTo("42[\"echoed\",1]\u001e42[\"echoed\",2]\u001e42[\"echoed\",3]");
  }

  @Test
  void EIO3_binary_is_sent_as_base64() throws IOException {
    post("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
    assertThat(poll().body())
        .isEqualTo("451-[\"echoed\",{\"_placeholder\":true,\"num\":0}]\u001ebAQIDBA==");
  }

  @Test
  void EIO3_base64_may_contain_line_breaks() throws IOException {
    post("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]\u001ebAQID\r\nBA==\n");
    assertThat(poll().body()).endsWith("\u001ebAQIDBA==");
  }

  @Test
  void EIO3_text_beyond_ascii_is_kept() throws IOException {
    post("42[\"echo\",\"Я ß 日本 🎬\"]");
    assertThat(poll().body()).isEqualTo("42[\"echoed\",\"Я ß 日本 🎬\"]");
  }

  @Test
  void EIO3_poll_waits_for_a_packet() throws IOException {
    http.sendRequest("GET", EngineIoRequests.poll(sid), "");
    EngineIoRequests.post(server.port(), sid, "42[\"echo\",\"late\"]");
    assertThat(http.read().body()).isEqualTo("42[\"echoed\",\"late\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "9", "4\u001e", "b!!!", "42[\"echo\"", "\u001e4", "7hello"})
  void EIO5_body_that_is_not_a_packet_closes_the_session(String body) throws IOException {
    assertThat(post(body).status()).isIn(200, 400);
    server.awaitSessions(0);
    assertThat(closes(CloseReason.PARSE_ERROR)).isEqualTo(1);
    assertThat(poll().status()).isEqualTo(400);
  }

  @Test
  void EIO5_body_of_invalid_utf8_closes_the_session() throws IOException {
    http.send(
        "POST "
            + EngineIoRequests.poll(sid)
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n4");
    http.send(new byte[] {(byte) 0xC3, 0x28});
    assertThat(http.read().status()).isEqualTo(400);
    assertThat(closes(CloseReason.PARSE_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO4_overlapping_polls_close_the_session() throws IOException {
    http.sendRequest("GET", EngineIoRequests.poll(sid), "");
    await().until(() -> server.metrics().sessions() == 1);
    RawHttp.Response second = EngineIoRequests.poll(server.port(), sid);
    RawHttp.Response first = http.read();
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("1");
    assertThat(second.status()).isEqualTo(400);
    assertThat(EngineIoRequests.poll(server.port(), sid).status()).isEqualTo(400);
    assertThat(closes(CloseReason.TRANSPORT_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO4_overlapping_posts_close_the_session() throws IOException {
    http.send(
        "POST "
            + EngineIoRequests.poll(sid)
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n4");
    await()
        .untilAsserted(() ->
            assertThat(EngineIoRequests.post(server.port(), sid, "3").status()).isEqualTo(400));
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO4_cancelled_poll_closes_the_session() throws IOException {
    http.sendRequest("GET", EngineIoRequests.poll(sid), "");
    http.close();
    server.awaitSessions(0);
    assertThat(EngineIoRequests.poll(server.port(), sid).status()).isEqualTo(400);
    assertThat(closes(CloseReason.TRANSPORT_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO4_cancelled_post_closes_the_session() throws IOException {
    http.send(
        "POST "
            + EngineIoRequests.poll(sid)
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n4");
    http.close();
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO3_keep_alive_connection_that_closes_between_polls_does_not_end_the_session()
      throws IOException {
    post("42[\"echo\",1]");
    assertThat(poll().status()).isEqualTo(200);
    http.close();
    try (var next = new RawHttp(server.port())) {
      next.post(EngineIoRequests.poll(sid), "42[\"echo\",2]");
      assertThat(next.get(EngineIoRequests.poll(sid)).body()).isEqualTo("42[\"echoed\",2]");
    }
  }

  @Test
  void EIO12_close_packet_ends_a_pending_poll_with_noop() throws IOException {
    http.sendRequest("GET", EngineIoRequests.poll(sid), "");
    assertThat(EngineIoRequests.post(server.port(), sid, "1").body()).isEqualTo("ok");
    assertThat(http.read().body()).isEqualTo("6");
    assertThat(poll().status()).isEqualTo(400);
    assertThat(closes(CloseReason.TRANSPORT_CLOSE)).isEqualTo(1);
  }

  @Test
  void EIO12_close_packet_before_the_poll_ends_it_with_noop() throws IOException {
    assertThat(post("1").body()).isEqualTo("ok");
    server.awaitSessions(0);
    assertThat(poll().body()).isEqualTo("6");
    assertThat(poll().status()).isEqualTo(400);
  }

  @Test
  void EIO12_close_by_the_server_reaches_a_client_between_two_polls() throws IOException {
    assertThat(post("42[\"hang-up\"]").body()).isEqualTo("ok");
    server.awaitSessions(0);
    assertThat(poll().body()).isEqualTo("41\u001e1");
    assertThat(poll().status()).isEqualTo(400);
  }

  @Test
  void EIO5_ping_from_the_client_closes_the_session() throws IOException {
    post("2");
    server.awaitSessions(0);
    assertThat(closes(CloseReason.TRANSPORT_ERROR)).isEqualTo(1);
  }

  @Test
  void EIO6_body_over_the_limit_by_content_length_is_413() throws IOException {
    RawHttp.Response response = post("4" + "x".repeat(10_000));
    assertThat(response.status()).isEqualTo(413);
    assertThat(response.header("connection")).isEqualTo("close");
    assertThat(http.readsEnd()).isTrue();
  }

  @Test
  void EIO6_body_at_the_limit_is_accepted() throws IOException {
    String packet = "42[\"echo\",\"" + "x".repeat(10_000 - 13) + "\"]";
    assertThat(packet).hasSize(10_000);
    assertThat(post(packet).body()).isEqualTo("ok");
    assertThat(poll().body()).hasSize(10_002);
  }

  @Test
  void EIO6_body_over_the_limit_in_chunks_is_413() throws IOException {
    http.send(
        "POST "
            + EngineIoRequests.poll(sid)
            + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 6; i++) {
      http.send("7d0\r\n" + "4".repeat(2000) + "\r\n");
    }
    assertThat(http.read().status()).isEqualTo(413);
    assertThat(http.readsEnd()).isTrue();
    server.awaitSessions(0);
  }

  @Test
  void EIO6_chunked_body_within_the_limit_is_accepted() throws IOException {
    http.send(
        "POST "
            + EngineIoRequests.poll(sid)
            + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    http.send("6\r\n42[\"ec\r\n6\r\nho\",1]\r\n0\r\n\r\n");
    assertThat(http.read().body()).isEqualTo("ok");
    assertThat(poll().body()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void EIO2_unknown_method_on_a_session_is_rejected_and_the_session_stays() throws IOException {
    assertThat(http.request("PUT", EngineIoRequests.poll(sid), "").status()).isEqualTo(400);
    post("42[\"echo\",1]");
    assertThat(poll().body()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void EIO3_polls_of_one_session_may_use_many_connections() throws IOException {
    for (int i = 0; i < 20; i++) {
      EngineIoRequests.post(server.port(), sid, "42[\"echo\"," + i + "]");
      assertThat(EngineIoRequests.poll(server.port(), sid).body())
          .isEqualTo("42[\"echoed\"," + i + "]");
    }
  }
}
