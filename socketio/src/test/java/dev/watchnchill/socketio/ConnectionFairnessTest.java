package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawHttp;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tests what one connection may take of the event loop that it shares with others. */
class ConnectionFairnessTest {
  private static final int PIPELINED = 50;
  private static final int BURST = 50;
  private static final int PACKETS_PER_PASS = 4;

  /** Far more than the buffers of both kernels hold. */
  private static final long FLOOD_BYTES = 256L << 20;

  private static final long TAKEN_BYTES_MAX = FLOOD_BYTES / 4;

  private final AtomicReference<Runnable> atBegin =
      new AtomicReference<>(ConnectionFairnessTest::nothing);

  @Test
  void RL13_pipelined_requests_wait_while_the_client_reads_no_responses() throws IOException {
    var handled = new AtomicInteger();
    String page = "x".repeat(512 << 10);
    try (SocketIoTestServer server = pages(handled, () -> page);
        var http = new RawHttp(server.port(), 4096)) {
      http.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n".repeat(PIPELINED));
      // Another connection is served: the event loop has gone past those requests.
      for (int i = 0; i < 3; i++) {
        assertThat(EngineIoRequests.open(server.port())).isNotEmpty();
      }
      assertThat(handled.get()).isLessThan(PIPELINED / 2);

      for (int i = 0; i < PIPELINED; i++) {
        assertThat(http.read().body()).hasSize(page.length());
      }
      assertThat(handled).hasValue(PIPELINED);
    }
  }

