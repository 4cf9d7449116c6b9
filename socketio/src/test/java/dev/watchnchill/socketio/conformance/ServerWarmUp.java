package dev.watchnchill.socketio.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Uses a server in the same ways as a test suite will, so that its classes are loaded before the
 * suite begins.
 *
 * <p>Some cases cancel a request five milliseconds after they have begun to send it. A Java process
 * that is loading classes then takes so much of the machine that the client cancels before it has
 * sent anything, and the case fails although no request has reached the server.
 */
final class ServerWarmUp {
  private static final int ROUNDS = 10;

  private final int port;
  private final String path;

  private ServerWarmUp(int port, String path) {
    this.port = port;
    this.path = path;
  }

  static void run(int port, String path) throws IOException {
    var warmUp = new ServerWarmUp(port, path);
    for (int i = 0; i < ROUNDS; i++) {
      warmUp.round();
    }
  }

  private void round() throws IOException {
    String sid = exchange("GET", polling(""), "").replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    String other =
        exchange("GET", polling(""), "").replaceAll("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
    exchange("POST", polling(sid), "4");
    exchange("GET", polling(sid), "");
    exchange("POST", polling(other), "40\u001e1");
    try (Socket poll = open()) {
      write(poll, request("GET", polling(other), "", "close"));
      exchange("POST", polling(other), "1");
      exchange("GET", polling(other), "");
    }
    exchange("GET", path + "/?EIO=4&transport=none", "");
    try (Socket websocket = open()) {
      String upgrade =
          "Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
      write(websocket, request("GET", path + "/?EIO=4&transport=websocket", "", upgrade));
      byte[] close = {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0};
      websocket.getOutputStream().write(close);
      var _ = websocket.getInputStream().readAllBytes();
    }
  }

  private String polling(String sid) {
    return path + "/?EIO=4&transport=polling" + (sid.isEmpty() ? "" : "&sid=" + sid);
  }

  private String exchange(String method, String target, String body) throws IOException {
    try (Socket socket = open()) {
      write(socket, request(method, target, body, "close"));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Socket open() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String request(String method, String target, String body, String connection) {
    return "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(method, target, connection, body.length(), body);
  }
}
