package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.socketio.support.ProgressWait;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Java client, unmodified. */
class JavaClientTest {
  private static final int CLIENTS = 30;
  private static final int EVENTS = 200;

  private SocketIoTestServer server;
  private final List<io.socket.client.Socket> clients = new ArrayList<>();

  @BeforeEach
  void start() {
    server =
        SocketIoTestServer.start(
            config -> config.pingInterval(Duration.ofMillis(500)).disconnectPacketOnClose(false));
  }

  @AfterEach
  void stop() {
    clients.forEach(io.socket.client.Socket::disconnect);
    server.awaitSessions(0);
    server.close();
  }

  private io.socket.client.Socket client(String... transports) {
    var options = new IO.Options();
    options.forceNew = true;
    options.reconnectionDelay = 20;
    options.reconnectionDelayMax = 50;
    if (transports.length > 0) {
      options.transports = transports;
    }
    io.socket.client.Socket client = IO.socket(URI.create(server.url()), options);
    clients.add(client);
    return client;
  }

  private io.socket.client.Socket connect(io.socket.client.Socket client) throws Exception {
    var connected = new CountDownLatch(1);
    var _ = client.on(io.socket.client.Socket.EVENT_CONNECT, args -> connected.countDown());
    var _ = client.connect();
    assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
    return client;
  }

  private static Object first(LinkedBlockingQueue<Object> queue) throws InterruptedException {
    Object value = queue.poll(10, TimeUnit.SECONDS);
    assertThat(value).isNotNull();
    return value == null ? "" : value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"polling", "websocket"})
  void CLIENT1_events_acks_and_binary_work_on_each_transport(String transport) throws Exception {
    var got = new LinkedBlockingQueue<Object>();
    io.socket.client.Socket client = client(transport);
    var _ = client.on("echoed", args -> got.add(args[0]));
    var _ = connect(client);
    var _ = client.emit("echo", new JSONObject().put("a", JSONObject.NULL));
    assertThat(first(got)).hasToString("{\"a\":null}");
    byte[] data = "binary".getBytes(StandardCharsets.UTF_8);
    var _ = client.emit("echo", (Object) data);
    assertThat((byte[]) first(got)).isEqualTo(data);
    Ack collect = args -> got.add(args[0]);
    var _ = client.emit("ask", new Object[] {"question"}, collect);
    assertThat(first(got)).isEqualTo("question");
    var _ = client.emit("ask", new Object[] {data}, collect);
    assertThat((byte[]) first(got)).isEqualTo(data);
  }

  @Test
  void CLIENT1_java_client_acknowledges_server_events() throws Exception {
    var sockets = new LinkedBlockingQueue<Socket>();
    var _ = server.main().onConnection(sockets::add);
    io.socket.client.Socket client = client("websocket");
    var _ = client.on("question", args -> ((Ack) args[args.length - 1]).call("answer"));
    var _ = connect(client);
    var answer =
        sockets.take().emitWithAck(Duration.ofSeconds(10), "question").toCompletableFuture();
    assertThat(answer.get(10, TimeUnit.SECONDS).getFirst().stringValue()).isEqualTo("answer");
  }

  @Test
  void CLIENT1_java_client_reconnects_after_its_transport_fails() throws Exception {
    var reasons = new LinkedBlockingQueue<Object>();
    io.socket.client.Socket client = client("polling");
    var _ = connect(client);
    var again = new CountDownLatch(1);
    var _ = client.on(io.socket.client.Socket.EVENT_CONNECT, args -> again.countDown());
    var _ = client.on(io.socket.client.Socket.EVENT_DISCONNECT, args -> reasons.add(args[0]));
    var _ = client.io().on(Manager.EVENT_RECONNECT, args -> reasons.add("reconnected"));
    // On websocket this client (2.1.2) ignores close frames, and notices the end only by its ping
    // timeout.
    server.close();
    server = SocketIoTestServer.startOn(server.port());
    assertThat(again.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(first(reasons)).isEqualTo("transport close");
    assertThat(first(reasons)).isEqualTo("reconnected");
  }

  @Test
  void CLIENT1_java_client_gets_the_reason_of_a_rejection() throws Exception {
    var _ = server.main().use(Middleware.of(handshake -> MiddlewareDecision.reject("not you")));
    var errors = new LinkedBlockingQueue<Object>();
    io.socket.client.Socket client = client();
    var _ = client.on(io.socket.client.Socket.EVENT_CONNECT_ERROR, args -> errors.add(args[0]));
    var _ = client.connect();
    assertThat(first(errors)).hasToString("{\"message\":\"not you\"}");
  }

  @Test
  void CLIENT2_thirty_simultaneous_upgrades_lose_and_reorder_nothing() throws Exception {
    List<List<Integer>> atServer = new CopyOnWriteArrayList<>();
    var _ =
        server
            .main()
            .onConnection(socket -> {
              List<Integer> got = new CopyOnWriteArrayList<>();
              atServer.add(got);
              socket.on("up", (args, ack) -> got.add(args.get(0).intValue()));
              for (int i = 0; i < EVENTS / 2; i++) {
                socket.emit("down", i);
              }
              socket.on(
                  "more",
                  (args, ack) -> {
                    for (int i = EVENTS / 2; i < EVENTS; i++) {
                      socket.emit("down", i);
                    }
                  });
            });
    List<List<Integer>> atClient = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      List<Integer> got = new CopyOnWriteArrayList<>();
      atClient.add(got);
      io.socket.client.Socket client = client();
      var _ = client.on("down", args -> got.add((Integer) args[0]));
      var _ =
          client.on(
              io.socket.client.Socket.EVENT_CONNECT,
              args -> {
                for (int i = 0; i < EVENTS; i++) {
                  var _ = client.emit("up", i);
                  if (i == EVENTS / 2) {
                    var _ = client.emit("more");
                  }
                }
              });
      var _ = client.connect();
    }
    List<Integer> expected = IntStream.range(0, EVENTS).boxed().toList();
    ProgressWait.until(
        () -> received(atServer) == CLIENTS * EVENTS && received(atClient) == CLIENTS * EVENTS,
        () -> received(atServer) + received(atClient));
    assertThat(atServer).hasSize(CLIENTS).allMatch(expected::equals);
    assertThat(atClient).allMatch(expected::equals);
    await().until(() -> server.metrics().websocketSessions() == CLIENTS);
  }

  private static int received(List<List<Integer>> events) {
    return events.stream().mapToInt(List::size).sum();
  }
}
