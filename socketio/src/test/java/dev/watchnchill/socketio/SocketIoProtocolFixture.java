package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.support.EngineIoRequests;
import dev.watchnchill.socketio.support.RawWebSocket;
import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server, and one websocket session that has not entered a namespace yet. */
abstract class SocketIoProtocolFixture {
  static final String CONNECTED = "40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}";

  SocketIoTestServer server;

  RawWebSocket socket;

  final LinkedBlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws IOException {
    server =
        SocketIoTestServer.start(
            config -> config.attachmentsMax(3).namespacesMax(3).jsonDepthMax(20));
    var _ = server.main().onConnection(sockets::add);
    socket = RawWebSocket.open(server.port(), EngineIoRequests.WEBSOCKET);
    socket.readText();
  }

  @AfterEach
  void stop() throws IOException {
    socket.close();
    server.awaitSessions(0);
    server.close();
  }

  Socket connect() throws IOException, InterruptedException {
    socket.sendText("40");
    assertThat(socket.readText()).matches(CONNECTED);
    Socket accepted = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(accepted).isNotNull();
    return accepted;
  }

  String answerTo(String packet) throws IOException {
    socket.sendText(packet);
    return socket.readText();
  }

  void assertClosedAfter(String packet) throws IOException {
    socket.sendText(packet);
    assertThat(socket.readClose()).as(packet).isEqualTo(1000);
    server.awaitSessions(0);
    assertThat(server.metrics().closes().get(CloseReason.PARSE_ERROR)).isEqualTo(1);
  }
}
