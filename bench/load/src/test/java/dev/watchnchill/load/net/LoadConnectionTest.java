package dev.watchnchill.load.net;

import static dev.watchnchill.load.net.ServerSideSocket.ACCEPTED;
import static dev.watchnchill.load.net.ServerSideSocket.frame;
import static dev.watchnchill.load.net.ServerSideSocket.request;
import static dev.watchnchill.load.net.ServerSideSocket.send;
import static dev.watchnchill.load.net.ServerSideSocket.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.LoopCounters;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadConnectionTest {
  @Test
  void connection_counts_events_and_answers_and_reports_a_loss() throws Exception {
    List<String> received = new CopyOnWriteArrayList<>();
    CountDownLatch lost = new CountDownLatch(1);
    ConnectionListener listener =
        new ConnectionListener() {
          @Override
          public void event(EventName name, byte[] in, int from, int to, LoopCounters counters) {
            received.add(name + new String(in, from, to - from, StandardCharsets.UTF_8));
          }

          @Override
          public void ack(long number, byte[] in, int from, int to, LoopCounters counters) {
            received.add(number + new String(in, from, to - from, StandardCharsets.UTF_8));
          }

          @Override
          public void heartbeat(LoopCounters counters) {
            received.add("a ping");
          }

          @Override
          public void lost() {
            lost.countDown();
          }
        };
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LoadConnections connections = new LoadConnections(1, 10)) {
      var connecting =
          connections.connect(
              new ServerAddress("127.0.0.1", server.getLocalPort()), listener, "{\"a\":1}");
      try (Socket socket = server.accept()) {
        assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(request(socket)).startsWith("GET /api/socket/io/?EIO=4&transport=websocket ");
        send(socket, ACCEPTED);
        send(socket, frame("0{\"sid\":\"x\",\"pingInterval\":25000}"));
        assertThat(text(socket)).isEqualTo("40{\"a\":1}");
        send(socket, frame("40{\"sid\":\"y\"}"));
        LoadConnection connection = connecting.join();

        connection.emit("[\"hello\"]");
        assertThat(text(socket)).isEqualTo("42[\"hello\"]");
        connection.ask(7, "[\"clock\"]");
        assertThat(text(socket)).isEqualTo("427[\"clock\"]");
        send(socket, frame("2"));
        assertThat(text(socket)).isEqualTo("3");
        send(socket, frame("42[\"new-message\",{\"m\":1}]") + frame("42[\"status\",{}]"));
        send(socket, frame("437[{\"ok\":true}]"));
      }
      assertThat(lost.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(received)
          .containsExactly("a ping", "NEW_MESSAGE,{\"m\":1}]", "OTHER,{}]", "7[{\"ok\":true}]");
      Counts counts = connections.counts();
      assertThat(counts.base()).isEqualTo(1);
      assertThat(counts.all()).isEqualTo(2);
      assertThat(counts.acks()).isEqualTo(1);
      assertThat(counts.messagesIn()).isEqualTo(3);
      assertThat(counts.messagesOut()).isEqualTo(2);
      assertThat(counts.errors()).isEqualTo(1);
    }
  }

  @Test
  void rejected_handshake_is_an_error() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LoadConnections connections = new LoadConnections(1, 10)) {
      var connecting =
          connections.connect(
              new ServerAddress("127.0.0.1", server.getLocalPort()), ConnectionListener.NONE, null);
      try (Socket socket = server.accept()) {
        request(socket);
        send(socket, "HTTP/1.1 429 Too Many Requests\r\n\r\n");
        assertThatThrownBy(connecting::join).hasMessageContaining("429");
      }
    }
  }

  @Test
  void few_connections_share_an_address_and_addresses_never_run_out() {
    assertThat(LoadConnections.source(0)).isEqualTo("127.0.0.1");
    assertThat(LoadConnections.source(249)).isEqualTo("127.0.0.250");
    assertThat(LoadConnections.source(250)).isEqualTo("127.0.1.1");
    assertThat(LoadConnections.source(250 * 250)).isEqualTo("127.0.0.1");
  }
}