  @Test
  void RL13_pipelined_requests_of_one_connection_let_others_in_between() throws IOException {
    List<String> order = new ArrayList<>();
    var both = new AtomicReference<Runnable>(ConnectionFairnessTest::nothing);
    try (SocketIoTestServer server =
            SocketIoTestServer.start(config ->
                config
                    .eventLoops(1)
                    .httpHandler((ctx, request) -> {
                      order.add(request.uri());
                      request.release();
                      both.getAndSet(ConnectionFairnessTest::nothing).run();
                      HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.OK, "ok"));
                    }));
        var first = new RawHttp(server.port());
        var second = new RawHttp(server.port());
        var third = new RawHttp(server.port())) {
      both.set(() -> {
        // On the event loop: both have arrived before it looks at either.
        send(first, "GET /a HTTP/1.1\r\nHost: x\r\n\r\n".repeat(PIPELINED));
        send(second, "GET /b HTTP/1.1\r\nHost: x\r\n\r\n".repeat(PIPELINED));
      });
      assertThat(third.get("/begin").body()).isEqualTo("ok");
      for (int i = 0; i < PIPELINED; i++) {
        assertThat(first.read().body()).isEqualTo("ok");
        assertThat(second.read().body()).isEqualTo("ok");
      }
      assertThat(order.subList(1, PIPELINED)).contains("/a", "/b");
    }
  }

  @Test
  void RL24_messages_of_one_websocket_let_others_in_between() throws Exception {
    var order = new LinkedBlockingQueue<String>();
    try (SocketIoTestServer server = events(order);
        RawWebSocket first = RawWebSocket.connect(server.port());
        RawWebSocket second = RawWebSocket.connect(server.port());
        var third = new RawHttp(server.port())) {
      begin(
          third,
          () -> {
            send(first.http(), burst("first"));
            send(second.http(), burst("second"));
          });
      assertThat(longestRun(order)).isBetween(1, 2 * PACKETS_PER_PASS);
    }
  }

  @Test
  void RL24_packets_of_one_body_let_others_in_between() throws Exception {
    var order = new LinkedBlockingQueue<String>();
    try (SocketIoTestServer server = events(order);
        var first = new RawHttp(server.port());
        var second = new RawHttp(server.port());
        var third = new RawHttp(server.port())) {
      String firstSid = EngineIoRequests.connect(server.port());
      String secondSid = EngineIoRequests.connect(server.port());
      begin(
          third,
          () -> {
            send(first, post(firstSid, "first"));
            send(second, post(secondSid, "second"));
          });
      assertThat(longestRun(order)).isBetween(1, 2 * PACKETS_PER_PASS);
      assertThat(first.read().body()).isEqualTo("ok");
      assertThat(second.read().body()).isEqualTo("ok");
    }
  }

  @Test
  void RL24_burst_before_the_end_of_the_connection_is_handled() throws Exception {
    var order = new LinkedBlockingQueue<String>();
    try (SocketIoTestServer server = events(order)) {
      try (RawWebSocket socket = RawWebSocket.connect(server.port())) {
        socket.http().send(burst("last"));
      }
      for (int i = 0; i < BURST; i++) {
        assertThat(order.poll(10, TimeUnit.SECONDS)).isEqualTo("last");
      }
    }
  }

  @Test
  void RL13_input_after_the_last_response_is_read_within_a_bound() throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config);
        var http = new RawHttp(server.port())) {
      String head =
          """
          POST /socket.io/?EIO=4&transport=nothing HTTP/1.1
          Host: x
          Transfer-Encoding: chunked

          """;
      http.send(head.replace("\n", "\r\n"));
      assertThat(taken(http.socket().getOutputStream())).isLessThan(TAKEN_BYTES_MAX);
      assertThat(EngineIoRequests.open(server.port())).isNotEmpty();
    }
  }

  @Test
  void RL13_input_after_the_close_frame_is_read_within_a_bound() throws IOException {
    try (SocketIoTestServer server = SocketIoTestServer.start(config -> config);
        RawWebSocket socket = RawWebSocket.connect(server.port())) {
      byte[] head = RawWebSocket.frame(0x80 | RawWebSocket.TEXT, new byte[1 << 17]);
      socket.http().send(Arrays.copyOf(head, 14));
      assertThat(taken(socket.http().socket().getOutputStream())).isLessThan(TAKEN_BYTES_MAX);
      assertThat(EngineIoRequests.open(server.port())).isNotEmpty();
    }
  }

  private static SocketIoTestServer pages(AtomicInteger handled, Supplier<String> page)
      throws IOException {
    return SocketIoTestServer.start(config ->
        config.httpHandler((ctx, request) -> {
          handled.incrementAndGet();
          request.release();
          HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.OK, page.get()));
        }));
  }

  private static void nothing() {}

  /** One event loop; an HTTP request runs {@link #atBegin} on it. */
  private SocketIoTestServer events(Queue<String> order) {
    return SocketIoTestServer.start(
        config ->
            config
                .eventLoops(1)
                .httpHandler((ctx, request) -> {
                  request.release();
                  atBegin.getAndSet(ConnectionFairnessTest::nothing).run();
                  HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.OK, "ok"));
                }),
        server -> {
          var _ =
              server
                  .namespace("/")
                  .onConnection(
                      socket -> socket.onUnhandledEvent((name, args, ack) -> order.add(name)));
        });
  }

  /** Runs an action on the event loop: what it sends has arrived before the next pass. */
  private void begin(RawHttp http, Runnable action) throws IOException {
    atBegin.set(action);
    assertThat(http.get("/begin").body()).isEqualTo("ok");
  }

  private static byte[] burst(String event) {
    var out = new ByteArrayOutputStream();
    byte[] packet = ("42[\"" + event + "\"]").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < BURST; i++) {
      out.writeBytes(RawWebSocket.frame(0x80 | RawWebSocket.TEXT, packet));
    }
    return out.toByteArray();
  }

  private static byte[] post(String sid, String event) {
    String body = String.join("\u001e", Collections.nCopies(BURST, "42[\"" + event + "\"]"));
    String head =
        "POST "
            + EngineIoRequests.poll(sid)
            + " HTTP/1.1\r\nHost: x\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the most events of one connection in a row, until one of the two has no more. */
  private static int longestRun(BlockingQueue<String> order) throws InterruptedException {
    var left = new HashMap<String, Integer>();
    String last = "";
    int run = 0;
    int longest = 0;
    while (!left.containsValue(BURST)) {
      String event = order.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      left.merge(event, 1, Integer::sum);
      run = event.equals(last) ? run + 1 : 1;
      last = event;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static void send(RawHttp http, String text) {
    send(http, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(RawHttp http, byte[] bytes) {
    try {
      http.send(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many bytes of a flood were taken before the server ended the connection. */
  private static long taken(OutputStream out) {
    byte[] piece = "1\r\nx\r\n".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    long taken = 0;
    try {
      while (taken < FLOOD_BYTES) {
        out.write(piece);
        taken += piece.length;
      }
    } catch (IOException _) {
      // The connection has ended.
    }
    return taken;
  }
}
