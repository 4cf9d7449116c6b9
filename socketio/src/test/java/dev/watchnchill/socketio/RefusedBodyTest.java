package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.TestServer;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of requests that will not use them: answered at the head, nothing kept. */
class RefusedBodyTest {
  private static final String LENGTH = "Content-Length: 900000\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  /** The head alone is sent: a server that waits for the body never answers. */
  @ParameterizedTest
  @CsvSource({
    "POST, /socket.io/?EIO=4&transport=polling&sid=nobody, 400",
    "POST, /socket.io/?EIO=4&transport=polling, 400",
    "PUT, /socket.io/?EIO=4&transport=polling, 400",
    "GET, /socket.io/?EIO=4&transport=polling&sid=nobody, 400",
    "POST, /socket.io/?EIO=3&transport=polling, 400",
    "POST, /socket.io/?EIO=4&transport=none, 400",
    "POST, /socket.io/?EIO=4&transport=polling&x=%zz, 400",
    "OPTIONS, /socket.io/?EIO=4&transport=polling, 204",
    "GET, /socket.io/?EIO=4&transport=polling, 200",
  })
  void RL13_request_that_uses_no_body_is_answered_at_its_head(
      String method, String target, int status) throws IOException {
    for (String framing : new String[] {LENGTH, CHUNKED, LENGTH + "Expect: 100-continue\r\n"}) {
      try (TestServer server = TestServer.start();
          var http = new RawHttp(server.port())) {
        http.send(method + " " + target + " HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n");
        RawHttp.Response response = http.read();
        assertThat(response.status()).as(framing).isEqualTo(status);
        assertThat(response.header("connection")).as(framing).isEqualTo("close");
        assertThat(http.readsEnd()).as(framing).isTrue();
      }
    }
  }

  @Test
  void RL13_refusal_of_a_websocket_with_a_body_comes_at_its_head() throws IOException {
    try (TestServer server = TestServer.start();
        var http = new RawHttp(server.port())) {
      http.send(
          "GET "
              + Eio.WEBSOCKET
              + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + LENGTH
              + "\r\n");
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.readsEnd()).isTrue();
    }
  }

  @Test
  void RL13_refusal_of_the_gate_and_of_a_foreign_origin_come_at_the_head() throws IOException {
    try (TestServer server =
            TestServer.start(config ->
                config.gate(TransportGate.of(_ -> GateDecision.refuse(429, Map.of(), "no"))));
        var http = new RawHttp(server.port());
        var foreign = new RawHttp(server.port())) {
      http.send("GET " + Eio.POLLING + " HTTP/1.1\r\nHost: x\r\n" + CHUNKED + "\r\n");
      assertThat(http.read().status()).isEqualTo(429);
      assertThat(http.readsEnd()).isTrue();
      foreign.send(
          "GET "
              + Eio.WEBSOCKET
              + " HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n"
              + "Connection: Upgrade\r\nUpgrade: websocket\r\n"
              + CHUNKED
              + "\r\n");
      assertThat(foreign.read().status()).isEqualTo(403);
      assertThat(foreign.readsEnd()).isTrue();
    }
  }

  private static final HttpHandler NO_BODIES =
      new HttpHandler() {
        @Override
        public int bodyBytesMax(HttpRequest head) {
          return 0;
        }

        @Override
        public void handle(
            io.netty.channel.ChannelHandlerContext ctx,
            io.netty.handler.codec.http.FullHttpRequest request) {
          int bytes = request.content().readableBytes();
          request.release();
          HttpResponses.send(
              ctx, HttpResponses.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "body " + bytes));
        }
      };

  @ParameterizedTest
  @ValueSource(strings = {LENGTH, CHUNKED, "Content-Length: 1\r\n"})
  void RL13_handler_that_wants_no_body_answers_at_the_head(String framing) throws IOException {
    try (TestServer server = TestServer.start(config -> config.httpHandler(NO_BODIES));
        var http = new RawHttp(server.port())) {
      http.send("POST /page HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n");
      RawHttp.Response response = http.read();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.body()).isEqualTo("body 0");
      assertThat(http.readsEnd()).isTrue();
    }
  }

  @Test
  void RL13_path_that_is_not_there_is_404_at_the_head() throws IOException {
    try (TestServer server = TestServer.start();
        var http = new RawHttp(server.port())) {
      http.send("POST /nowhere HTTP/1.1\r\nHost: x\r\n" + CHUNKED + "\r\n");
      assertThat(http.read().status()).isEqualTo(404);
      assertThat(http.readsEnd()).isTrue();
    }
  }

  @Test
  void RL13_client_that_sends_on_after_a_refusal_is_read_within_bounds_and_closed()
      throws IOException {
    try (TestServer server = TestServer.start();
        var http = new RawHttp(server.port())) {
      http.send("POST " + Eio.poll("nobody") + " HTTP/1.1\r\nHost: x\r\n" + LENGTH + "\r\n");
      assertThat(http.read().status()).isEqualTo(400);
      byte[] part = new byte[64 * 1024];
      await()
          .until(() -> {
            try {
              http.send(part);
              return false;
            } catch (IOException e) {
              return true;
            }
          });
    }
  }

  @Test
  void RL13_body_that_trickles_in_has_one_deadline_for_all_of_it() throws IOException {
    try (var clock = Executors.newSingleThreadScheduledExecutor();
        TestServer server =
            TestServer.start(config ->
                config.edge(
                    EdgeSettings.DEFAULT.withTimeouts(
                        Duration.ofMillis(150), Duration.ofSeconds(5))));
        var http = new RawHttp(server.port())) {
      String sid = Eio.connect(server.port());
      http.send("POST " + Eio.poll(sid) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n");
      var trickle = clock.scheduleAtFixedRate(() -> sendByte(http), 0, 5, TimeUnit.MILLISECONDS);
      assertThat(http.read().status()).isEqualTo(408);
      trickle.cancel(true);
      server.awaitSessions(0);
    }
  }

  @Test
  void RL13_flood_of_pipelined_requests_ends_its_connection() throws IOException {
    try (TestServer server =
            TestServer.start(config -> config.httpHandler((ctx, request) -> request.release()));
        var http = new RawHttp(server.port())) {
      http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
      assertThat(http.readsEnd()).isTrue();
      assertThat(Eio.open(server.port())).isNotEmpty();
    }
  }

  private static void sendByte(RawHttp http) {
    try {
      http.send("x");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the server has closed: the schedule ends with this
    }
  }
}
