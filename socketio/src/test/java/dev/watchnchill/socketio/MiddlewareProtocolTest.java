package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Middlewares and the packets they accept or reject. */
class MiddlewareProtocolTest extends SocketIoProtocolFixture {
  @Test
  void SIO4_middleware_rejects_with_message_and_data() throws IOException {
    JsonNode data = JsonNodeFactory.instance.objectNode().put("code", 7);
    var _ =
        server.main().use(Middleware.of(handshake -> MiddlewareDecision.reject("not you", data)));
    assertThat(answerTo("40")).isEqualTo("44{\"message\":\"not you\",\"data\":{\"code\":7}}");
    assertThat(server.main().socketCount()).isZero();
  }

  @Test
  void SIO4_middlewares_run_in_order_until_one_rejects() throws IOException {
    List<String> ran = new java.util.concurrent.CopyOnWriteArrayList<>();
    server
        .main()
        .use(
            Middleware.of(handshake -> {
              ran.add("first");
              return MiddlewareDecision.accept();
            }))
        .use(
            Middleware.of(handshake -> {
              ran.add("second");
              return MiddlewareDecision.reject("no");
            }))
        .use(
            Middleware.of(handshake -> {
              ran.add("third");
              return MiddlewareDecision.accept();
            }));
    assertThat(answerTo("40")).isEqualTo("44{\"message\":\"no\"}");
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void SIO4_middleware_may_decide_later_and_packets_wait() throws IOException {
    var verdict = new CompletableFuture<MiddlewareDecision>();
    var _ = server.main().use(handshake -> verdict);
    socket.sendText("40");
    socket.sendText("42[\"echo\",1]");
    await().until(() -> server.metrics().packetsIn() == 2);
    var _ = verdict.complete(MiddlewareDecision.accept());
    assertThat(socket.readText()).matches(CONNECTED);
    assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void SIO4_failed_middleware_rejects() throws IOException {
    var _ =
        server
            .main()
            .use(handshake -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
    assertThat(answerTo("40")).isEqualTo("44{\"message\":\"Internal server error\"}");
  }

  @Test
  void SIO4_client_that_disconnects_before_the_decision_does_not_enter() throws IOException {
    var verdict = new CompletableFuture<MiddlewareDecision>();
    var _ = server.main().use(handshake -> verdict);
    socket.sendText("40");
    await().until(() -> server.metrics().packetsIn() == 1);
    socket.close();
    server.awaitSessions(0);
    var _ = verdict.complete(MiddlewareDecision.accept());
    assertThat(server.main().socketCount()).isZero();
    assertThat(sockets).isEmpty();
  }
}
