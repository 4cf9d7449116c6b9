package dev.watchnchill.socketio.support;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One TCP connection that sends HTTP/1.1 exactly as a test specifies. */
public final class RawHttp implements Closeable {
  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;
  private final InputStream in;

  public RawHttp(int port) throws IOException {
    this(port, 0);
  }

  /**
   * Opens a connection.
   *
   * @param receiveBuffer size of the receive buffer in bytes; 0 for the system's default
   */
  public RawHttp(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = socket.getInputStream();
  }

  /** An HTTP response. Header names are in lower case. */
  public record Response(int status, Map<String, String> headers, String body) {
    public @Nullable String header(String name) {
      return headers.get(name);
    }
  }

  public Socket socket() {
    return socket;
  }

  public InputStream in() {
    return in;
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  public void sendRequest(String method, String target, String body, String... headers)
      throws IOException {
    var request = new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
    request.append("Host: localhost\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 || method.equals("POST")) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    send(request.append("\r\n").append(body).toString());
  }

  public Response request(String method, String target, String body, String... headers)
      throws IOException {
    sendRequest(method, target, body, headers);
    return read(!method.equals("HEAD"));
  }

  public Response get(String target, String... headers) throws IOException {
    return request("GET", target, "", headers);
  }

  public Response post(String target, String body, String... headers) throws IOException {
    return request("POST", target, body, headers);
  }

  public Response read() throws IOException {
    return read(true);
  }

  private Response read(boolean withBody) throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    String body = withBody ? body(headers) : "";
    return new Response(Integer.parseInt(status[1]), headers, body);
  }

  private String body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      var all = new ByteArrayOutputStream();
      for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
        all.write(in.readNBytes(size));
        line();
      }
      line();
      return all.toString(StandardCharsets.UTF_8);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Waits until the server closes the connection; returns whether it sent nothing before. */
  public boolean readsEnd() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
