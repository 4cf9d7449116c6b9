package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.socketio.support.SocketIoTestServer;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Ranges of the settings, and the port. */
class SocketIoConfigTest {
  @Test
  void LIM5_port_in_use_is_named_in_the_error() throws IOException {
    try (SocketIoTestServer first = SocketIoTestServer.start();
        SocketIoServer second = SocketIoServer.create(SocketIoConfig.builder().build())) {
      assertThatThrownBy(() -> second.start("127.0.0.1", first.port()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1 port " + first.port());
      assertThat(second.eventLoops().isShuttingDown()).isTrue();
    }
  }

  @Test
  void LIM5_setting_out_of_range_is_named_in_the_error() {
    assertRejected("pingInterval", b -> b.pingInterval(Duration.ZERO));
    assertRejected("pingTimeout", b -> b.pingTimeout(Duration.ofMillis(-1)));
    assertRejected("connectTimeout", b -> b.connectTimeout(Duration.ofDays(1000)));
    assertRejected("maxPayloadBytes", b -> b.maxPayloadBytes(0));
    assertRejected("eventLoops", b -> b.eventLoops(0));
    assertRejected("connectionsPerLoop", b -> b.connectionsPerLoop(0));
    assertRejected("outboxBytesMax", b -> b.outboxBytesMax(1));
    assertRejected("attachmentsMax", b -> b.attachmentsMax(-1));
    assertRejected("namespacesMax", b -> b.namespacesMax(0));
    assertRejected("jsonDepthMax", b -> b.jsonDepthMax(1));
    assertRejected("path", b -> b.path("socket.io"));
    assertRejected("transports", b -> b.transports(Set.of()));
  }

  private static void assertRejected(String name, UnaryOperator<SocketIoConfig.Builder> setting) {
    Consumer<SocketIoConfig.Builder> build = builder -> setting.apply(builder).build();
    assertThatThrownBy(() -> build.accept(SocketIoConfig.builder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}
