package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.limit.InboundLimits;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Incomplete input of all connections together: which sessions are closed, which stay, and the end
 * of the shortage.
 */
class MemoryPressureTest {
  private static final int PART = 20_000;
  private static final long MAX = 300_000;

  private SocketIoTestServer server;
  private RawWebSocket member;
  private final List<Closeable> attackers = new ArrayList<>();

  @BeforeEach
  void connectKeptSession() throws IOException {
    server =
        SocketIoTestServer.start(config ->
            config
                .eventLoops(1)
                .maxPayloadBytes(60_000)
                .inbound(InboundLimits.DEFAULT.withMemory(MAX, 100)));
    server.main().on("keep", (socket, args, ack) -> socket.keepUnderMemoryPressure(true));
    member = RawWebSocket.connect(server.port());
    member.sendText("42[\"keep\"]");
    echo();
  }

  @AfterEach
  void assertKeptSessionStaysAndMemoryIsReleased() throws IOException {
    echo();
    for (Closeable attacker : attackers) {
      attacker.close();
    }
    await().until(() -> server.metrics().bufferedBytes() == 0);
    await().until(() -> !server.metrics().memoryShort());
    try (RawWebSocket newClient = RawWebSocket.connect(server.port())) {
      newClient.sendText("42[\"echo\"]");
      assertThat(newClient.readText()).isEqualTo("42[\"echoed\"]");
    }
    member.close();
    server.awaitSessions(0);
    server.close();
  }

  private void echo() throws IOException {
    member.sendText("42[\"echo\"]");
    assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
  }

  private long closedForMemory() {
    return server.metrics().closes().getOrDefault(CloseReason.MEMORY_SHORT, 0L);
  }

  private RawWebSocket newSession() throws IOException {
    RawWebSocket socket = RawWebSocket.connect(server.port());
    attackers.add(socket);
    return socket;
  }

  private void halfFrame(RawWebSocket socket) throws IOException {
    byte[] whole = RawWebSocket.frame(0x81, new byte[50_000]);
    socket.http().send(Arrays.copyOf(whole, PART));
  }

  @Test
  void RL21_incomplete_frames_close_the_newest_sessions_that_are_not_kept() throws IOException {
    RawWebSocket oldest = newSession();
    for (int i = 0; i < 16; i++) {
      halfFrame(newSession());
    }
    await().until(() -> closedForMemory() > 0);
    await().until(() -> server.metrics().bufferedBytes() <= MAX / 2);
    assertThat(closedForMemory()).isBetween(8L, 15L);
    oldest.sendText("42[\"echo\"]");
    assertThat(oldest.readText()).isEqualTo("42[\"echoed\"]");
  }

  @Test
  void RL21_incomplete_messages_count() throws IOException {
    for (int i = 0; i < 16; i++) {
      newSession().send(RawWebSocket.TEXT, new byte[PART]);
    }
    await().until(() -> closedForMemory() > 0);
  }

  @Test
  void RL21_packets_without_their_attachments_count() throws IOException {
    String packet =
        "451-[\"echo\",{\"_placeholder\":true,\"num\":0},\"" + "x".repeat(PART - 100) + "\"]";
    for (int i = 0; i < 16; i++) {
      newSession().sendText(packet);
    }
    await().until(() -> closedForMemory() > 0);
  }

  @Test
  void RL21_incomplete_bodies_are_dropped() throws IOException {
    var sids = new ArrayList<String>();
    for (int i = 0; i < 16; i++) {
      sids.add(EngineIoRequests.connect(server.port()));
    }
    var connections = new ArrayList<RawHttp>();
    for (String sid : sids) {
      var http = new RawHttp(server.port());
      attackers.add(http);
      connections.add(http);
      http.send(
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n"
              .formatted(EngineIoRequests.poll(sid)));
      http.send("x".repeat(PART));
    }
    assertThat(connections.getLast().readsEnd()).isTrue();
    await().until(() -> server.metrics().bufferedBytes() <= MAX / 2);
    // The sessions whose bodies were dropped have ended with them.
    for (String sid : sids) {
      EngineIoRequests.post(server.port(), sid, "1");
    }
  }

  @Test
  void RL21_no_session_is_opened_while_memory_is_short() throws IOException {
    // The sessions that hold the memory are kept, so none is closed.
    for (int i = 0; i < 16; i++) {
      RawWebSocket kept = newSession();
      kept.sendText("42[\"keep\"]");
      kept.sendText("42[\"echo\"]");
      kept.readText();
      halfFrame(kept);
    }
    await().until(() -> server.metrics().memoryShort());
    try (var http = new RawHttp(server.port())) {
      RawHttp.Response answer = http.get(EngineIoRequests.POLLING);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("10");
    }
    try (var http = new RawHttp(server.port())) {
      assertThat(RawWebSocket.handshake(http, EngineIoRequests.WEBSOCKET).status()).isEqualTo(503);
    }
    assertThat(server.metrics().handshakesRejected()).isEqualTo(2);
    assertThat(closedForMemory()).isZero();
  }
}
