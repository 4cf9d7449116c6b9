package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.CloseReason;
import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.TransportRequest;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The moment at which an upgrade arrives at its session's event loop. */
class MovedUpgradeTest {
  private static final class Silent implements EngineListener {
    @Override
    public void onText(String message) {}

    @Override
    public void onBinary(byte[] message) {}

    @Override
    public void onClose(CloseReason reason) {}

    @Override
    public boolean onServerShutdown() {
      return true;
    }
  }

  @Test
  void EIO_upgrade_that_arrives_after_its_connection_was_dropped_is_nothing() {
    var server =
        new EngineServer(
            SocketIoConfig.builder().eventLoops(1).build(), (session, origin) -> new Silent());
    Lane lane = server.lanes().getFirst();
    var turns = new HttpTurns(lane);
    var door = new FrontDoor(server, turns, lane, 0);
    var channel = new EmbeddedChannel(new HttpServerCodec(), turns, door);
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/socket.io/");
    var exchange =
        new HttpExchange(channel.pipeline().context(door), EmptyHttpHeaders.INSTANCE, 0, 0);
    EngineSession session = server.open(lane, exchange, request, Map.of());
    var asked =
        new TransportRequest(
            TransportRequest.Kind.UPGRADE,
            new InetSocketAddress(0),
            request.headers(),
            Map.of(),
            request.method());
    var handshake = new WsHandshake(server, exchange, door, request, asked, session);

    var _ = channel.close();
    channel.runPendingTasks();
    server.metrics().moving.incrementAndGet();
    handshake.onMoved(true, "dGhlIHNhbXBsZSBub25jZQ==");

    assertThat(server.metrics().websockets()).isZero();
    assertThat(session.beginUpgrade(new WsTransport(server, session, channel, true)))
        .as("the session can be upgraded again")
        .isTrue();
    server.closeSessions(Duration.ZERO);
    server.stop(Duration.ofSeconds(1));
  }
}
