package dev.watchnchill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.http.TransportRequest;
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

/** The arrival of an upgrade on its session's event loop. */
class MovedUpgradeTest {
  @Test
  void EIO10_upgrade_of_a_dropped_connection_has_no_effect() {
    var server =
        new EngineServer(
            SocketIoConfig.builder().eventLoops(1).build().engine(),
            (session, origin) -> new SilentListener());
    EventLoopContext loopContext = server.loopContexts().getFirst();
    var pipelining = new HttpPipeliningHandler(loopContext);
    var engineHandler = new EngineHttpHandler(server, pipelining, loopContext, 0);
    var channel = new EmbeddedChannel(new HttpServerCodec(), pipelining, engineHandler);
    var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/socket.io/");
    var exchange =
        new HttpExchange(
            channel.pipeline().context(engineHandler), EmptyHttpHeaders.INSTANCE, 0, 0);
    EngineSession session = server.open(loopContext, exchange, request, Map.of());
    var transportRequest =
        new TransportRequest(
            TransportRequest.Kind.UPGRADE,
            new InetSocketAddress(0),
            request.headers(),
            Map.of(),
            request.method());
    var handshake =
        new WebSocketHandshake(server, exchange, engineHandler, request, transportRequest, session);

    var _ = channel.close();
    channel.runPendingTasks();
    server.metrics().moving.incrementAndGet();
    handshake.onMoved(true, "dGhlIHNhbXBsZSBub25jZQ==");

    assertThat(server.metrics().websockets()).isZero();
    assertThat(session.beginUpgrade(new WebSocketTransport(server, session, channel, true)))
        .as("the session can be upgraded again")
        .isTrue();
    server.closeSessions(Duration.ZERO);
    server.stop(Duration.ofSeconds(1));
  }
}
