package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.socketio.support.EngineIoRequests;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event packets, their arguments and listeners, and malformed packets. */
class EventProtocolTest extends SocketIoProtocolFixture {
  @Test
  void SIO5_connection_listener_runs_before_the_first_packet() throws IOException {
    var _ =
        server
            .main()
            .onConnection(
                client -> client.on("early", (args, ack) -> client.emit("heard", args.get(0))));
    String sid = EngineIoRequests.open(server.port());
    EngineIoRequests.post(server.port(), sid, "40\u001e42[\"early\",1]");
    assertThat(EngineIoRequests.poll(server.port(), sid).body()).endsWith("\u001e42[\"heard\",1]");
    EngineIoRequests.post(server.port(), sid, "1");
  }

  @Test
  void SIO5_arguments_keep_their_types_and_nulls() throws Exception {
    connect();
    String args = "null,1,-2.5,\"ä\",true,false,[],{},[null,{\"a\":null}],12345678901234567890";
    assertThat(answerTo("42[\"echo\"," + args + "]")).isEqualTo("42[\"echoed\"," + args + "]");
  }

  @Test
  void SIO5_unhandled_event_listener_gets_only_unhandled_events() throws Exception {
    Socket accepted = connect();
    accepted.on("own", (args, ack) -> accepted.emit("own-heard"));
    accepted.onUnhandledEvent((event, args, ack) -> accepted.emit("any-heard", event, args.size()));
    assertThat(answerTo("42[\"own\"]")).isEqualTo("42[\"own-heard\"]");
    assertThat(answerTo("42[\"echo\"]")).isEqualTo("42[\"echoed\"]");
    assertThat(answerTo("42[\"other\",1,2]")).isEqualTo("42[\"any-heard\",\"other\",2]");
    assertThat(answerTo("42[5,1]")).isEqualTo("42[\"any-heard\",\"5\",1]");
  }

  @Test
  void SIO5_failed_listener_has_no_other_effect() throws Exception {
    connect();
    socket.sendText("42[\"fail\"]");
    assertThat(answerTo("42[\"echo\",1]")).isEqualTo("42[\"echoed\",1]");
  }

  @Test
  void SIO5_reserved_event_names_cannot_be_sent_by_the_server() throws Exception {
    Socket accepted = connect();
    for (String name :
        List.of("connect", "connect_error", "disconnect", "disconnecting", "newListener")) {
      assertThatThrownBy(() -> accepted.emit(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4abc",
        "42",
        "42{}",
        "42[]",
        "42[null]",
        "42[{}]",
        "42[\"echo\"",
        "42[\"echo\"]x",
        "42[\"echo\"] []",
        "42abc[\"echo\"]",
        "42-1[\"echo\"]",
        "42[\"connect\"]",
        "42[\"disconnect\"]",
        "42[\"newListener\"]",
        "4299999999999999999[\"ask\"]",
        "429007199254740992[\"ask\"]",
        "41{}",
        "43[1]",
        "431{}",
        "44{\"message\":\"x\"}",
        "45[\"echo\"]",
        "45-[\"echo\"]",
        "45x-[\"echo\"]",
        "454-[\"echo\"]",
        "450-[\"echo\",{\"_placeholder\":true,\"num\":0}]",
        "47",
        "42[NaN]",
        "42['echo']",
        "42/nowhere,[\"echo\"]",
      })
  void SIO3_malformed_packet_closes_the_session(String packet) throws Exception {
    connect();
    assertClosedAfter(packet);
  }

  @Test
  void SIO3_json_deeper_than_the_limit_closes_the_session() throws Exception {
    connect();
    assertThat(answerTo("42[\"echo\"," + "[".repeat(18) + "]".repeat(18) + "]"))
        .startsWith("42[\"echoed\"");
    assertClosedAfter("42[\"echo\"," + "[".repeat(30) + "]".repeat(30) + "]");
  }

  @Test
  void SIO3_number_over_the_limit_closes_the_session() throws Exception {
    connect();
    assertClosedAfter("42[\"echo\"," + "9".repeat(2000) + "]");
  }

  @Test
  void SIO5_arguments_can_be_converted_to_java_types() throws Exception {
    Socket accepted = connect();
    var got = new LinkedBlockingQueue<EventArgs>();
    accepted.on("typed", (args, ack) -> got.add(args));
    socket.sendText("42[\"typed\",[1,2],\"x\"]");
    EventArgs args = got.take();
    assertThat(args.get(0, int[].class)).containsExactly(1, 2);
    assertThat(args.get(1, String.class)).isEqualTo("x");
    assertThat(args.get(2).isMissingNode()).isTrue();
    assertThatThrownBy(() -> args.get(1, int[].class)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Arrays.asList(args.size(), args.list().size())).containsOnly(2);
  }

  @Test
  void SIO5_numbers_that_json_lacks_become_null() throws Exception {
    connect().emit("n", Double.NaN, Float.POSITIVE_INFINITY, 1.5);
    assertThat(socket.readText()).isEqualTo("42[\"n\",null,null,1.5]");
  }
}
