package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.SocketIoConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idle timeout of an HTTP connection whose client reads a response slowly. */
class IdleConnectionTest {
  /** A channel whose client takes only as many bytes as the test says. */
  private static final class SlowChannel extends EmbeddedChannel {
    private int bytesToTake;

    private void take(int bytes) {
      bytesToTake = bytes;
      unsafe().flush();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
      while (bytesToTake > 0 && out.current() instanceof ByteBuf buffer) {
        int taken = Math.min(bytesToTake, buffer.readableBytes());
        bytesToTake -= taken;
        out.removeBytes(taken);
      }
    }
  }

  private final EngineServer server =
      new EngineServer(
          SocketIoConfig.builder().eventLoops(1).build().engine(),
          (session, request) -> new SilentListener());
  private final HttpPipeliningHandler pipelining =
      new HttpPipeliningHandler(server.loopContexts().getFirst());
  private final SlowChannel channel = new SlowChannel();

  @BeforeEach
  void writeResponse() {
    channel.pipeline().addLast(pipelining);
    ByteBuf body = channel.alloc().buffer().writeZero(1_000);
    var _ = channel.write(body);
    channel.flush();
  }

  @AfterEach
  void stop() {
    var _ = channel.finishAndReleaseAll();
    server.stop(Duration.ofSeconds(1));
  }

  @Test
  void LIM2_slow_download_is_not_closed_while_it_progresses() {
    for (int i = 0; i < 9; i++) {
      channel.take(100);
      pipelining.idleTimedOut();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void LIM2_download_without_progress_is_closed() {
    channel.take(100);
    pipelining.idleTimedOut();
    pipelining.idleTimedOut();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void LIM2_connection_after_its_response_is_closed() {
    channel.take(1_000);
    pipelining.idleTimedOut();
    assertThat(channel.isOpen()).isFalse();
  }
}
