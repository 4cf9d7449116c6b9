package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.http.GateDecision;
import dev.watchnchill.socketio.http.TransportGate;
import dev.watchnchill.socketio.http.TransportRequest;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate: one decision for each session, which may come later, and a check of every request. */
class TransportGateTest {
  /** A gate that keeps every handshake waiting until the test decides. */
  private static final class DeferringGate implements TransportGate {
    private final LinkedBlockingQueue<CompletableFuture<GateDecision>> asked =
        new LinkedBlockingQueue<>();
    private final List<TransportRequest.Kind> admitted = new CopyOnWriteArrayList<>();
    private final List<TransportRequest.Kind> checked = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<GateDecision> admit(TransportRequest request) {
      admitted.add(request.kind());
      var decision = new CompletableFuture<GateDecision>();
      asked.add(decision);
      return decision;
    }

    @Override
    public GateDecision check(TransportRequest request) {
      checked.add(request.kind());
      return GateDecision.allow();
    }

    private CompletableFuture<GateDecision> next() throws InterruptedException {
      CompletableFuture<GateDecision> decision = asked.poll(10, TimeUnit.SECONDS);
      assertThat(decision).isNotNull();
      return decision;
    }
  }

  private static int pending(SocketIoTestServer server) {
    return EngineAccess.of(server.server()).metrics().pendingHandshakes();
  }

  @Test
  void GATE1_admit_is_called_once_for_a_session_and_check_for_each_request() throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      http.sendRequest("GET", EngineIoRequests.POLLING, "");
      gate.next().complete(GateDecision.allow());
      String sid = EngineIoRequests.json(http.read().body(), 1).get("sid").stringValue();
      assertThat(http.post(EngineIoRequests.poll(sid), "40").status()).isEqualTo(200);
      assertThat(http.get(EngineIoRequests.poll(sid)).status()).isEqualTo(200);
      RawWebSocket.open(server.port(), EngineIoRequests.upgrade(sid)).close();
      assertThat(gate.admitted).containsExactly(TransportRequest.Kind.HANDSHAKE);
      assertThat(gate.checked)
          .containsExactly(
              TransportRequest.Kind.HANDSHAKE,
              TransportRequest.Kind.POLL,
              TransportRequest.Kind.POLL,
              TransportRequest.Kind.UPGRADE);
    }
  }

  @Test
  void GATE1_admit_is_not_called_for_an_invalid_handshake() throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      assertThat(http.get("/socket.io/?EIO=3&transport=polling").status()).isEqualTo(400);
      assertThat(http.get("/socket.io/?EIO=4&transport=polling&sid=x").status()).isEqualTo(400);
      assertThat(gate.admitted).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EngineIoRequests.POLLING, EngineIoRequests.WEBSOCKET})
  void GATE2_decision_may_come_later_on_another_thread(String target) throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      sendHandshake(http, target);
      CompletableFuture<GateDecision> decision = gate.next();
      await().until(() -> pending(server) == 1);
      assertThat(server.metrics().sessions()).isZero();
      Thread.ofVirtual().start(() -> decision.complete(GateDecision.allow())).join();
      assertThat(http.read().status())
          .isEqualTo(target.equals(EngineIoRequests.WEBSOCKET) ? 101 : 200);
      server.awaitSessions(1);
      assertThat(pending(server)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EngineIoRequests.POLLING, EngineIoRequests.WEBSOCKET})
  void GATE2_rejection_may_come_later(String target) throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      sendHandshake(http, target);
      gate.next().complete(GateDecision.reject(403, Map.of("X-Why", "banned"), "no"));
      RawHttp.Response response = http.read();
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.header("x-why")).isEqualTo("banned");
      assertThat(server.metrics().sessions()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EngineIoRequests.POLLING, EngineIoRequests.WEBSOCKET})
  void GATE2_client_that_disconnects_before_the_decision_opens_no_session(String target)
      throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate))) {
      CompletableFuture<GateDecision> decision;
      try (var http = new RawHttp(server.port())) {
        sendHandshake(http, target);
        decision = gate.next();
        await().until(() -> pending(server) == 1);
      }
      await().until(() -> pending(server) == 0);
      decision.complete(GateDecision.allow());
      // When this session is open, the event loops have processed the earlier decision.
      var next = new RawHttp(server.port());
      try (next) {
        sendHandshake(next, EngineIoRequests.POLLING);
        gate.next().complete(GateDecision.allow());
        assertThat(next.read().status()).isEqualTo(200);
      }
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }

  @Test
  void GATE3_missing_decision_rejects_after_the_timeout() throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config ->
                config
                    .gate(gate)
                    .connections(
                        ConnectionSettings.DEFAULT.withTimeouts(
                            Duration.ofSeconds(20), Duration.ofMillis(50))));
        var http = new RawHttp(server.port())) {
      assertThat(http.get(EngineIoRequests.POLLING).status()).isEqualTo(503);
      gate.next().complete(GateDecision.allow());
      assertThat(server.metrics().sessions()).isZero();
      assertThat(http.get("/nowhere").status()).isEqualTo(404);
    }
  }

  @Test
  void GATE3_failed_decision_rejects() throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      http.sendRequest("GET", EngineIoRequests.POLLING, "");
      gate.next().completeExceptionally(new IOException("this gate fails on purpose"));
      assertThat(http.read().status()).isEqualTo(503);
    }
  }

  @Test
  void GATE2_requests_after_a_pending_handshake_are_answered_in_order() throws Exception {
    var gate = new DeferringGate();
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      http.sendRequest("GET", EngineIoRequests.POLLING, "");
      http.sendRequest("GET", "/nowhere", "");
      gate.next().complete(GateDecision.allow());
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(http.read().status()).isEqualTo(404);
    }
  }

  @Test
  void GATE3_pending_handshakes_are_rejected_when_the_server_closes() throws Exception {
    var gate = new DeferringGate();
    SocketIoTestServer server = SocketIoTestServer.start(config -> config.gate(gate));
    try (var http = new RawHttp(server.port())) {
      http.sendRequest("GET", EngineIoRequests.POLLING, "");
      await().until(() -> pending(server) == 1);
      server.close();
      assertThat(http.read().status()).isEqualTo(503);
    }
  }

  private static void sendHandshake(RawHttp http, String target) throws IOException {
    http.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n");
    if (target.equals(EngineIoRequests.WEBSOCKET)) {
      http.send(
          String.join(
              "\r\n",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
              ""));
    }
    http.send("\r\n");
  }
}
