package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawWebSocket;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Packets that enter and leave namespaces. */
class NamespaceProtocolTest extends SocketIoProtocolFixture {
  @Test
  void SIO1_connect_is_answered_with_a_public_id() throws Exception {
    Socket accepted = connect();
    assertThat(accepted.connected()).isTrue();
    assertThat(accepted.recovered()).isFalse();
    assertThat(accepted.handshake().transport()).isEqualTo("websocket");
    assertThat(accepted.handshake().query()).containsEntry("EIO", "4");
    assertThat(accepted.handshake().headers().get("host")).isEqualTo("localhost");
    assertThat(accepted.handshake().auth().isMissingNode()).isTrue();
  }

  @Test
  void SIO13_answer_to_connect_is_written_before_the_connection_listeners_run() throws Exception {
    var answered = new CompletableFuture<Boolean>().orTimeout(10, TimeUnit.SECONDS);
    var _ =
        server
            .main()
            .onConnection(entered -> {
              entered.emit("welcome", answered.join());
            });
    socket.sendText("40");
    assertThat(socket.readText()).matches(CONNECTED);
    assertThat(answered.complete(true)).isTrue();
    assertThat(socket.readText()).isEqualTo("42[\"welcome\",true]");
  }

  @Test
  void SIO1_public_id_differs_from_the_session_id_and_between_namespaces() throws IOException {
    String sid = EngineIoRequests.open(server.port());
    EngineIoRequests.post(server.port(), sid, "40\u001e40/custom,");
    String answers = EngineIoRequests.poll(server.port(), sid).body();
    int cut = answers.indexOf('\u001e');
    Set<String> ids = new HashSet<>(List.of(sid));
    ids.add(EngineIoRequests.json(answers.substring(0, cut), 2).get("sid").stringValue());
    ids.add(
        EngineIoRequests.json(answers.substring(cut + 1), "40/custom,".length())
            .get("sid")
            .stringValue());
    assertThat(ids).hasSize(3);
    EngineIoRequests.post(server.port(), sid, "1");
  }

  @Test
  void SIO1_auth_payload_is_in_the_handshake() throws Exception {
    var auth = new java.util.concurrent.CompletableFuture<JsonNode>();
    server.main().onConnection(entered -> auth.complete(entered.handshake().auth()));
    socket.sendText("40{\"token\":\"abc\",\"nothing\":null}");
    assertThat(socket.readText()).matches(CONNECTED);
    assertThat(auth.get().toString()).isEqualTo("{\"token\":\"abc\",\"nothing\":null}");
  }

  @Test
  void SIO1_auth_payload_is_dropped_after_the_connection_listeners() throws Exception {
    socket.sendText("40{\"token\":\"abc\"}");
    assertThat(socket.readText()).matches(CONNECTED);
    socket.sendText("42[\"echo\"]");
    assertThat(socket.readText()).isEqualTo("42[\"echoed\"]");
    Socket entered = sockets.take();
    assertThat(entered.handshake().auth().isMissingNode()).isTrue();
    assertThat(entered.handshake().query()).containsEntry("EIO", "4");
  }

  @Test
  void SIO2_custom_namespace_is_entered_with_and_without_comma() throws IOException {
    assertThat(answerTo("40/custom,")).startsWith("40/custom,{\"sid\":");
    try (RawWebSocket other = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      other.readText();
      other.sendText("40/custom");
      assertThat(other.readText()).startsWith("40/custom,{\"sid\":");
    }
  }

  @Test
  void SIO2_unknown_namespace_is_rejected_and_the_session_stays() throws IOException {
    assertThat(answerTo("40/random")).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
    assertThat(answerTo("40")).matches(CONNECTED);
  }

  @Test
  void SIO2_namespaces_of_a_session_are_limited() throws IOException {
    for (String name : List.of("/a", "/b", "/c", "/d")) {
      var _ = server.server().namespace(name);
    }
    assertThat(answerTo("40/a,")).startsWith("40/a,");
    assertThat(answerTo("40/b,")).startsWith("40/b,");
    assertThat(answerTo("40/c,")).startsWith("40/c,");
    assertThat(answerTo("40/d,")).isEqualTo("44/d,{\"message\":\"Too many namespaces\"}");
  }

  @Test
  void SIO2_events_stay_in_their_namespace() throws IOException {
    socket.sendText("40");
    socket.readText();
    socket.sendText("40/custom,");
    socket.readText();
    server.server().namespace("/custom").all().emit("here");
    server.main().all().emit("there");
    String first = socket.readText();
    assertThat(List.of(first, socket.readText()))
        .containsExactlyInAnyOrder("42/custom,[\"here\"]", "42[\"there\"]");
  }

  @Test
  void SIO2_leaving_one_namespace_keeps_the_other() throws Exception {
    Socket accepted = connect();
    var reason = new CompletableFuture<CloseReason>();
    accepted.onDisconnect(reason::complete);
    socket.sendText("40/custom,");
    socket.readText();
    socket.sendText("41");
    assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
    assertThat(answerTo("42/custom,[\"echo\",1]")).isEqualTo("42/custom,[\"echoed\",1]");
    assertThat(server.main().socketCount()).isZero();
    assertThat(answerTo("40")).matches(CONNECTED);
  }

  @Test
  void SIO2_attachment_of_the_session_survives_a_namespace_reconnect() throws Exception {
    Socket first = connect();
    Object kept = onLoop(first);
    socket.sendText("41");
    Socket second = connect();
    assertThat(second).isNotSameAs(first);
    assertThat(onLoop(second)).isSameAs(kept);
    try (RawWebSocket other = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET)) {
      other.readText();
      other.sendText("40");
      other.readText();
      Socket elsewhere = sockets.poll(10, TimeUnit.SECONDS);
      assertThat(elsewhere).isNotNull();
      assertThat(onLoop(elsewhere)).isNotSameAs(kept);
    }
  }

  @Test
  void SIO2_server_can_remove_a_client_from_a_namespace() throws Exception {
    Socket accepted = connect();
    var reason = new CompletableFuture<CloseReason>();
    accepted.onDisconnect(reason::complete);
    assertThat(answerTo("42[\"leave-me\"]")).isEqualTo("41");
    assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_NAMESPACE_DISCONNECT);
    // Packets in transit during the removal are ignored, and the client may connect again.
    socket.sendText("42[\"echo\",1]");
    assertThat(answerTo("40")).matches(CONNECTED);
  }

  @Test
  void SIO2_server_can_end_the_whole_session() throws Exception {
    Socket accepted = connect();
    accepted.emit("last", "words");
    accepted.disconnect(true);
    assertThat(socket.readText()).isEqualTo("42[\"last\",\"words\"]");
    assertThat(socket.readText()).isEqualTo("41");
    assertThat(socket.readClose()).isEqualTo(1000);
  }

  @Test
  void SIO3_second_connect_to_a_namespace_closes_the_session() throws Exception {
    connect();
    assertClosedAfter("40");
  }

  @Test
  void SIO3_packet_for_a_namespace_that_was_not_entered_closes_the_session() throws IOException {
    assertClosedAfter("42[\"echo\"]");
  }

  private static Object onLoop(Socket of) throws Exception {
    return of.eventLoop()
        .submit(() -> of.connectionAttachment(Object.class, Object::new))
        .get(10, TimeUnit.SECONDS);
  }
}
