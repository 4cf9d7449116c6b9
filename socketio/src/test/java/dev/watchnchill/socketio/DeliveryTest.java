package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms, broadcasts, and the order of delivery. */
class DeliveryTest {
  private SocketIoTestServer server;
  private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
  private final List<RawWebSocket> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    startWith(3);
  }

  private void startWith(int loops) {
    server = SocketIoTestServer.start(config -> config.eventLoops(loops));
    var _ = server.main().onConnection(sockets::add);
  }

  @AfterEach
  void stop() throws IOException {
    for (RawWebSocket client : clients) {
      client.close();
    }
    server.awaitSessions(0);
    server.close();
  }

  @Test
  void SIO9_event_loops_are_filled_one_after_the_other_and_then_evenly() throws Exception {
    server.close();
    server = SocketIoTestServer.start(config -> config.eventLoops(2).connectionsPerLoop(3));
    var _ = server.main().onConnection(sockets::add);
    // The listening socket is one of the first loop's three.
    var loops = new ArrayList<Object>();
    for (int i = 0; i < 7; i++) {
      loops.add(connect().eventLoop());
    }
    Object first = loops.get(0);
    Object second = loops.get(2);
    assertThat(second).isNotSameAs(first);
    assertThat(loops).startsWith(first, first, second, second, second).contains(first, second);
    assertThat(loops.subList(5, 7)).containsExactlyInAnyOrder(first, second);
    clients.removeFirst().close();
    server.awaitSessions(6);
    assertThat(connect().eventLoop()).isSameAs(first);
  }

  @Test
  void SIO8_broadcast_reaches_members_on_every_event_loop() throws Exception {
    Socket a = connect();
    Socket b = connect();
    assertThat(a.eventLoop()).isNotSameAs(b.eventLoop());
    a.join("r");
    b.join("r");
    server.main().to("r").emit("both");
    b.leave("r");
    server.main().to("r").emit("one");
    b.join("r");
    a.leave("r");
    server.main().to("r").emit("other");
    server.main().all().emit("end");
    for (String packet : List.of("42[\"both\"]", "42[\"one\"]", "42[\"end\"]")) {
      assertNext(0, packet);
    }
    for (String packet : List.of("42[\"both\"]", "42[\"other\"]", "42[\"end\"]")) {
      assertNext(1, packet);
    }
  }

  private Socket connect() throws Exception {
    clients.add(RawWebSocket.connect(server.port()));
    Socket socket = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    return socket;
  }

  private void assertNext(int client, String packet) throws IOException {
    assertThat(clients.get(client).readText()).isEqualTo(packet);
  }

  @Test
  void SIO8_room_broadcast_reaches_each_member_once_and_no_other_socket() throws Exception {
    Socket a = connect();
    Socket b = connect();
    Socket c = connect();
    a.join("red");
    b.join("red");
    b.join("blue");
    server.main().to("red").to("blue").emit("x", 1);
    server.main().all().emit("end");
    assertNext(0, "42[\"x\",1]");
    assertNext(0, "42[\"end\"]");
    assertNext(1, "42[\"x\",1]");
    assertNext(1, "42[\"end\"]");
    assertNext(2, "42[\"end\"]");
    assertThat(c.rooms()).isEmpty();
    assertThat(b.rooms()).containsExactlyInAnyOrder("red", "blue");
  }

  @Test
  void what_a_task_of_the_executor_sends_follows_the_deliveries_before_it() throws Exception {
    Socket a = connect();
    a.join("r");
    int each = 100;
    for (int i = 0; i < each; i++) {
      int number = i;
      server.main().to("r").emit("delivery", number);
      a.executor().execute(() -> a.emit("task", number));
    }
    var received = new ArrayList<String>();
    for (int i = 0; i < 2 * each; i++) {
      received.add(clients.getFirst().readText());
    }
    for (int i = 0; i < each; i++) {
      assertThat(received)
          .containsSubsequence("42[\"delivery\"," + i + "]", "42[\"task\"," + i + "]");
    }
  }

  @Test
  void SIO11_batch_reaches_each_socket_in_order() throws Exception {
    Socket a = connect();
    Socket b = connect();
    a.join("r");
    b.join("r");
    Broadcast all = server.main().to("r");
    server
        .main()
        .emitBatch(
            List.of(
                BatchedEvent.of(all.except(a.id()), "first", 1),
                BatchedEvent.of(all, "second", 2),
                BatchedEvent.of(all, "third", new byte[] {7})));
    all.emit("end");
    assertNext(0, "42[\"second\",2]");
    assertNext(0, "451-[\"third\",{\"_placeholder\":true,\"num\":0}]");
    assertNext(1, "42[\"first\",1]");
    assertNext(1, "42[\"second\",2]");
  }

  @Test
  void SIO11_batch_is_separate_packets_for_polling() throws Exception {
    String sid = EngineIoRequests.connect(server.port());
    Socket socket = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    Broadcast all = server.main().to(socket.id());
    server
        .main()
        .emitBatch(
            List.of(
                BatchedEvent.of(all, "first", new byte[] {1, 2, 3, 4}, 1),
                BatchedEvent.of(all, "second", "Я")));
    assertThat(EngineIoRequests.poll(server.port(), sid).body())
        .isEqualTo(
            "451-[\"first\",{\"_placeholder\":true,\"num\":0},1]"
                + "\u001ebAQIDBA==\u001e42[\"second\",\"Я\"]");
    socket.disconnect(true);
  }

  @Test
  void SIO11_no_event_of_a_batch_is_sent_when_one_cannot_be_written() throws Exception {
    connect();
    Broadcast all = server.main().all();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            server
                .main()
                .emitBatch(
                    List.of(BatchedEvent.of(all, "fine"), BatchedEvent.of(all, "disconnect"))));
    all.emit("end");
    assertNext(0, "42[\"end\"]");
  }

  @Test
  void SIO10_partially_written_frames_arrive_complete_and_in_order() throws Exception {
    RawWebSocket slow = RawWebSocket.openSlow(server.port(), EngineIoRequests.WEBSOCKET);
    clients.add(slow);
    slow.readText();
    slow.sendText("40");
    slow.readText();
    Socket socket = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    var sent = new ArrayList<String>();
    for (int n = 0; n < 40; n++) {
      String text = Character.toString('a' + n % 26).repeat(n % 8 == 0 ? 100_000 : 10);
      sent.add("42[\"x\",\"" + text + "\"]");
      socket.emit("x", text);
      // One turn for each event, so that some find the connection idle and others do not.
      socket.eventLoop().submit(() -> {}).get(10, TimeUnit.SECONDS);
    }
    for (String packet : sent) {
      assertThat(slow.readText()).isEqualTo(packet);
    }
  }

  @Test
  void SIO12_throttled_events_are_sent_with_the_next_event_in_order() throws Exception {
    Socket a = connect();
    a.join("r");
    Broadcast throttled = server.main().to("r").throttled(Duration.ofHours(1));
    throttled.emit("at once");
    assertNext(0, "42[\"at once\"]");
    throttled.emit("later", 1);
    throttled.emit("later", 2);
    server.main().to("r").emit("now");
    assertNext(0, "42[\"later\",1]");
    assertNext(0, "42[\"later\",2]");
    assertNext(0, "42[\"now\"]");
  }

  @Test
  void SIO12_throttled_events_are_sent_after_the_interval() throws Exception {
    Socket a = connect();
    a.join("r");
    Broadcast throttled = server.main().to("r").throttled(Duration.ofMillis(30));
    for (int n = 0; n < 5; n++) {
      throttled.emit("x", n);
    }
    for (int n = 0; n < 5; n++) {
      assertNext(0, "42[\"x\"," + n + "]");
    }
  }

  @Test
  void SIO8_socket_broadcast_excludes_itself() throws Exception {
    Socket a = connect();
    Socket b = connect();
    a.join("r");
    b.join("r");
    a.to("r").emit("x");
    b.broadcast().emit("y");
    server.main().to("r").except(a.id()).except(b.id()).emit("nobody");
    server.main().all().emit("end");
    assertNext(0, "42[\"y\"]");
    assertNext(0, "42[\"end\"]");
    assertNext(1, "42[\"x\"]");
    assertNext(1, "42[\"end\"]");
  }

  @Test
  void SIO8_socket_id_is_a_room_of_its_own() throws Exception {
    Socket a = connect();
    connect();
    server.main().to(a.id()).emit("private");
    server.main().all().emit("end");
    assertNext(0, "42[\"private\"]");
    assertNext(1, "42[\"end\"]");
  }

  @Test
  void SIO10_leave_takes_effect_before_a_later_broadcast() throws Exception {
    Socket a = connect();
    for (int i = 0; i < 200; i++) {
      a.join("r");
      server.main().to("r").emit("in", i);
      a.leave("r");
      server.main().to("r").emit("out", i);
    }
    server.main().all().emit("end");
    for (int i = 0; i < 200; i++) {
      assertNext(0, "42[\"in\"," + i + "]");
    }
    assertNext(0, "42[\"end\"]");
    assertThat(a.rooms()).isEmpty();
  }

  @Test
  void SIO8_rooms_of_a_disconnected_socket_are_removed() throws Exception {
    Socket a = connect();
    a.join("r");
    a.disconnect();
    assertNext(0, "41");
    a.join("r");
    a.emit("late");
    clients.getFirst().sendText("40");
    assertThat(clients.getFirst().readText()).startsWith("40{");
    server.main().to("r").emit("x");
    server.main().all().emit("end");
    assertNext(0, "42[\"end\"]");
    assertThat(a.connected()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void SIO10_emits_that_follow_each_other_across_threads_arrive_in_order(int loops)
      throws Exception {
    stop();
    startWith(loops);
    int turns = 400;
    for (int i = 0; i < 4; i++) {
      connect();
    }
    List<Socket> all = new ArrayList<>(sockets);
    Socket first = connect();
    // The event loops and two other threads emit in turns.
    var outside = java.util.concurrent.Executors.newFixedThreadPool(2);
    var done = new java.util.concurrent.CountDownLatch(1);
    new Object() {
      void turn(int i) {
        if (i == turns) {
          done.countDown();
          return;
        }
        server.main().all().emit("n", i);
        first.emit("own", i);
        java.util.concurrent.Executor next = i % 2 == 0 ? first.eventLoop() : outside;
        next.execute(() -> turn(i + 1));
      }
    }.turn(0);
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    outside.shutdown();
    for (int client = 0; client < 4; client++) {
      for (int i = 0; i < turns; i++) {
        assertNext(client, "42[\"n\"," + i + "]");
      }
    }
    for (int i = 0; i < turns; i++) {
      assertNext(4, "42[\"n\"," + i + "]");
      assertNext(4, "42[\"own\"," + i + "]");
    }
    assertThat(all).isEmpty();
  }

  @Test
  void SIO10_emit_on_the_event_loop_does_not_overtake_an_earlier_emit() throws Exception {
    Socket a = connect();
    var gate = new java.util.concurrent.CountDownLatch(1);
    a.eventLoop()
        .execute(() -> {
          awaitQuietly(gate);
          a.emit("second");
        });
    a.emit("first");
    gate.countDown();
    assertNext(0, "42[\"first\"]");
    assertNext(0, "42[\"second\"]");
  }

  private static void awaitQuietly(java.util.concurrent.CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void SIO8_broadcast_reaches_polling_and_websocket_clients() throws Exception {
    connect();
    String sid = EngineIoRequests.connect(server.port());
    server.main().all().emit("x", new byte[] {1, 2, 3, 4}, "ä");
    assertNext(0, "451-[\"x\",{\"_placeholder\":true,\"num\":0},\"ä\"]");
    assertThat(clients.getFirst().readBinary()).containsExactly(1, 2, 3, 4);
    assertThat(EngineIoRequests.poll(server.port(), sid).body())
        .isEqualTo("451-[\"x\",{\"_placeholder\":true,\"num\":0},\"ä\"]\u001ebAQIDBA==");
    EngineIoRequests.post(server.port(), sid, "1");
  }

  @Test
  void SIO5_application_attaches_one_object_to_a_socket() throws Exception {
    Socket a = connect();
    assertThat(a.attachment(String.class)).isNull();
    a.attach("mine");
    assertThat(a.attachment(String.class)).isEqualTo("mine");
    assertThat(a.attachment(Integer.class)).isNull();
    a.attach(null);
    assertThat(a.attachment(Object.class)).isNull();
  }

  @Test
  void SIO5_disconnect_listener_added_late_is_called_at_once() throws Exception {
    Socket a = connect();
    clients.getFirst().close();
    var reasons = new LinkedBlockingQueue<CloseReason>();
    server.awaitSessions(0);
    a.onDisconnect(reasons::add);
    assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.TRANSPORT_CLOSE);
  }
}
