package dev.watchnchill.load.net;

import static dev.watchnchill.load.net.ServerEnd.ACCEPTED;
import static dev.watchnchill.load.net.ServerEnd.frame;
import static dev.watchnchill.load.net.ServerEnd.request;
import static dev.watchnchill.load.net.ServerEnd.send;
import static dev.watchnchill.load.net.ServerEnd.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.Tally;
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
class ConnectionTest {
  @Test
  void it_connects_counts_events_and_answers_and_tells_a_loss() throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CountDownLatch lost = new CountDownLatch(1);
    Listener listener =
        new Listener() {
          @Override
          public void event(EventName name, byte[] in, int from, int to, Tally tally) {
            heard.add(name + new String(in, from, to - from, StandardCharsets.UTF_8));
          }

          @Override
          public void ack(long number, byte[] in, int from, int to, Tally tally) {
            heard.add(number + new String(in, from, to - from, StandardCharsets.UTF_8));
          }

          @Override
          public void heartbeat(Tally tally) {
            heard.add("a ping");
          }

          @Override
          public void lost() {
            lost.countDown();
          }
        };
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Network network = new Network(1, 10)) {
      var connecting =
          network.connect(new Target("127.0.0.1", server.getLocalPort()), listener, "{\"a\":1}");
      try (Socket socket = server.accept()) {
        assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(request(socket)).startsWith("GET /api/socket/io/?EIO=4&transport=websocket ");
        send(socket, ACCEPTED);
        send(socket, frame("0{\"sid\":\"x\",\"pingInterval\":25000}"));
        assertThat(text(socket)).isEqualTo("40{\"a\":1}");
        send(socket, frame("40{\"sid\":\"y\"}"));
        Connection connection = connecting.join();

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

      assertThat(heard)
          .containsExactly("a ping", "NEW_MESSAGE,{\"m\":1}]", "OTHER,{}]", "7[{\"ok\":true}]");
      Counts counts = network.counts();
      assertThat(counts.base()).isEqualTo(1);
      assertThat(counts.all()).isEqualTo(2);
      assertThat(counts.acks()).isEqualTo(1);
      assertThat(counts.messagesIn()).isEqualTo(3);
      assertThat(counts.messagesOut()).isEqualTo(2);
      assertThat(counts.errors()).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_refuses_is_an_error_and_no_connection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Network network = new Network(1, 10)) {
      var connecting =
          network.connect(new Target("127.0.0.1", server.getLocalPort()), Listener.NOBODY, null);
      try (Socket socket = server.accept()) {
        request(socket);
        send(socket, "HTTP/1.1 429 Too Many Requests\r\n\r\n");
        assertThatThrownBy(connecting::join).hasMessageContaining("429");
      }
    }
  }

  @Test
  void few_connections_share_an_address_and_addresses_never_run_out() {
    assertThat(Network.source(0)).isEqualTo("127.0.0.1");
    assertThat(Network.source(249)).isEqualTo("127.0.0.250");
    assertThat(Network.source(250)).isEqualTo("127.0.1.1");
    assertThat(Network.source(250 * 250)).isEqualTo("127.0.0.1");
  }
}
