package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Connection state recovery. */
class RecoveryTest {
  private SocketIoTestServer server;
  private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() {
    server =
        SocketIoTestServer.start(config -> config.connectionStateRecovery(Duration.ofMinutes(1)));
    var _ = server.main().onConnection(sockets::add);
  }

  @AfterEach
  void stop() {
    server.awaitSessions(0);
    server.close();
  }

  private RawWebSocket open() throws IOException {
    RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET);
    socket.readText();
    return socket;
  }

  private JsonNode connect(RawWebSocket socket, String auth) throws IOException {
    socket.sendText("40" + auth);
    return EngineIoRequests.json(socket.readText(), 2);
  }

  private static String auth(JsonNode connected, String offset) {
    return "{\"pid\":\"%s\",\"offset\":\"%s\"}"
        .formatted(connected.get("pid").stringValue(), offset);
  }

  private static String offsetOf(String packet) {
    JsonNode args = EngineIoRequests.json(packet, 2);
    return args.get(args.size() - 1).stringValue();
  }

  @Test
  void REC1_missed_events_are_replayed_in_order_with_id_rooms_and_attachment() throws Exception {
    JsonNode before;
    String offset;
    try (RawWebSocket socket = open()) {
      before = connect(socket, "");
      Socket first = sockets.take();
      assertThat(first.recovered()).isFalse();
      first.join("r");
      first.attach("mine");
      server.main().to("r").emit("n", 0);
      offset = offsetOf(socket.readText());
    }
    server.awaitSessions(0);
    server.main().to("r").emit("n", 1);
    server.main().to("other").emit("n", -1);
    server.main().to(before.get("sid").stringValue()).emit("n", 2);
    server.main().all().except(before.get("sid").stringValue()).emit("n", -2);
    server.main().all().volatile_().emit("n", -3);
    server.main().all().emit("n", 3);
    try (RawWebSocket socket = open()) {
      JsonNode after = connect(socket, auth(before, offset));
      assertThat(after).isEqualTo(before);
      for (int i = 1; i <= 3; i++) {
        assertThat(socket.readText()).startsWith("42[\"n\"," + i + ",");
      }
      server.main().to("r").emit("n", 4);
      assertThat(socket.readText()).startsWith("42[\"n\",4,");
      Socket second = sockets.take();
      assertThat(second.recovered()).isTrue();
      assertThat(second.rooms()).containsExactly("r");
      assertThat(second.attachment(String.class)).isEqualTo("mine");
    }
  }

  @Test
  void REC2_state_is_restored_once() throws Exception {
    JsonNode before;
    String offset;
    try (RawWebSocket socket = open()) {
      before = connect(socket, "");
      sockets.take().emit("n");
      offset = offsetOf(socket.readText());
    }
    server.awaitSessions(0);
    try (RawWebSocket one = open();
        RawWebSocket two = open()) {
      assertThat(connect(one, auth(before, offset))).isEqualTo(before);
      assertThat(connect(two, auth(before, offset)).get("sid")).isNotEqualTo(before.get("sid"));
    }
  }

  @Test
  void REC2_client_that_left_its_namespace_is_not_recovered() throws Exception {
    try (RawWebSocket socket = open()) {
      JsonNode before = connect(socket, "");
      sockets.take().emit("n");
      String offset = offsetOf(socket.readText());
      socket.sendText("41");
      JsonNode after = connect(socket, auth(before, offset));
      assertThat(after.get("sid")).isNotEqualTo(before.get("sid"));
      assertThat(sockets.take().recovered()).isFalse();
    }
  }

  @Test
  void REC2_unknown_pid_or_offset_gives_a_new_socket() throws Exception {
    JsonNode before;
    try (RawWebSocket socket = open()) {
      before = connect(socket, "");
      sockets.take().emit("n");
      socket.readText();
    }
    server.awaitSessions(0);
    for (String auth :
        new String[] {
          auth(before, "nothing"),
          "{\"pid\":\"nobody\",\"offset\":\"x\"}",
          "{\"pid\":7,\"offset\":[]}"
        }) {
      try (RawWebSocket socket = open()) {
        assertThat(connect(socket, auth).get("sid")).isNotEqualTo(before.get("sid"));
        assertThat(sockets.take().recovered()).isFalse();
      }
    }
  }

  @Test
  void REC2_recovery_is_off_by_default() throws Exception {
    try (SocketIoTestServer plain = SocketIoTestServer.start();
        RawWebSocket socket = RawWebSocket.open(plain.port(), EngineIoRequests.WEBSOCKET)) {
      socket.readText();
      assertThat(connect(socket, "").propertyNames()).containsExactly("sid");
    }
  }
}
