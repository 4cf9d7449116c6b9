package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Socket.IO packets: namespaces, events, acknowledgements, attachments, and their limits. */
class SocketIoProtocolTest {
  private static final String CONNECTED = "40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}";

  private TestServer server;
  private RawWebSocket socket;
  private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start(config -> config.attachmentsMax(3).namespacesMax(3).jsonDepthMax(20));
    var _ = server.main().onConnection(sockets::add);
    socket = RawWebSocket.open(server.port(), Eio.WEBSOCKET);
    socket.readText();
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.awaitSessions(0);
    server.close();
  }

  private Socket connect() throws IOException, InterruptedException {
    socket.sendText("40");
    assertThat(socket.readText()).matches(CONNECTED);
    Socket accepted = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(accepted).isNotNull();
    return accepted;
  }

  private String answerTo(String packet) throws IOException {
    socket.sendText(packet);
    return socket.readText();
  }

  private void assertClosedAfter(String packet) throws IOException {
    socket.sendText(packet);
    assertThat(socket.readClose()).as(packet).isEqualTo(1000);
    server.awaitSessions(0);
    assertThat(server.metrics().closes().get(CloseReason.PARSE_ERROR)).isEqualTo(1);
  }

  // ---- namespaces ----

  @Test
  void SIO_connect_is_answered_with_a_public_id() throws Exception {
    Socket accepted = connect();
    assertThat(accepted.connected()).isTrue();
    assertThat(accepted.recovered()).isFalse();
    assertThat(accepted.handshake().transport()).isEqualTo("websocket");
    assertThat(accepted.handshake().query()).containsEntry("EIO", "4");
    assertThat(accepted.handshake().headers().get("host")).isEqualTo("localhost");
    assertThat(accepted.handshake().auth().isMissingNode()).isTrue();
  }

  @Test
  void SIO_public_id_differs_from_the_session_id_and_between_namespaces() throws IOException {
    String sid = Eio.open(server.port());
    Eio.post(server.port(), sid, "40\u001e40/custom,");
    String answers = Eio.poll(server.port(), sid).body();
    int cut = answers.indexOf('\u001e');
    Set<String> ids = new HashSet<>(List.of(sid));
    ids.add(Eio.json(answers.substring(0, cut), 2).get("sid").stringValue());
    ids.add(Eio.json(answers.substring(cut + 1), "40/custom,".length()).get("sid").stringValue());
    assertThat(ids).hasSize(3);
    Eio.post(server.port(), sid, "1");
  }

  @Test
  void SIO_auth_payload_reaches_the_handshake() throws Exception {
    var auth = new java.util.concurrent.CompletableFuture<JsonNode>();
    server.main().onConnection(entered -> auth.complete(entered.handshake().auth()));
    socket.sendText("40{\"token\":\"abc\",\"nothing\":null}");
    assertThat(socket.readText()).matches(CONNECTED);
    assertThat(auth.get().toString()).isEqualTo("{\"token\":\"abc\",\"nothing\":null}");
  }

  @Test
  void SIO_auth_payload_does_not_outlive_the_connection_listeners() throws Exception {
    socket.sendText("40{\"token\":\"abc\"}");
    assertThat(socket.readText()).matches(CONNECTED);
    socket.sendText("42[\"echo\"]");
    assertThat(socket.readText()).isEqualTo("42[\"echoed\"]");
    Socket entered = sockets.take();
    assertThat(entered.handshake().auth().isMissingNode()).isTrue();
    assertThat(entered.handshake().query()).containsEntry("EIO", "4");
  }

  @Test
  void SIO_custom_namespace_is_entered_with_and_without_comma() throws IOException {
    assertThat(answerTo("40/custom,")).startsWith("40/custom,{\"sid\":");
    try (RawWebSocket other = RawWebSocket.open(server.port(), Eio.WEBSOCKET)) {
      other.readText();
      other.sendText("40/custom");
      assertThat(other.readText()).startsWith("40/custom,{\"sid\":");
    }
  }

  @Test
  void SIO_unknown_namespace_is_refused_and_harmless() throws IOException {
    assertThat(answerTo("40/random")).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
    assertThat(answerTo("40")).matches(CONNECTED);
  }

  @Test
  void SIO_namespaces_of_a_session_are_limited() throws IOException {
    for (String name : List.of("/a", "/b", "/c", "/d")) {
      var _ = server.server().namespace(name);
    }
    assertThat(answerTo("40/a,")).startsWith("40/a,");
    assertThat(answerTo("40/b,")).startsWith("40/b,");
    assertThat(answerTo("40/c,")).startsWith("40/c,");
    assertThat(answerTo("40/d,")).isEqualTo("44/d,{\"message\":\"Too many namespaces\"}");
  }

  @Test
  void SIO_namespaces_do_not_hear_each_other() throws IOException {
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
  void SIO_leaving_one_namespace_keeps_the_other() throws Exception {
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
  void SIO_object_of_the_connection_outlives_a_namespace_reconnect() throws Exception {
    Socket first = connect();
    Object kept = onLoop(first);
    socket.sendText("41");
    Socket second = connect();
    assertThat(second).isNotSameAs(first);
    assertThat(onLoop(second)).isSameAs(kept);
    try (RawWebSocket other = RawWebSocket.open(server.port(), Eio.WEBSOCKET)) {
      other.readText();
      other.sendText("40");
      other.readText();
      Socket elsewhere = sockets.poll(10, TimeUnit.SECONDS);
      assertThat(elsewhere).isNotNull();
      assertThat(onLoop(elsewhere)).isNotSameAs(kept);
    }
  }

  private static Object onLoop(Socket of) throws Exception {
    return of.eventLoop()
        .submit(() -> of.connectionAttachment(Object.class, Object::new))
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void SIO_server_can_remove_a_client_from_a_namespace() throws Exception {
    Socket accepted = connect();
    var reason = new CompletableFuture<CloseReason>();
    accepted.onDisconnect(reason::complete);
    assertThat(answerTo("42[\"leave-me\"]")).isEqualTo("41");
    assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_NAMESPACE_DISCONNECT);
    // What was under way when the client was removed is dropped, and it may come back.
    socket.sendText("42[\"echo\",1]");
    assertThat(answerTo("40")).matches(CONNECTED);
  }

  @Test
  void SIO_server_can_end_the_whole_session() throws Exception {
    Socket accepted = connect();
    accepted.emit("last", "words");
    accepted.disconnect(true);
    assertThat(socket.readText()).isEqualTo("42[\"last\",\"words\"]");
    assertThat(socket.readText()).isEqualTo("41");
    assertThat(socket.readClose()).isEqualTo(1000);
  }

  @Test
  void SIO_namespace_entered_twice_is_a_fault() throws Exception {
    connect();
    assertClosedAfter("40");
  }

  @Test
  void SIO_packet_for_a_namespace_that_was_not_entered_is_a_fault() throws IOException {
    assertClosedAfter("42[\"echo\"]");
  }

  // ---- middleware ----

  @Test
  void SIO_middleware_refuses_with_message_and_data() throws IOException {
    JsonNode data = JsonNodeFactory.instance.objectNode().put("code", 7);
    var _ = server.main().use(Middleware.of(handshake -> Admission.refuse("not you", data)));
    assertThat(answerTo("40")).isEqualTo("44{\"message\":\"not you\",\"data\":{\"code\":7}}");
    assertThat(server.main().socketCount()).isZero();
  }

  @Test
  void SIO_middlewares_run_in_order_until_one_refuses() throws IOException {
    List<String> ran = new java.util.concurrent.CopyOnWriteArrayList<>();
    server
        .main()
        .use(
            Middleware.of(handshake -> {
              ran.add("first");
              return Admission.accept();
            }))
        .use(
            Middleware.of(handshake -> {
              ran.add("second");
              return Admission.refuse("no");
            }))
        .use(
            Middleware.of(handshake -> {
              ran.add("third");
              return Admission.accept();
            }));
    assertThat(answerTo("40")).isEqualTo("44{\"message\":\"no\"}");
    assertThat(ran).containsExactly("first", "second");
  }

  @Test
  void SIO_middleware_may_answer_later_and_packets_wait_for_it() throws IOException {
    var verdict = new CompletableFuture<Admission>();
    var _ = server.main().use(handshake -> verdict);
    socket.sendText("40");
    socket.sendText("42[\"echo\",1]");
    await().until(() -> server.metrics().packetsIn() == 2);
    var _ = verdict.complete(Admission.accept());
    assertThat(socket.readText()).matches(CONNECTED);
    assertThat(socket.readText()).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void SIO_middleware_that_fails_refuses() throws IOException {
    var _ =
        server
            .main()
            .use(handshake -> CompletableFuture.failedFuture(new IllegalStateException("broken")));
    assertThat(answerTo("40")).isEqualTo("44{\"message\":\"Internal server error\"}");
  }

  @Test
  void SIO_client_that_leaves_before_the_verdict_is_not_let_in() throws IOException {
    var verdict = new CompletableFuture<Admission>();
    var _ = server.main().use(handshake -> verdict);
    socket.sendText("40");
    await().until(() -> server.metrics().packetsIn() == 1);
    socket.close();
    server.awaitSessions(0);
    var _ = verdict.complete(Admission.accept());
    assertThat(server.main().socketCount()).isZero();
    assertThat(sockets).isEmpty();
  }

  // ---- events ----

  @Test
  void SIO_listener_is_there_before_the_first_packet() throws IOException {
    var _ =
        server
            .main()
            .onConnection(
                client -> client.on("early", (args, ack) -> client.emit("heard", args.get(0))));
    String sid = Eio.open(server.port());
    Eio.post(server.port(), sid, "40\u001e42[\"early\",1]");
    assertThat(Eio.poll(server.port(), sid).body()).endsWith("\u001e42[\"heard\",1]");
    Eio.post(server.port(), sid, "1");
  }

  @Test
  void SIO_arguments_keep_their_types_and_nulls() throws Exception {
    connect();
    String args = "null,1,-2.5,\"ä\",true,false,[],{},[null,{\"a\":null}],12345678901234567890";
    assertThat(answerTo("42[\"echo\"," + args + "]")).isEqualTo("42[\"echoed\"," + args + "]");
  }

  @Test
  void SIO_any_listener_gets_only_what_nobody_else_takes() throws Exception {
    Socket accepted = connect();
    accepted.on("own", (args, ack) -> accepted.emit("own-heard"));
    accepted.onAny((event, args, ack) -> accepted.emit("any-heard", event, args.size()));
    assertThat(answerTo("42[\"own\"]")).isEqualTo("42[\"own-heard\"]");
    assertThat(answerTo("42[\"echo\"]")).isEqualTo("42[\"echoed\"]");
    assertThat(answerTo("42[\"other\",1,2]")).isEqualTo("42[\"any-heard\",\"other\",2]");
    assertThat(answerTo("42[5,1]")).isEqualTo("42[\"any-heard\",\"5\",1]");
  }

  @Test
  void SIO_listener_that_fails_harms_nobody() throws Exception {
    connect();
    socket.sendText("42[\"fail\"]");
    assertThat(answerTo("42[\"echo\",1]")).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void SIO_reserved_event_names_cannot_be_sent_by_the_server() throws Exception {
    Socket accepted = connect();
    for (String name :
        List.of("connect", "connect_error", "disconnect", "disconnecting", "newListener")) {
      assertThatThrownBy(() -> accepted.emit(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4abc",
        "42",
        "42{}",
        "42[]",
        "42[null]",
        "42[{}]",
        "42[\"echo\"",
        "42[\"echo\"]x",
        "42[\"echo\"] []",
        "42abc[\"echo\"]",
        "42-1[\"echo\"]",
        "42[\"connect\"]",
        "42[\"disconnect\"]",
        "42[\"newListener\"]",
        "4299999999999999999[\"ask\"]",
        "429007199254740992[\"ask\"]",
        "41{}",
        "43[1]",
        "431{}",
        "44{\"message\":\"x\"}",
        "45[\"echo\"]",
        "45-[\"echo\"]",
        "45x-[\"echo\"]",
        "454-[\"echo\"]",
        "450-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
        "47",
        "42[NaN]",
        "42['echo']",
        "42/nowhere,[\"echo\"]",
      })
  void SIO_malformed_packet_closes_the_session(String packet) throws Exception {
    connect();
    assertClosedAfter(packet);
  }

  @Test
  void SIO_json_deeper_than_the_limit_closes_the_session() throws Exception {
    connect();
    assertThat(answerTo("42[\"echo\"," + "[".repeat(18) + "]".repeat(18) + "]"))
        .startsWith("42[\"echoed\"");
    assertClosedAfter("42[\"echo\"," + "[".repeat(30) + "]".repeat(30) + "]");
  }

  @Test
  void SIO_absurdly_long_number_closes_the_session() throws Exception {
    connect();
    assertClosedAfter("42[\"echo\"," + "9".repeat(2000) + "]");
  }

  // ---- acknowledgements ----

  @Test
  void SIO_acknowledgement_carries_the_clients_id() throws Exception {
    connect();
    assertThat(answerTo("42456[\"ask\",1,\"2\",{\"3\":[false]}]"))
        .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
    assertThat(answerTo("420[\"ask\"]")).isEqualTo("430[]");
    assertThat(answerTo("429007199254740991[\"ask\"]")).isEqualTo("439007199254740991[]");
  }

  @Test
  void SIO_acknowledgement_is_sent_once_and_only_when_requested() throws Exception {
    Socket accepted = connect();
    var requested = new LinkedBlockingQueue<Boolean>();
    accepted.on(
        "twice",
        (args, ack) -> {
          requested.add(ack.requested());
          ack.send(1);
          ack.send(2);
          accepted.emit("done");
        });
    assertThat(answerTo("427[\"twice\"]")).isEqualTo("437[1]");
    assertThat(socket.readText()).isEqualTo("42[\"done\"]");
    assertThat(answerTo("42[\"twice\"]")).isEqualTo("42[\"done\"]");
    assertThat(requested).containsExactly(true, false);
  }

  @Test
  void SIO_client_acknowledges_a_server_event() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofSeconds(10), "question", 1).toCompletableFuture();
    assertThat(socket.readText()).isEqualTo("420[\"question\",1]");
    socket.sendText("430[\"yes\",null]");
    assertThat(answer.get(10, TimeUnit.SECONDS).toString()).isEqualTo("[\"yes\", null]");
  }

  @Test
  void SIO_client_acknowledges_with_binary() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofSeconds(10), "question").toCompletableFuture();
    socket.readText();
    socket.sendText("461-0[{\"_placeholder\":true,\"num\":0}]");
    socket.sendBinary(new byte[] {9});
    assertThat(answer.get(10, TimeUnit.SECONDS).getFirst().binaryValue()).containsExactly(9);
  }

  @Test
  void SIO_missing_acknowledgement_times_out() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofMillis(30), "question").toCompletableFuture();
    assertThatThrownBy(answer::get).hasCauseInstanceOf(TimeoutException.class);
    socket.readText();
    socket.sendText("430[1]");
    assertThat(answerTo("42[\"echo\"]")).isEqualTo("42[\"echoed\"]");
  }

  @Test
  void SIO_acknowledgement_fails_when_the_client_goes() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofSeconds(60), "question").toCompletableFuture();
    socket.readText();
    socket.sendText("41");
    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            SocketDisconnectedException.class,
            e -> assertThat(e.reason()).isEqualTo(CloseReason.CLIENT_NAMESPACE_DISCONNECT));
    var late = accepted.emitWithAck(Duration.ofSeconds(60), "question").toCompletableFuture();
    assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SocketDisconnectedException.class);
  }

  @Test
  void SIO_acknowledgement_nobody_asked_for_is_ignored() throws Exception {
    connect();
    socket.sendText("4399[1]");
    assertThat(answerTo("42[\"echo\"]")).isEqualTo("42[\"echoed\"]");
  }

  // ---- attachments ----

  @Test
  void SIO_attachments_fill_nested_placeholders() throws Exception {
    Socket accepted = connect();
    var got = new LinkedBlockingQueue<EventArgs>();
    accepted.on("bin", (args, ack) -> got.add(args));
    socket.sendText(
        "452-[\"bin\",{\"a\":[{\"_placeholder\":true,\"num\":1}],\"b\":{\"_placeholder\":true,\"num\":0}}]");
    socket.sendBinary(new byte[] {1});
    socket.sendBinary(new byte[] {2, 3});
    JsonNode value = got.take().get(0);
    assertThat(value.get("a").get(0)).isInstanceOf(BinaryNode.class);
    assertThat(value.get("a").get(0).binaryValue()).containsExactly(2, 3);
    assertThat(value.get("b").binaryValue()).containsExactly(1);
  }

  @Test
  void SIO_binary_values_are_sent_as_attachments_wherever_they_are() throws Exception {
    Socket accepted = connect();
    ByteBuffer direct = ByteBuffer.allocateDirect(2).put((byte) 5).put((byte) 6).flip();
    accepted.emit(
        "bin",
        new byte[] {1},
        ByteBuffer.wrap(new byte[] {0, 2, 0}, 1, 1),
        Map.of("deep", List.of(BinaryNode.valueOf(new byte[] {3, 4}))),
        direct);
    assertThat(socket.readText())
        .isEqualTo(
            "454-[\"bin\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1},"
                + "{\"deep\":[{\"_placeholder\":true,\"num\":2}]},{\"_placeholder\":true,\"num\":3}]");
    assertThat(socket.readBinary()).containsExactly(1);
    assertThat(socket.readBinary()).containsExactly(2);
    assertThat(socket.readBinary()).containsExactly(3, 4);
    assertThat(socket.readBinary()).containsExactly(5, 6);
  }

  @Test
  void SIO_acknowledgement_with_binary_is_a_binary_ack() throws Exception {
    connect();
    socket.sendText("451-7[\"ask\",{\"_placeholder\":true,\"num\":0}]");
    socket.sendBinary(new byte[] {8});
    assertThat(socket.readText()).isEqualTo("461-7[{\"_placeholder\":true,\"num\":0}]");
    assertThat(socket.readBinary()).containsExactly(8);
  }

  @Test
  void SIO_numbers_that_json_lacks_become_null() throws Exception {
    connect().emit("n", Double.NaN, Float.POSITIVE_INFINITY, 1.5);
    assertThat(socket.readText()).isEqualTo("42[\"n\",null,null,1.5]");
  }

  @Test
  void SIO_attachment_without_a_packet_closes_the_session() throws Exception {
    connect();
    socket.sendBinary(new byte[] {1});
    assertThat(socket.readClose()).isEqualTo(1000);
  }

  @Test
  void SIO_text_in_place_of_an_attachment_closes_the_session() throws Exception {
    connect();
    socket.sendText("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
    assertClosedAfter("42[\"echo\"]");
  }

  @Test
  void SIO_placeholder_that_points_nowhere_closes_the_session() throws Exception {
    for (String num : List.of("1", "-1", "0.5", "\"0\"", "null", "99999999999")) {
      try (RawWebSocket other = RawWebSocket.connect(server.port())) {
        other.sendText("451-[\"echo\",{\"_placeholder\":true,\"num\":" + num + "}]");
        other.sendBinary(new byte[] {1});
        assertThat(other.readClose()).as(num).isEqualTo(1000);
      }
    }
  }

  @Test
  void SIO_arguments_come_as_java_values_too() throws Exception {
    Socket accepted = connect();
    var got = new LinkedBlockingQueue<EventArgs>();
    accepted.on("typed", (args, ack) -> got.add(args));
    socket.sendText("42[\"typed\",[1,2],\"x\"]");
    EventArgs args = got.take();
    assertThat(args.get(0, int[].class)).containsExactly(1, 2);
    assertThat(args.get(1, String.class)).isEqualTo("x");
    assertThat(args.get(2).isMissingNode()).isTrue();
    assertThatThrownBy(() -> args.get(1, int[].class)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Arrays.asList(args.size(), args.list().size())).containsOnly(2);
  }
}
