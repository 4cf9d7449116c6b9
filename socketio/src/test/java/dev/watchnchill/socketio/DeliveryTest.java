package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
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

/** Rooms, broadcasts, and the order in which things arrive. */
class DeliveryTest {
  private TestServer server;
  private final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
  private final List<RawWebSocket> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    startWith(3);
  }

  private void startWith(int loops) {
    server = TestServer.start(config -> config.eventLoops(loops));
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
  void SIO_loops_are_filled_one_after_the_other_and_then_evenly() throws Exception {
    server.close();
    server = TestServer.start(config -> config.eventLoops(2).connectionsPerLoop(3));
    var _ = server.main().onConnection(sockets::add);
    // The port that is listened on is one of the first loop's three.
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
  void SIO_a_room_is_reached_on_every_loop_that_has_a_member_and_after_they_have_gone()
      throws Exception {
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
  void SIO_room_broadcast_reaches_its_members_once_and_nobody_else() throws Exception {
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
  void SIO_several_events_sent_as_one_piece_reach_each_socket_in_order() throws Exception {
    Socket a = connect();
    Socket b = connect();
    a.join("r");
    b.join("r");
    Broadcast all = server.main().to("r");
    server
        .main()
        .emitAll(
            List.of(
                Emission.of(all.except(a.id()), "first", 1),
                Emission.of(all, "second", 2),
                Emission.of(all, "third", new byte[] {7})));
    all.emit("end");
    assertNext(0, "42[\"second\",2]");
    assertNext(0, "451-[\"third\",{\"_placeholder\":true,\"num\":0}]");
    assertNext(1, "42[\"first\",1]");
    assertNext(1, "42[\"second\",2]");
  }

  @Test
  void SIO_several_events_sent_as_one_piece_are_packets_of_their_own_for_polling()
      throws Exception {
    String sid = Eio.connect(server.port());
    Socket socket = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    Broadcast all = server.main().to(socket.id());
    server
        .main()
        .emitAll(
            List.of(
                Emission.of(all, "first", new byte[] {1, 2, 3, 4}, 1),
                Emission.of(all, "second", "Я")));
    assertThat(Eio.poll(server.port(), sid).body())
        .isEqualTo(
            "451-[\"first\",{\"_placeholder\":true,\"num\":0},1]"
                + "\u001ebAQIDBA==\u001e42[\"second\",\"Я\"]");
    socket.disconnect(true);
  }

  @Test
  void SIO_of_several_events_none_is_sent_when_one_cannot_be_written() throws Exception {
    connect();
    Broadcast all = server.main().all();
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            server
                .main()
                .emitAll(List.of(Emission.of(all, "fine"), Emission.of(all, "disconnect"))));
    all.emit("end");
    assertNext(0, "42[\"end\"]");
  }

  @Test
  void SIO_frames_that_the_kernel_takes_piece_by_piece_arrive_whole_and_in_order()
      throws Exception {
    RawWebSocket slow = RawWebSocket.openSlow(server.port(), Eio.WEBSOCKET);
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
      // Each on its own, so that some find the connection free and others do not.
      socket.eventLoop().submit(() -> {}).get(10, TimeUnit.SECONDS);
    }
    for (String packet : sent) {
      assertThat(slow.readText()).isEqualTo(packet);
    }
  }

  @Test
  void SIO_what_can_wait_goes_with_what_cannot_and_in_order() throws Exception {
    Socket a = connect();
    a.join("r");
    Broadcast patient = server.main().to("r").paced(Duration.ofHours(1));
    patient.emit("at once");
    assertNext(0, "42[\"at once\"]");
    patient.emit("later", 1);
    patient.emit("later", 2);
    server.main().to("r").emit("now");
    assertNext(0, "42[\"later\",1]");
    assertNext(0, "42[\"later\",2]");
    assertNext(0, "42[\"now\"]");
  }

  @Test
  void SIO_what_can_wait_goes_when_its_time_has_come() throws Exception {
    Socket a = connect();
    a.join("r");
    Broadcast patient = server.main().to("r").paced(Duration.ofMillis(30));
    for (int n = 0; n < 5; n++) {
      patient.emit("x", n);
    }
    for (int n = 0; n < 5; n++) {
      assertNext(0, "42[\"x\"," + n + "]");
    }
  }

  @Test
  void SIO_socket_broadcast_excludes_itself() throws Exception {
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
  void SIO_socket_id_is_a_room_of_its_own() throws Exception {
    Socket a = connect();
    connect();
    server.main().to(a.id()).emit("private");
    server.main().all().emit("end");
    assertNext(0, "42[\"private\"]");
    assertNext(1, "42[\"end\"]");
  }

  @Test
  void SIO_leave_before_a_broadcast_is_seen_by_it() throws Exception {
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
  void SIO_rooms_of_a_socket_that_left_are_forgotten() throws Exception {
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
  void SIO_emits_that_follow_each_other_across_threads_arrive_in_order(int loops) throws Exception {
    stop();
    startWith(loops);
    int turns = 400;
    for (int i = 0; i < 4; i++) {
      connect();
    }
    List<Socket> all = new ArrayList<>(sockets);
    Socket first = connect();
    // A baton passes between the event loops and two other threads; whoever holds it emits.
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
  void SIO_emit_on_the_event_loop_does_not_overtake_an_earlier_one() throws Exception {
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
  void SIO_broadcast_reaches_polling_and_websocket_clients_alike() throws Exception {
    connect();
    String sid = Eio.connect(server.port());
    server.main().all().emit("x", new byte[] {1, 2, 3, 4}, "ä");
    assertNext(0, "451-[\"x\",{\"_placeholder\":true,\"num\":0},\"ä\"]");
    assertThat(clients.getFirst().readBinary()).containsExactly(1, 2, 3, 4);
    assertThat(Eio.poll(server.port(), sid).body())
        .isEqualTo("451-[\"x\",{\"_placeholder\":true,\"num\":0},\"ä\"]\u001ebAQIDBA==");
    Eio.post(server.port(), sid, "1");
  }

  @Test
  void SIO_embedder_keeps_one_object_with_a_socket() throws Exception {
    Socket a = connect();
    assertThat(a.attachment(String.class)).isNull();
    a.attach("mine");
    assertThat(a.attachment(String.class)).isEqualTo("mine");
    assertThat(a.attachment(Integer.class)).isNull();
    a.attach(null);
    assertThat(a.attachment(Object.class)).isNull();
  }

  @Test
  void SIO_disconnect_listener_added_late_is_called_at_once() throws Exception {
    Socket a = connect();
    clients.getFirst().close();
    var reasons = new LinkedBlockingQueue<CloseReason>();
    server.awaitSessions(0);
    a.onDisconnect(reasons::add);
    assertThat(reasons.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.TRANSPORT_CLOSE);
  }
}
