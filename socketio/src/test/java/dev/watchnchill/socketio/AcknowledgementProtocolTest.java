package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.socketio.engine.CloseReason;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Acknowledgement packets in both directions. */
class AcknowledgementProtocolTest extends SocketIoProtocolFixture {
  @Test
  void SIO6_acknowledgement_has_the_id_of_the_client() throws Exception {
    connect();
    assertThat(answerTo("42456[\"ask\",1,\"2\",{\"3\":[false]}]"))
        .isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
    assertThat(answerTo("420[\"ask\"]")).isEqualTo("430[]");
    assertThat(answerTo("429007199254740991[\"ask\"]")).isEqualTo("439007199254740991[]");
  }

  @Test
  void SIO6_acknowledgement_is_sent_once_and_only_when_requested() throws Exception {
    Socket accepted = connect();
    var requested = new LinkedBlockingQueue<Boolean>();
    accepted.on(
        "twice",
        (args, ack) -> {
          requested.add(ack.requested());
          ack.send(1);
          ack.send(2);
          accepted.emit("done");
        });
    assertThat(answerTo("427[\"twice\"]")).isEqualTo("437[1]");
    assertThat(socket.readText()).isEqualTo("42[\"done\"]");
    assertThat(answerTo("42[\"twice\"]")).isEqualTo("42[\"done\"]");
    assertThat(requested).containsExactly(true, false);
  }

  @Test
  void SIO6_client_acknowledges_a_server_event() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofSeconds(10), "question", 1).toCompletableFuture();
    assertThat(socket.readText()).isEqualTo("420[\"question\",1]");
    socket.sendText("430[\"yes\",null]");
    assertThat(answer.get(10, TimeUnit.SECONDS).toString()).isEqualTo("[\"yes\", null]");
  }

  @Test
  void SIO6_client_acknowledges_with_binary() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofSeconds(10), "question").toCompletableFuture();
    socket.readText();
    socket.sendText("461-0[{\"_placeholder\":true,\"num\":0}]");
    socket.sendBinary(new byte[] {9});
    assertThat(answer.get(10, TimeUnit.SECONDS).getFirst().binaryValue()).containsExactly(9);
  }

  @Test
  void SIO6_missing_acknowledgement_times_out() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofMillis(30), "question").toCompletableFuture();
    assertThatThrownBy(answer::get).hasCauseInstanceOf(TimeoutException.class);
    socket.readText();
    socket.sendText("430[1]");
    assertThat(answerTo("42[\"echo\"]")).isEqualTo("42[\"echoed\"]");
  }

  @Test
  void SIO6_acknowledgement_fails_when_the_client_disconnects() throws Exception {
    Socket accepted = connect();
    var answer = accepted.emitWithAck(Duration.ofSeconds(60), "question").toCompletableFuture();
    socket.readText();
    socket.sendText("41");
    assertThatThrownBy(() -> answer.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            SocketDisconnectedException.class,
            e -> assertThat(e.reason()).isEqualTo(CloseReason.CLIENT_NAMESPACE_DISCONNECT));
    var late = accepted.emitWithAck(Duration.ofSeconds(60), "question").toCompletableFuture();
    assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SocketDisconnectedException.class);
  }

  @Test
  void SIO6_unrequested_acknowledgement_is_ignored() throws Exception {
    connect();
    socket.sendText("4399[1]");
    assertThat(answerTo("42[\"echo\"]")).isEqualTo("42[\"echoed\"]");
  }
}
