package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.http.TransportRequest;
import dev.watchnchill.socketio.limit.AddressKey;
import dev.watchnchill.socketio.limit.InboundLimits;
import dev.watchnchill.socketio.limit.RateBudget;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.net.SocketException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rate budgets of packets and bytes, for a session and for all sessions of a client. */
class InboundBudgetTest {
  private static final int PLENTY = 1_000_000;

  /** A bucket that refills so slowly that a test does not notice. */
  private static final RateBudget FIFTY_PACKETS = new RateBudget(1, 50, PLENTY, PLENTY);

  private static final RateBudget UNLIMITED = new RateBudget(PLENTY, PLENTY, PLENTY, PLENTY);

  private SocketIoTestServer server = SocketIoTestServer.start();

  @AfterEach
  void close() {
    server.awaitSessions(0);
    server.close();
  }

  private void budgets(
      RateBudget connection, RateBudget client, Function<TransportRequest, String> clientKey) {
    server.close();
    server =
        SocketIoTestServer.start(config ->
            config
                .maxPayloadBytes(20_000)
                .inbound(InboundLimits.DEFAULT.withBudgets(connection, client))
                .clientKey(clientKey));
  }

  private void budgets(RateBudget connection, RateBudget client) {
    budgets(connection, client, request -> AddressKey.textOf(request.remoteAddress()));
  }

  private long closed() {
    return server.metrics().closes().getOrDefault(CloseReason.OVER_BUDGET, 0L);
  }

  private static RawWebSocket connect(SocketIoTestServer server, String user) throws IOException {
    RawWebSocket socket =
        RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET + "&user=" + user);
    socket.readText();
    socket.sendText("40");
    socket.readText();
    return socket;
  }

  private static void echo(RawWebSocket socket) throws IOException {
    socket.sendText("42[\"echo\"]");
    assertThat(socket.readText()).isEqualTo("42[\"echoed\"]");
  }

  /**
   * Sends so many packets, unless the connection is closed before; returns the status of the close
   * frame, or 0 when the connection was reset before it could be read.
   */
  private static int closeAfter(RawWebSocket socket, int packets) throws IOException {
    try {
      for (int i = 0; i < packets; i++) {
        socket.sendText("42[\"nothing\"]");
      }
    } catch (SocketException e) {
      // What was received before the reset can still be read.
    }
    return socket.readClose();
  }

  private void assertClosedAfter(RawWebSocket socket, byte[] frame, int times) {
    await()
        .until(() -> {
          try {
            for (int i = 0; i < times; i++) {
              socket.http().send(frame);
            }
            return closed() > 0;
          } catch (IOException e) {
            return closed() > 0;
          }
        });
  }

  @Test
  void RL19_packets_over_the_budget_close_the_connection() throws IOException {
    budgets(FIFTY_PACKETS, UNLIMITED);
    try (RawWebSocket socket = connect(server, "a")) {
      for (int i = 0; i < 40; i++) {
        echo(socket);
      }
      assertThat(closeAfter(socket, 20)).isIn(1008, 0);
      assertThat(closed()).isEqualTo(1);
    }
  }

  @Test
  void RL19_websocket_pings_pongs_and_empty_fragments_count() throws IOException {
    for (int firstByte : new int[] {0x89, 0x8A, 0x00}) {
      budgets(FIFTY_PACKETS, UNLIMITED);
      try (RawWebSocket socket = connect(server, "a")) {
        if (firstByte == 0x00) {
          socket.send(RawWebSocket.TEXT, new byte[0]);
        }
        assertClosedAfter(socket, RawWebSocket.frame(firstByte, new byte[0]), 60);
      }
      assertThat(closed()).isEqualTo(1);
      server.awaitSessions(0);
    }
  }

  @Test
  void RL19_bytes_over_the_budget_close_the_connection_before_they_are_parsed() throws IOException {
    budgets(new RateBudget(PLENTY, PLENTY, 1, 30_000), UNLIMITED);
    try (RawWebSocket socket = connect(server, "a")) {
      socket.sendText("42[\"nothing\",\"" + "x".repeat(19_000) + "\"]");
      // Not JSON, so parsing it would be a parse error.
      socket.sendText("42[\"nothing\"" + "x".repeat(19_000) + "]");
      assertThat(socket.readClose()).isIn(1008, 0);
      assertThat(closed()).isEqualTo(1);
      assertThat(server.metrics().closes().get(CloseReason.PARSE_ERROR)).isZero();
    }
  }

  @Test
  void RL19_one_whole_payload_always_fits() throws IOException {
    budgets(new RateBudget(1, 10, 1, 1), UNLIMITED);
    try (RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      socket.readText();
      socket.sendText("40");
      socket.readText();
      socket.sendText("42[\"echo\"]" + " ".repeat(19_980));
      assertThat(socket.readText()).isEqualTo("42[\"echoed\"]");
    }
  }

  @Test
  void RL19_packets_of_polling_count() throws IOException {
    budgets(FIFTY_PACKETS, UNLIMITED);
    String sid = EngineIoRequests.connect(server.port());
    String body = "42[\"nothing\"]\u001e".repeat(60);
    try (var http = new RawHttp(server.port())) {
      assertThat(
              http.post(EngineIoRequests.poll(sid), body.substring(0, body.length() - 1)).status())
          .isEqualTo(400);
    }
    assertThat(closed()).isEqualTo(1);
  }

  @Test
  void RL20_new_connection_does_not_give_a_new_budget() throws IOException {
    budgets(UNLIMITED, FIFTY_PACKETS);
    assertThat(server.metrics().closes().get(CloseReason.OVER_BUDGET)).isZero();
    int opened = 0;
    while (closed() == 0 && opened < 100) {
      opened++;
      try (RawWebSocket socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
        socket.readText();
        socket.sendText("40");
        socket.readText();
        echo(socket);
      } catch (IOException e) {
        await().until(() -> closed() > 0);
      }
    }
    // Each connection takes two packets.
    assertThat(opened).isBetween(25, 30);
  }

  @Test
  void RL20_other_clients_have_their_own_budget() throws IOException {
    budgets(UNLIMITED, FIFTY_PACKETS, request -> request.query().getOrDefault("user", ""));
    try (RawWebSocket flooding = connect(server, "flooding");
        RawWebSocket other = connect(server, "other")) {
      assertThat(closeAfter(flooding, 60)).isIn(1008, 0);
      echo(other);
      assertThat(closed()).isEqualTo(1);
    }
  }

  @Test
  void RL20_a_kept_connection_stays_while_others_of_its_client_are_over_the_budget()
      throws IOException {
    budgets(new RateBudget(1, 200, PLENTY, PLENTY), FIFTY_PACKETS);
    server.main().on("keep", (socket, args, ack) -> socket.keepUnderMemoryPressure(true));
    try (RawWebSocket member = connect(server, "a");
        RawWebSocket flooding = connect(server, "a")) {
      member.sendText("42[\"keep\"]");
      echo(member);
      assertThat(closeAfter(flooding, 60)).isIn(1008, 0);
      for (int i = 0; i < 50; i++) {
        echo(member);
      }
      // A kept connection that has used half of its own budget is closed too.
      assertThat(closeAfter(member, 100)).isIn(1008, 0);
      assertThat(closed()).isEqualTo(2);
    }
  }
}
