package dev.watchnchill.load.scenario;

import static dev.watchnchill.load.net.ServerSideSocket.ACCEPTED;
import static dev.watchnchill.load.net.ServerSideSocket.frame;
import static dev.watchnchill.load.net.ServerSideSocket.request;
import static dev.watchnchill.load.net.ServerSideSocket.send;
import static dev.watchnchill.load.net.ServerSideSocket.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.load.measure.MicrosClock;
import dev.watchnchill.load.member.LoadMember;
import dev.watchnchill.load.member.LoadRoom;
import dev.watchnchill.load.member.RoomCredentials;
import dev.watchnchill.load.net.LoadConnections;
import dev.watchnchill.load.net.ServerAddress;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClockRequestsTest {
  private static final long SECOND = 1_000_000;

  @Test
  void requests_are_sent_when_due_in_the_first_three_minutes_and_pings_change_nothing()
      throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LoadConnections connections = new LoadConnections(1, 10)) {
      LoadMember member = new LoadMember("Ana");
      try (Socket socket = connected(server, connections, member)) {
        long now = MicrosClock.micros();
        ClockRequests questions = new ClockRequests(List.of(loadRoomOf(member)), now);
        assertThat(questions.perSecond()).isEqualTo(1 / 20.0);
        assertThat(questions.send(7, now)).isEqualTo(1);
        assertThat(text(socket)).startsWith("427[\"clock\",{\"t1\":");
        send(socket, frame("2") + frame("2"));
        assertThat(text(socket)).isEqualTo("3");
        assertThat(text(socket)).isEqualTo("3");
      }
    }
  }

  @Test
  void later_a_request_follows_a_ping_and_not_the_next_one() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LoadConnections connections = new LoadConnections(1, 10)) {
      LoadMember member = new LoadMember("Ana");
      try (Socket socket = connected(server, connections, member)) {
        long now = MicrosClock.micros();
        ClockRequests questions =
            new ClockRequests(List.of(loadRoomOf(member)), now - 200 * SECOND);
        assertThat(questions.perSecond()).isZero();
        assertThat(questions.send(7, now)).isZero();
        send(socket, frame("2") + frame("2") + frame("2"));
        assertThat(text(socket)).isEqualTo("3");
        assertThat(text(socket)).contains("[\"clock\",{\"t1\":").contains("\"report\":");
        assertThat(text(socket)).isEqualTo("3");
        assertThat(text(socket)).isEqualTo("3");
      }
    }
  }

  private static Socket connected(
      ServerSocket server, LoadConnections connections, LoadMember member) throws Exception {
    var target = new ServerAddress("127.0.0.1", server.getLocalPort());
    var connecting = CompletableFuture.runAsync(() -> member.connect(connections, target, null));
    Socket socket = server.accept();
    request(socket);
    send(socket, ACCEPTED + frame("0{\"sid\":\"x\"}"));
    assertThat(text(socket)).isEqualTo("40");
    send(socket, frame("40{\"sid\":\"y\"}"));
    connecting.join();
    return socket;
  }

  private static LoadRoom loadRoomOf(LoadMember member) {
    return new LoadRoom(new RoomCredentials("ABC123", "secret"), List.of(member));
  }
}
