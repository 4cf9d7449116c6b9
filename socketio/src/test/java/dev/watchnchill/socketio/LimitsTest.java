package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.Eio;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.TestServer;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every bound of the server, and what happens at it. */
class LimitsTest {
  private static final int OUTBOX = 256 * 1024;

  private static long closes(TestServer server, CloseReason reason) {
    return server.metrics().closes().getOrDefault(reason, 0L);
  }

  @Test
  void LIM_session_that_enters_no_namespace_is_closed() throws IOException {
    try (TestServer server =
            TestServer.start(config -> config.connectTimeout(Duration.ofMillis(60)));
        RawWebSocket socket = RawWebSocket.open(server.port(), Eio.WEBSOCKET)) {
      socket.readText();
      assertThat(socket.readClose()).isEqualTo(1000);
      assertThat(closes(server, CloseReason.FORCED_CLOSE)).isEqualTo(1);
    }
  }

  @Test
  void LIM_session_in_a_namespace_outlives_the_connect_timeout() throws IOException {
    try (TestServer server =
            TestServer.start(config -> config.connectTimeout(Duration.ofMillis(60)));
        RawWebSocket connected = RawWebSocket.connect(server.port());
        RawWebSocket idle = RawWebSocket.open(server.port(), Eio.WEBSOCKET)) {
      idle.readText();
      assertThat(idle.readClose()).isEqualTo(1000);
      connected.sendText("42[\"echo\"]");
      assertThat(connected.readText()).isEqualTo("42[\"echoed\"]");
    }
  }

