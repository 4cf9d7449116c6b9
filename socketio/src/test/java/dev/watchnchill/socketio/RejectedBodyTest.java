package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.SocketIoTestServer;
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

/**
 * Bodies that the server does not accept: the request is answered at its head, and the body is not
 * kept.
 */
class RejectedBodyTest {
  private static final String LENGTH = "Content-Length: 900000\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  /** Sends only the head, so that a server that waited for the body would never answer. */
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
      try (SocketIoTestServer server = SocketIoTestServer.start();
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
  void RL13_websocket_with_a_body_is_rejected_at_its_head() throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start();
        var http = new RawHttp(server.port())) {
      http.send(
          "GET "
              + EngineIoRequests.WEBSOCKET
              + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + LENGTH
              + "\r\n");
      assertThat(http.read().status()).isEqualTo(400);
      assertThat(http.readsEnd()).isTrue();
    }
  }

  @Test
  void RL13_rejections_by_gate_and_origin_are_sent_at_the_head() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config ->
                config.gate(TransportGate.of(_ -> GateDecision.reject(429, Map.of(), "no"))));
        var http = new RawHttp(server.port());
        var foreign = new RawHttp(server.port())) {
      http.send("GET " + EngineIoRequests.POLLING + " HTTP/1.1\r\nHost: x\r\n" + CHUNKED + "\r\n");
      assertThat(http.read().status()).isEqualTo(429);
      assertThat(http.readsEnd()).isTrue();
      foreign.send(
          "GET "
              + EngineIoRequests.WEBSOCKET
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
  void RL13_handler_without_bodies_answers_at_the_head(String framing) throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.httpHandler(NO_BODIES));
        var http = new RawHttp(server.port())) {
      http.send("POST /page HTTP/1.1\r\nHost: x\r\n" + framing + "\r\n");
      RawHttp.Response response = http.read();
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.body()).isEqualTo("body 0");
      assertThat(http.readsEnd()).isTrue();
    }
  }

  @Test
  void RL13_unknown_path_is_404_at_the_head() throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start();
        var http = new RawHttp(server.port())) {
      http.send("POST /nowhere HTTP/1.1\r\nHost: x\r\n" + CHUNKED + "\r\n");
      assertThat(http.read().status()).isEqualTo(404);
      assertThat(http.readsEnd()).isTrue();
    }
  }

  @Test
  void RL13_input_after_a_rejection_is_read_within_bounds_and_the_connection_closed()
      throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start();
        var http = new RawHttp(server.port())) {
      http.send(
          "POST " + EngineIoRequests.poll("nobody") + " HTTP/1.1\r\nHost: x\r\n" + LENGTH + "\r\n");
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
  void RL13_slow_body_has_one_deadline() throws IOException {
    try (var clock = Executors.newSingleThreadScheduledExecutor();
        SocketIoTestServer server =
            SocketIoTestServer.start(config ->
                config.connections(
                    ConnectionSettings.DEFAULT.withTimeouts(
                        Duration.ofMillis(150), Duration.ofSeconds(5))));
        var http = new RawHttp(server.port())) {
      String sid = EngineIoRequests.connect(server.port());
      http.send(
          "POST "
              + EngineIoRequests.poll(sid)
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 90000\r\n\r\n");
      var trickle = clock.scheduleAtFixedRate(() -> sendByte(http), 0, 5, TimeUnit.MILLISECONDS);
      assertThat(http.read().status()).isEqualTo(408);
      trickle.cancel(true);
      server.awaitSessions(0);
    }
  }

  @Test
  void RL13_flood_of_pipelined_requests_closes_its_connection() throws IOException {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(
                config -> config.httpHandler((ctx, request) -> request.release()));
        var http = new RawHttp(server.port())) {
      http.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
      assertThat(http.readsEnd()).isTrue();
      assertThat(EngineIoRequests.open(server.port())).isNotEmpty();
    }
  }

  private static void sendByte(RawHttp http) {
    try {
      http.send("x");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the server has closed the connection; ends the schedule
    }
  }
}
