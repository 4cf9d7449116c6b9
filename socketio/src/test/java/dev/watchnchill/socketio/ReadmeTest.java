package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.IO;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The example of README.md. */
class ReadmeTest {
  @Test
  void readme_shows_the_tested_example() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/watchnchill/socketio/ReadmeExample.java"));
    int from = source.indexOf("// README\n") + "// README\n".length();
    String example =
        source
            .substring(from, source.indexOf("  // README", from))
            .lines()
            .map(line -> line.isEmpty() ? line : line.substring(2))
            .collect(Collectors.joining("\n"));
    assertThat(Files.readString(Path.of("README.md"))).contains(example);
  }

  @Test
  void readme_example_works() throws Exception {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    var heard = new LinkedBlockingQueue<Object>();
    try (SocketIoServer server = ReadmeExample.chat(port)) {
      var options = new IO.Options();
      options.forceNew = true;
      io.socket.client.Socket listener = IO.socket(URI.create("http://127.0.0.1:" + port), options);
      var _ = listener.on("said", args -> heard.add(args[0]));
      var _ =
          listener.on(
              io.socket.client.Socket.EVENT_CONNECT,
              args -> {
                io.socket.client.Socket speaker =
                    IO.socket(URI.create("http://127.0.0.1:" + port), options);
                var _ = speaker.connect();
                var _ = speaker.emit("say", "hello");
              });
      var _ = listener.connect();
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
      assertThat(server.namespace("/").socketCount()).isEqualTo(2);
    }
  }
}
