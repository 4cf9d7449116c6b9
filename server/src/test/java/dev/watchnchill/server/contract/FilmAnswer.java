package dev.watchnchill.server.contract;

import dev.watchnchill.server.app.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request on a socket of its own, sent as it is written, and its response.
 *
 * @param head the status line and the headers
 * @param body all bytes until the connection was closed, one in each character
 */
record FilmAnswer(String head, String body) {
  private static final String HEAD_END = "\r\n\r\n";

  /** Sends a request, and reads until the server closes the connection. */
  static FilmAnswer of(TestServer server, String method, String target, String... headers) {
    try (Socket socket = open(server, method, target, headers)) {
      return read(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a request and reads nothing. */
  static Socket open(TestServer server, String method, String target, String... headers)
      throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    socket
        .getOutputStream()
        .write((request + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static FilmAnswer read(InputStream in) throws IOException {
    var all = new ByteArrayOutputStream();
    in.transferTo(all);
    String text = all.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf(HEAD_END);
    return new FilmAnswer(text.substring(0, end), text.substring(end + HEAD_END.length()));
  }

  int status() {
    return Integer.parseInt(head.substring(9, 12));
  }

  /** Returns the value of a header, or null. */
  @Nullable String header(String name) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse(null);
  }
}
