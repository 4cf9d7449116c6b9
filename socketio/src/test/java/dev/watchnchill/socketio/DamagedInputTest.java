package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of damaged packets, frames and requests from a fixed seed. They may end their own
 * connection, but the server keeps serving, and no session is left.
 */
class DamagedInputTest {
  private static final long SEED = 20_260_101;
  private static final List<String> PACKETS =
      List.of(
          "40",
          "40{\"token\":\"x\"}",
          "40/custom,{\"a\":[1,2]}",
          "42[\"echo\",1,\"two\",{\"three\":[null,true]}]",
          "42/custom,7[\"ask\",{\"deep\":[[[[]]]]}]",
          "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
          "461-0[{\"_placeholder\":true,\"num\":0}]",
          "430[\"answer\"]",
          "41",
          "41/custom,",
          "44{\"message\":\"x\"}",
          "3",
          "2probe",
          "5",
          "6",
          "bAQIDBA==");

  private final Random random = new Random(SEED);
  private SocketIoTestServer server;

  @BeforeEach
  void start() {
    server = SocketIoTestServer.start(config -> config.maxPayloadBytes(50_000));
  }

  @AfterEach
  void assertServesWithoutSessions() throws IOException {
    try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
      socket.sendText("42[\"echo\",\"alive\"]");
      assertThat(socket.readText()).isEqualTo("42[\"echoed\",\"alive\"]");
    }
    server.awaitSessions(0);
    assertThat(server.main().socketCount()).isZero();
    assertThat(server.server().namespace("/custom").socketCount()).isZero();
    server.close();
  }

  private byte[] mutate(byte[] original) {
    byte[] bytes = original.clone();
    int changes = random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = java.util.Arrays.copyOf(bytes, at);
        default -> bytes[at] = (byte) "{}[]\",:-0123456789\u001e".charAt(random.nextInt(19));
      }
    }
    return bytes;
  }

  private byte[] packet() {
    String text = PACKETS.get(random.nextInt(PACKETS.size()));
    return mutate(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void BAD1_server_withstands_damaged_websocket_packets() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      // One connection for each packet, because most packets close theirs.
      try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
        int opcode = random.nextInt(10) == 0 ? RawWebSocket.BINARY : RawWebSocket.TEXT;
        socket.send(0x80 | opcode, packet());
      }
    }
    server.awaitSessions(0);
    assertThat(server.metrics().packetsIn()).isGreaterThan(14_000);
    assertThat(server.metrics().closes().get(CloseReason.PARSE_ERROR)).isGreaterThan(3_000);
  }

  @Test
  void BAD1_server_withstands_damaged_websocket_frames() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
        for (int j = 0; j < 5; j++) {
          socket.http().send(mutate(RawWebSocket.frame(random.nextInt(256), packet())));
        }
      } catch (IOException e) {
        assertThat(e).isNotInstanceOf(java.net.ConnectException.class);
      }
    }
  }

  @Test
  void BAD1_server_withstands_damaged_polling_bodies() throws IOException {
    for (int i = 0; i < 1_500; i++) {
      try (var http = new RawHttp(server.port())) {
        String sid =
            EngineIoRequests.json(http.get(EngineIoRequests.POLLING).body(), 1)
                .get("sid")
                .stringValue();
        // A damaged body ends the session. The next one is rejected at its head, and the
        // connection is closed.
        int status = 200;
        for (int j = 0; j < 3 && status == 200; j++) {
          byte[] body = packet();
          http.send(
              "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                  .formatted(EngineIoRequests.poll(sid), body.length));
          http.send(body);
          status = http.read().status();
          assertThat(status).isIn(200, 400);
        }
        if (status == 200) {
          http.post(EngineIoRequests.poll(sid), "1");
        }
      }
    }
  }

  @Test
  void BAD1_server_withstands_damaged_http_requests() throws IOException {
    List<String> requests =
        List.of(
            "GET " + EngineIoRequests.POLLING + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET " + EngineIoRequests.poll("abcdefghijklmnopqrst") + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST "
                + EngineIoRequests.poll("x")
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n42[]",
            "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n4\r\n0\r\n\r\n",
            "GET "
                + EngineIoRequests.WEBSOCKET
                + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    for (int i = 0; i < 2_000; i++) {
      String request = requests.get(random.nextInt(requests.size()));
      try (var http = new RawHttp(server.port())) {
        http.send(mutate(request.getBytes(StandardCharsets.UTF_8)));
        http.socket().shutdownOutput();
        http.socket().getInputStream().readAllBytes();
      } catch (java.net.SocketException e) {
        assertThat(e).isNotInstanceOf(java.net.ConnectException.class);
      }
    }
    // Sessions of undamaged handshakes are never polled; they end with the server.
    server.close();
    assertThat(server.metrics().sessions()).isZero();
    start();
  }

  @Test
  void BAD1_server_withstands_connections_without_a_request() throws IOException {
    for (int i = 0; i < 500; i++) {
      new RawHttp(server.port()).close();
    }
  }
}
