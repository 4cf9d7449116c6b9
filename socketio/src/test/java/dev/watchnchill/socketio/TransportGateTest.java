package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
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

/** The gate: once for each session and in its own time, and a cheap check of every request. */
class TransportGateTest {
  /** Keeps every handshake until the test decides. */
  private static final class Slow implements TransportGate {
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

  private static int pending(TestServer server) {
    return Engines.of(server.server()).metrics().pendingAdmissions();
  }

  @Test
  void GATE_is_asked_once_for_a_session_and_the_check_for_each_request() throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      http.sendRequest("GET", Eio.POLLING, "");
      gate.next().complete(GateDecision.allow());
      String sid = Eio.json(http.read().body(), 1).get("sid").stringValue();
      assertThat(http.post(Eio.poll(sid), "40").status()).isEqualTo(200);
      assertThat(http.get(Eio.poll(sid)).status()).isEqualTo(200);
      RawWebSocket.open(server.port(), Eio.upgrade(sid)).close();
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
  void GATE_is_not_asked_for_a_handshake_that_is_no_good() throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      assertThat(http.get("/socket.io/?EIO=3&transport=polling").status()).isEqualTo(400);
      assertThat(http.get("/socket.io/?EIO=4&transport=polling&sid=x").status()).isEqualTo(400);
      assertThat(gate.admitted).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Eio.POLLING, Eio.WEBSOCKET})
  void GATE_may_decide_later_on_another_thread(String target) throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      sendHandshake(http, target);
      CompletableFuture<GateDecision> decision = gate.next();
      await().until(() -> pending(server) == 1);
      assertThat(server.metrics().sessions()).isZero();
      Thread.ofVirtual().start(() -> decision.complete(GateDecision.allow())).join();
      assertThat(http.read().status()).isEqualTo(target.equals(Eio.WEBSOCKET) ? 101 : 200);
      server.awaitSessions(1);
      assertThat(pending(server)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Eio.POLLING, Eio.WEBSOCKET})
  void GATE_may_refuse_later(String target) throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      sendHandshake(http, target);
      gate.next().complete(GateDecision.refuse(403, Map.of("X-Why", "banned"), "no"));
      RawHttp.Response response = http.read();
      assertThat(response.status()).isEqualTo(403);
      assertThat(response.header("x-why")).isEqualTo("banned");
      assertThat(server.metrics().sessions()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {Eio.POLLING, Eio.WEBSOCKET})
  void GATE_client_that_leaves_meanwhile_opens_no_session(String target) throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate))) {
      CompletableFuture<GateDecision> decision;
      try (var http = new RawHttp(server.port())) {
        sendHandshake(http, target);
        decision = gate.next();
        await().until(() -> pending(server) == 1);
      }
      await().until(() -> pending(server) == 0);
      decision.complete(GateDecision.allow());
      // The same event loops have done what the decision led to when this session is open.
      var next = new RawHttp(server.port());
      try (next) {
        sendHandshake(next, Eio.POLLING);
        gate.next().complete(GateDecision.allow());
        assertThat(next.read().status()).isEqualTo(200);
      }
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }

  @Test
  void GATE_that_never_decides_refuses_in_time() throws Exception {
    var gate = new Slow();
    try (TestServer server =
            TestServer.start(config ->
                config
                    .gate(gate)
                    .edge(
                        EdgeSettings.DEFAULT.withTimeouts(
                            Duration.ofSeconds(20), Duration.ofMillis(50))));
        var http = new RawHttp(server.port())) {
      assertThat(http.get(Eio.POLLING).status()).isEqualTo(503);
      gate.next().complete(GateDecision.allow());
      assertThat(server.metrics().sessions()).isZero();
      assertThat(http.get("/nowhere").status()).isEqualTo(404);
    }
  }

  @Test
  void GATE_that_fails_later_refuses() throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      http.sendRequest("GET", Eio.POLLING, "");
      gate.next().completeExceptionally(new IOException("this gate fails on purpose"));
      assertThat(http.read().status()).isEqualTo(503);
    }
  }

  @Test
  void GATE_requests_behind_a_pending_one_are_answered_in_order() throws Exception {
    var gate = new Slow();
    try (TestServer server = TestServer.start(config -> config.gate(gate));
        var http = new RawHttp(server.port())) {
      http.sendRequest("GET", Eio.POLLING, "");
      http.sendRequest("GET", "/nowhere", "");
      gate.next().complete(GateDecision.allow());
      assertThat(http.read().status()).isEqualTo(200);
      assertThat(http.read().status()).isEqualTo(404);
    }
  }

  @Test
  void GATE_handshakes_that_wait_are_refused_when_the_server_closes() throws Exception {
    var gate = new Slow();
    TestServer server = TestServer.start(config -> config.gate(gate));
    try (var http = new RawHttp(server.port())) {
      http.sendRequest("GET", Eio.POLLING, "");
      await().until(() -> pending(server) == 1);
      server.close();
      assertThat(http.read().status()).isEqualTo(503);
    }
  }

  private static void sendHandshake(RawHttp http, String target) throws IOException {
    http.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n");
    if (target.equals(Eio.WEBSOCKET)) {
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