  @Test
  void LIM_websocket_that_does_not_read_is_closed_as_slow_consumer() throws Exception {
    var reason = new CompletableFuture<CloseReason>();
    try (TestServer server = TestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      var _ = server.main().onConnection(socket -> socket.onDisconnect(reason::complete));
      try (RawWebSocket slow = RawWebSocket.openSlow(server.port(), Eio.WEBSOCKET)) {
        slow.sendText("40");
        await().until(() -> server.main().socketCount() == 1);
        String chunk = "x".repeat(16 * 1024);
        for (int i = 0; i < 2000 && !reason.isDone(); i++) {
          server.main().all().emit("flood", chunk);
        }
        assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.SLOW_CONSUMER);
        assertThat(closes(server, CloseReason.SLOW_CONSUMER)).isEqualTo(1);
      }
      server.awaitSessions(0);
    }
  }

  @Test
  void LIM_polling_session_that_does_not_poll_is_closed_as_slow_consumer() throws Exception {
    try (TestServer server = TestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      String sid = Eio.connect(server.port());
      String chunk = "x".repeat(16 * 1024);
      for (int i = 0; i < 20; i++) {
        server.main().all().emit("flood", chunk);
      }
      server.awaitSessions(0);
      assertThat(closes(server, CloseReason.SLOW_CONSUMER)).isEqualTo(1);
      assertThat(Eio.poll(server.port(), sid).status()).isEqualTo(400);
    }
  }

  @Test
  void LIM_volatile_events_are_dropped_before_the_outbox_is_full() throws Exception {
    try (TestServer server = TestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      String sid = Eio.connect(server.port());
      String chunk = "x".repeat(16 * 1024);
      for (int i = 0; i < 100; i++) {
        server.main().all().volatile_().emit("flood", chunk);
      }
      server.main().all().emit("kept");
      await().until(() -> server.metrics().droppedVolatile() > 80);
      String body = Eio.poll(server.port(), sid).body();
      assertThat(body).endsWith("42[\"kept\"]");
      assertThat(body.length()).isLessThan(OUTBOX / 4 + 100);
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }

  @Test
  void LIM_waiting_volatile_events_make_room_for_others() throws Exception {
    try (TestServer server = TestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      String sid = Eio.connect(server.port());
      String chunk = "x".repeat(16 * 1024);
      for (int i = 0; i < 3; i++) {
        server.main().all().volatile_().emit("drop", chunk);
      }
      for (int i = 0; i < 15; i++) {
        server.main().all().emit("keep", chunk);
      }
      await().until(() -> server.metrics().droppedVolatile() == 3);
      String body = Eio.poll(server.port(), sid).body();
      assertThat(body).doesNotContain("drop").contains("keep");
    }
  }

  @Test
  void LIM_burst_that_the_network_takes_is_no_slow_consumer() throws Exception {
    try (TestServer server = TestServer.start(config -> config.outboxBytesMax(OUTBOX));
        RawWebSocket socket = RawWebSocket.connect(server.port())) {
      await().until(() -> server.main().socketCount() == 1);
      String chunk = "x".repeat(8 * 1024);
      var reader =
          CompletableFuture.supplyAsync(() -> {
            try {
              int got = 0;
              for (String text = socket.readText();
                  !text.contains("end");
                  text = socket.readText()) {
                got++;
              }
              return got;
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      for (int i = 0; i < 60; i++) {
        server.main().all().emit("burst", chunk);
        int sent = i;
        await().until(() -> server.metrics().packetsOut() > sent);
      }
      server.main().all().emit("end");
      assertThat(reader.get(10, TimeUnit.SECONDS)).isEqualTo(60);
    }
  }

  @Test
  void LIM_client_that_is_closed_but_does_not_read_is_cut_off() throws Exception {
    try (TestServer server = TestServer.start();
        RawWebSocket slow = RawWebSocket.openSlow(server.port(), Eio.WEBSOCKET)) {
      slow.sendText("40");
      await().until(() -> server.main().socketCount() == 1);
      server.main().all().emit("flood", "x".repeat(3_500_000));
      slow.sendText("not a packet");
      server.awaitSessions(0);
      await().until(() -> isCut(() -> slow.sendText("3")));
    }
  }

  @Test
  void LIM_poll_that_is_answered_but_not_read_is_cut_off() throws Exception {
    try (TestServer server =
            TestServer.start(config -> config.httpIdleTimeout(Duration.ofMillis(100)));
        var slow = new RawHttp(server.port(), 4096)) {
      String sid = Eio.connect(server.port());
      server.main().all().emit("flood", "x".repeat(3_500_000));
      slow.sendRequest("GET", Eio.poll(sid), "");
      await().until(() -> isCut(() -> slow.send("x")));
      Eio.post(server.port(), sid, "1");
    }
  }

  @Test
  void LIM_slow_download_is_not_cut_off_while_it_moves() throws Exception {
    String film = "x".repeat(8_000_000);
    try (TestServer server =
            TestServer.start(config ->
                config
                    .httpIdleTimeout(Duration.ofMillis(400))
                    .httpHandler((ctx, request) -> {
                      request.release();
                      HttpResponses.send(
                          ctx,
                          HttpResponses.text(
                              io.netty.handler.codec.http.HttpResponseStatus.OK, film));
                    }));
        var http = new RawHttp(server.port(), 4096)) {
      http.sendRequest("GET", "/film", "");
      long[] read = {0};
      long started = System.nanoTime();
      // Takes a piece every few milliseconds, for longer than the idle timeout, then the rest.
      await()
          .until(() -> {
            read[0] += http.in().readNBytes(20_000).length;
            return System.nanoTime() - started > Duration.ofMillis(1_200).toNanos();
          });
      while (read[0] < film.length()) {
        int more = http.in().readNBytes(100_000).length;
        assertThat(more).isPositive();
        read[0] += more;
      }
    }
  }

  private interface Send {
    void run() throws IOException;
  }

  private static boolean isCut(Send send) {
    try {
      send.run();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void LIM_http_connection_without_a_complete_request_is_closed() throws IOException {
    try (TestServer server =
            TestServer.start(config -> config.httpIdleTimeout(Duration.ofMillis(60)));
        var silent = new RawHttp(server.port());
        var slow = new RawHttp(server.port())) {
      slow.send("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost:");
      assertThat(silent.readsEnd()).isTrue();
      assertThat(slow.readsEnd()).isTrue();
    }
  }

  @Test
  void LIM_port_that_is_taken_is_named_in_the_error() throws IOException {
    try (TestServer first = TestServer.start();
        SocketIoServer second = SocketIoServer.create(SocketIoConfig.builder().build())) {
      assertThatThrownBy(() -> second.start("127.0.0.1", first.port()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1 port " + first.port());
      assertThat(second.eventLoops().isShuttingDown()).isTrue();
    }
  }

  @Test
  void LIM_settings_out_of_range_are_refused_by_name() {
    assertRefused("pingInterval", b -> b.pingInterval(Duration.ZERO));
    assertRefused("pingTimeout", b -> b.pingTimeout(Duration.ofMillis(-1)));
    assertRefused("connectTimeout", b -> b.connectTimeout(Duration.ofDays(1000)));
    assertRefused("maxPayloadBytes", b -> b.maxPayloadBytes(0));
    assertRefused("eventLoops", b -> b.eventLoops(0));
    assertRefused("connectionsPerLoop", b -> b.connectionsPerLoop(0));
    assertRefused("outboxBytesMax", b -> b.outboxBytesMax(1));
    assertRefused("attachmentsMax", b -> b.attachmentsMax(-1));
    assertRefused("namespacesMax", b -> b.namespacesMax(0));
    assertRefused("jsonDepthMax", b -> b.jsonDepthMax(1));
    assertRefused("path", b -> b.path("socket.io"));
    assertRefused("transports", b -> b.transports(Set.of()));
  }

  private static void assertRefused(String name, UnaryOperator<SocketIoConfig.Builder> setting) {
    Consumer<SocketIoConfig.Builder> build = builder -> setting.apply(builder).build();
    assertThatThrownBy(() -> build.accept(SocketIoConfig.builder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
