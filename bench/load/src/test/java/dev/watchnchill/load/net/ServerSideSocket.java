package dev.watchnchill.load.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Reads and writes the server's end of a connection. */
public final class ServerSideSocket {
  /** The response to a WebSocket handshake. */
  public static final String ACCEPTED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

  private static final int TWO_BYTES_OF_LENGTH = 126;

  private ServerSideSocket() {}

  /** Reads the client's request. */
  public static String request(Socket socket) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf("\r\n\r\n") < 0) {
      read.append((char) next(socket.getInputStream()));
    }
    return read.toString();
  }

  /** Reads a client's text shorter than 64 KB, with a mask of zeros. */
  public static String text(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    assertThat(next(in)).isEqualTo(0x81);
    int length = next(in) - 0x80;
    if (length == TWO_BYTES_OF_LENGTH) {
      length = next(in) << 8 | next(in);
    }
    assertThat(in.readNBytes(4)).containsOnly(0);
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Returns a frame of less than 126 bytes for the client. */
  public static String frame(String text) {
    return "\u0081" + (char) text.length() + text;
  }

  /** Sends bytes, given as ISO 8859-1. */
  public static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static int next(InputStream in) throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new UncheckedIOException(new IOException("the client has gone"));
    }
    return read;
  }
}
