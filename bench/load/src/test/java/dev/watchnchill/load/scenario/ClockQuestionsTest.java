package dev.watchnchill.load.scenario;

import static dev.watchnchill.load.net.ServerEnd.ACCEPTED;
import static dev.watchnchill.load.net.ServerEnd.frame;
import static dev.watchnchill.load.net.ServerEnd.request;
import static dev.watchnchill.load.net.ServerEnd.send;
import static dev.watchnchill.load.net.ServerEnd.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.load.measure.Clock;
import dev.watchnchill.load.net.Network;
import dev.watchnchill.load.net.Target;
import dev.watchnchill.load.party.Member;
import dev.watchnchill.load.party.Party;
import dev.watchnchill.load.party.RoomKey;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClockQuestionsTest {
  private static final long SECOND = 1_000_000;

  @Test
  void in_the_first_three_minutes_questions_are_asked_when_they_are_due_and_pings_change_nothing()
      throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Network network = new Network(1, 10)) {
      Member member = new Member("Ana");
      try (Socket socket = connected(server, network, member)) {
        long now = Clock.micros();
        ClockQuestions questions = new ClockQuestions(List.of(partyOf(member)), now);
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
  void later_a_question_goes_with_a_ping_and_not_with_the_next_one() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Network network = new Network(1, 10)) {
      Member member = new Member("Ana");
      try (Socket socket = connected(server, network, member)) {
        long now = Clock.micros();
        ClockQuestions questions = new ClockQuestions(List.of(partyOf(member)), now - 200 * SECOND);
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

  private static Socket connected(ServerSocket server, Network network, Member member)
      throws Exception {
    var target = new Target("127.0.0.1", server.getLocalPort());
    var connecting = CompletableFuture.runAsync(() -> member.connect(network, target, null));
    Socket socket = server.accept();
    request(socket);
    send(socket, ACCEPTED + frame("0{\"sid\":\"x\"}"));
    assertThat(text(socket)).isEqualTo("40");
    send(socket, frame("40{\"sid\":\"y\"}"));
    connecting.join();
    return socket;
  }

  private static Party partyOf(Member member) {
    return new Party(new RoomKey("ABC123", "secret"), List.of(member));
  }
}
