package dev.watchnchill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.SocketIoConfig;
import dev.watchnchill.socketio.SocketIoServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class FailingPageTest {
  @Test
  void TR7_page_that_fails_is_500_and_the_connection_stays_open() throws Exception {
    var broken = new AtomicBoolean(true);
    var addresses = new ClientAddresses(List.of());
    var routes =
        new HttpRoutes(
            Assets.load(),
            new OwnOrigins(List.of(), null),
            addresses,
            new WindowLimit(
                1_000,
                1_000,
                () -> {
                  if (broken.get()) {
                    throw new IllegalStateException("this page fails");
                  }
                  return 1;
                }),
            null,
            () -> true,
            new MetricsRoute(
                List.of(), addresses, _ -> new MetricsRoute.Text("", ""), Runnable::run),
            DirectoryRoute.OFF,
            null);
    SocketIoServer server =
        SocketIoServer.create(SocketIoConfig.builder().httpHandler(routes).build());
    int port = server.start("127.0.0.1", 0);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      for (int i = 0; i < 3; i++) {
        String failed = ask(socket, "/create");
        assertThat(failed).startsWith("HTTP/1.1 500 ").endsWith("\r\n\r\ninternal server error");
        assertThat(failed).doesNotContain("this page fails");
        assertThat(ask(socket, "/health"))
            .startsWith("HTTP/1.1 200 ")
            .endsWith("\r\n\r\nheart beating");
      }
      broken.set(false);
      assertThat(ask(socket, "/create")).startsWith("HTTP/1.1 200 ");
    } finally {
      server.close(Duration.ofSeconds(1));
    }
  }

  /** One request and the whole response to it, head and body. */
  private static String ask(Socket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    InputStream in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      assertThat(next).as("the connection after %s", head).isNotNegative();
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElseThrow();
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
