package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unfinished input of all connections together: who goes, who stays, and that it ends. */
class MemoryShortTest {
  private static final int PART = 20_000;
  private static final long MAX = 300_000;

  private TestServer server;
  private RawWebSocket member;
  private final List<Closeable> attackers = new ArrayList<>();

  @BeforeEach
  void oneMember() throws IOException {
    server =
        TestServer.start(config ->
            config
                .eventLoops(1)
                .maxPayloadBytes(60_000)
                .inbound(InboundLimits.DEFAULT.withMemory(MAX, 100)));
    server.main().on("keep", (socket, args, ack) -> socket.keepUnderPressure(true));
    member = RawWebSocket.connect(server.port());
    member.sendText("42[\"keep\"]");
    echo();
  }

  @AfterEach
  void memberStaysAndMemoryIsBack() throws IOException {
    echo();
    for (Closeable attacker : attackers) {
      attacker.close();
    }
    await().until(() -> server.metrics().bufferedBytes() == 0);
    await().until(() -> !server.metrics().memoryShort());
    try (RawWebSocket newcomer = RawWebSocket.connect(server.port())) {
      newcomer.sendText("42[\"echo\"]");
      assertThat(newcomer.readText()).isEqualTo("42[\"echoed\"]");
    }
    member.close();
    server.awaitSessions(0);
    server.close();
  }

  private void echo() throws IOException {
    member.sendText("42[\"echo\"]");
    assertThat(member.readText()).isEqualTo("42[\"echoed\"]");
  }

  private long shed() {
    return server.metrics().closes().getOrDefault(CloseReason.MEMORY_SHORT, 0L);
  }

  private RawWebSocket stranger() throws IOException {
    RawWebSocket socket = RawWebSocket.connect(server.port());
    attackers.add(socket);
    return socket;
  }

  private void halfFrame(RawWebSocket socket) throws IOException {
    byte[] whole = RawWebSocket.frame(0x81, new byte[50_000]);
    socket.http().send(Arrays.copyOf(whole, PART));
  }

  @Test
  void RL21_half_sent_frames_cost_the_newest_strangers_their_connection() throws IOException {
    RawWebSocket oldest = stranger();
    for (int i = 0; i < 16; i++) {
      halfFrame(stranger());
    }
    await().until(() -> shed() > 0);
    await().until(() -> server.metrics().bufferedBytes() <= MAX / 2);
    assertThat(shed()).isBetween(8L, 15L);
    oldest.sendText("42[\"echo\"]");
    assertThat(oldest.readText()).isEqualTo("42[\"echoed\"]");
  }

  @Test
  void RL21_messages_in_parts_count() throws IOException {
    for (int i = 0; i < 16; i++) {
      stranger().send(RawWebSocket.TEXT, new byte[PART]);
    }
    await().until(() -> shed() > 0);
  }

  @Test
  void RL21_packets_that_wait_for_attachments_count() throws IOException {
    String packet =
        "451-[\"echo\",{\"_placeholder\":true,\"num\":0},\"" + "x".repeat(PART - 100) + "\"]";
    for (int i = 0; i < 16; i++) {
      stranger().sendText(packet);
    }
    await().until(() -> shed() > 0);
  }

  @Test
  void RL21_half_sent_bodies_are_given_up() throws IOException {
    var sids = new ArrayList<String>();
    for (int i = 0; i < 16; i++) {
      sids.add(Eio.connect(server.port()));
    }
    var connections = new ArrayList<RawHttp>();
    for (String sid : sids) {
      var http = new RawHttp(server.port());
      attackers.add(http);
      connections.add(http);
      http.send(
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n".formatted(Eio.poll(sid)));
      http.send("x".repeat(PART));
    }
    assertThat(connections.getLast().readsEnd()).isTrue();
    await().until(() -> server.metrics().bufferedBytes() <= MAX / 2);
    // The sessions whose bodies were given up have ended with them.
    for (String sid : sids) {
      Eio.post(server.port(), sid, "1");
    }
  }

  @Test
  void RL21_no_session_is_opened_meanwhile() throws IOException {
    // Kept sessions hold it: nobody can be closed for them.
    for (int i = 0; i < 16; i++) {
      RawWebSocket kept = stranger();
      kept.sendText("42[\"keep\"]");
      kept.sendText("42[\"echo\"]");
      kept.readText();
      halfFrame(kept);
    }
    await().until(() -> server.metrics().memoryShort());
    try (var http = new RawHttp(server.port())) {
      RawHttp.Response answer = http.get(Eio.POLLING);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("retry-after")).isEqualTo("10");
    }
    try (var http = new RawHttp(server.port())) {
      assertThat(RawWebSocket.handshake(http, Eio.WEBSOCKET).status()).isEqualTo(503);
    }
    assertThat(server.metrics().handshakesRefused()).isEqualTo(2);
    assertThat(shed()).isZero();
  }
}
