package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.SocketIoConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes of a websocket session on an event loop whose time stands still. */
class LoneWriteTest {
  private final EngineConfig config = SocketIoConfig.builder().eventLoops(1).build().engine();
  private final EngineServer server =
      new EngineServer(config, (opened, origin) -> new SilentListener());
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final EngineSession session =
      new EngineSession(
          server,
          new EventLoopContext(channel.eventLoop(), 0, EngineTimeouts.of(config)),
          "id",
          new HandshakeRequest(
              EmptyHttpHeaders.INSTANCE,
              Map.of(),
              new InetSocketAddress(0),
              false,
              Instant.EPOCH,
              "websocket"),
          0);

  @BeforeEach
  void open() {
    channel.freezeTime();
    var transport = new WebSocketTransport(server, session, channel, false);
    channel.pipeline().addLast(transport);
    session.openWebSocket(transport, 0);
    assertThat(written()).hasSize(1);
  }

  @AfterEach
  void stop() {
    session.close(CloseReason.FORCED_CLOSE);
    var _ = channel.finishAndReleaseAll();
    server.stop(Duration.ofSeconds(1));
  }

  private void send(String packet) {
    EncodedFrame frame = EncodedFrame.text(packet);
    session.send(frame, false, 0);
    frame.release();
  }

  /** Returns the packets written since the last call, after all turns that are due have run. */
  private List<String> written() {
    channel.runPendingTasks();
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
    List<String> packets = new ArrayList<>();
    for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
      packets.add(frame.skipBytes(2).toString(StandardCharsets.UTF_8));
      frame.release();
    }
    return packets;
  }

  @Test
  void SIO13_lone_packet_is_written_at_once_and_the_rest_together_a_millisecond_later() {
    send("40");
    session.flushAlone();
    send("42[\"a\"]");
    send("42[\"b\"]");
    assertThat(written()).containsExactly("40");
    channel.advanceTimeBy(999_999, TimeUnit.NANOSECONDS);
    assertThat(written()).isEmpty();
    channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
    assertThat(written()).containsExactly("42[\"a\"]", "42[\"b\"]");
  }

  @Test
  void SIO13_next_packet_of_the_client_ends_the_wait() {
    send("40");
    session.flushAlone();
    send("42[\"a\"]");
    assertThat(written()).containsExactly("40");
    assertThat(session.onTextPacket("420[\"ask\"]")).isTrue();
    send("430[]");
    assertThat(written()).containsExactly("42[\"a\"]", "430[]");
  }

  @Test
  void SIO13_packets_that_wait_are_sent_before_the_close_frame() {
    send("40");
    session.flushAlone();
    send("42[\"a\"]");
    session.close(CloseReason.FORCED_CLOSE);
    assertThat(written()).hasSize(3).startsWith("40", "42[\"a\"]");
  }

  @Test
  void SIO13_output_of_the_same_turn_does_not_end_the_wait() {
    send("42[\"earlier\"]");
    send("40");
    session.flushAlone();
    send("42[\"a\"]");
    assertThat(written()).containsExactly("42[\"earlier\"]", "40");
  }
}
