package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The limit of the output that waits for one client. */
class SlowConsumerTest {
  private static final int OUTBOX = 256 * 1024;

  private static long closes(SocketIoTestServer server, CloseReason reason) {
    return server.metrics().closes().getOrDefault(reason, 0L);
  }

  @Test
  void LIM3_websocket_that_does_not_read_is_closed_as_slow_consumer() throws Exception {
    var reason = new CompletableFuture<CloseReason>();
    try (SocketIoTestServer server =
        SocketIoTestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      var _ = server.main().onConnection(socket -> socket.onDisconnect(reason::complete));
      try (RawWebSocket slow = RawWebSocket.openSlow(server.port(), EngineIoRequests.WEBSOCKET)) {
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
  void LIM3_polling_session_that_does_not_poll_is_closed_as_slow_consumer() throws Exception {
    try (SocketIoTestServer server =
        SocketIoTestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      String sid = EngineIoRequests.connect(server.port());
      String chunk = "x".repeat(16 * 1024);
      for (int i = 0; i < 20; i++) {
        server.main().all().emit("flood", chunk);
      }
      server.awaitSessions(0);
      assertThat(closes(server, CloseReason.SLOW_CONSUMER)).isEqualTo(1);
      assertThat(EngineIoRequests.poll(server.port(), sid).status()).isEqualTo(400);
    }
  }

  @Test
  void LIM4_volatile_events_are_dropped_before_the_outbox_is_full() throws Exception {
    try (SocketIoTestServer server =
        SocketIoTestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      String sid = EngineIoRequests.connect(server.port());
      String chunk = "x".repeat(16 * 1024);
      for (int i = 0; i < 100; i++) {
        server.main().all().volatile_().emit("flood", chunk);
      }
      server.main().all().emit("kept");
      await().until(() -> server.metrics().droppedVolatile() > 80);
      String body = EngineIoRequests.poll(server.port(), sid).body();
      assertThat(body).endsWith("42[\"kept\"]");
      assertThat(body.length()).isLessThan(OUTBOX / 4 + 100);
      assertThat(server.metrics().sessions()).isEqualTo(1);
    }
  }

  @Test
  void LIM4_queued_volatile_events_are_dropped_for_others() throws Exception {
    try (SocketIoTestServer server =
        SocketIoTestServer.start(config -> config.outboxBytesMax(OUTBOX))) {
      String sid = EngineIoRequests.connect(server.port());
      String chunk = "x".repeat(16 * 1024);
      for (int i = 0; i < 3; i++) {
        server.main().all().volatile_().emit("drop", chunk);
      }
      for (int i = 0; i < 15; i++) {
        server.main().all().emit("keep", chunk);
      }
      await().until(() -> server.metrics().droppedVolatile() == 3);
      String body = EngineIoRequests.poll(server.port(), sid).body();
      assertThat(body).doesNotContain("drop").contains("keep");
    }
  }

  @Test
  void LIM3_burst_that_is_read_does_not_close_the_client() throws Exception {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.outboxBytesMax(OUTBOX));
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
  void LIM3_closed_client_that_does_not_read_is_disconnected() throws Exception {
    try (SocketIoTestServer server = SocketIoTestServer.start();
        RawWebSocket slow = RawWebSocket.openSlow(server.port(), EngineIoRequests.WEBSOCKET)) {
      slow.sendText("40");
      await().until(() -> server.main().socketCount() == 1);
      server.main().all().emit("flood", "x".repeat(3_500_000));
      slow.sendText("not a packet");
      server.awaitSessions(0);
      await().until(() -> isCut(() -> slow.sendText("3")));
    }
  }

  @Test
  void LIM2_response_that_is_not_read_closes_the_connection() throws Exception {
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config -> config.httpIdleTimeout(Duration.ofMillis(100)));
        var slow = new RawHttp(server.port(), 4096)) {
      String sid = EngineIoRequests.connect(server.port());
      server.main().all().emit("flood", "x".repeat(3_500_000));
      slow.sendRequest("GET", EngineIoRequests.poll(sid), "");
      await().until(() -> isCut(() -> slow.send("x")));
      EngineIoRequests.post(server.port(), sid, "1");
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
}
