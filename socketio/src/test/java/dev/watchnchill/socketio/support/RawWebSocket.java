package dev.watchnchill.socketio.support;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** A websocket client that sends any frames a test specifies, valid or not. */
public final class RawWebSocket implements Closeable {
  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final Queue<String> early = new ArrayDeque<>();
  private final RawHttp http;

  private RawWebSocket(RawHttp http) {
    this.http = http;
  }

  /** A received frame. */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  public record Frame(int opcode, boolean last, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    public int closeStatus() {
      return ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }
  }

  /** Opens a websocket. */
  public static RawWebSocket open(int port, String target, String... headers) throws IOException {
    var http = new RawHttp(port);
    RawHttp.Response response = handshake(http, target, headers);
    if (response.status() != 101) {
      http.close();
      throw new IOException("no websocket: " + response);
    }
    return new RawWebSocket(http);
  }

  /** Opens a websocket on a connection with a small receive buffer. */
  public static RawWebSocket openSlow(int port, String target) throws IOException {
    var http = new RawHttp(port, 4096);
    handshake(http, target);
    return new RawWebSocket(http);
  }

  /** Sends a websocket handshake. */
  public static RawHttp.Response handshake(RawHttp http, String target, String... headers)
      throws IOException {
    String[] all = new String[headers.length + 4];
    all[0] = "Connection: Upgrade";
    all[1] = "Upgrade: websocket";
    all[2] = "Sec-WebSocket-Version: 13";
    all[3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
    System.arraycopy(headers, 0, all, 4, headers.length);
    return http.request("GET", target, "", all);
  }

  /** Opens a websocket session that enters the default namespace. */
  public static RawWebSocket connect(int port) throws IOException {
    RawWebSocket socket = open(port, EngineIoRequests.WEBSOCKET);
    var early = new ArrayDeque<String>();
    socket.readText();
    socket.sendText("40");
    for (String text = socket.readText(); !text.startsWith("40"); text = socket.readText()) {
      early.add(text); // a ping may arrive before the response
    }
    socket.early.addAll(early);
    return socket;
  }

  public RawHttp http() {
    return http;
  }

  public void sendText(String text) throws IOException {
    send(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public void sendBinary(byte[] data) throws IOException {
    send(FINAL | BINARY, data);
  }

  /** Sends one masked frame with this first byte. */
  public void send(int firstByte, byte[] payload) throws IOException {
    http.send(frame(firstByte, payload));
  }

  public static byte[] frame(int firstByte, byte[] payload) {
    var out = new ByteArrayOutputStream();
    out.write(firstByte);
    if (payload.length < 126) {
      out.write(0x80 | payload.length);
    } else if (payload.length <= 0xFFFF) {
      out.write(0x80 | 126);
      out.write(payload.length >>> 8);
      out.write(payload.length);
    } else {
      out.write(0x80 | 127);
      out.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    out.writeBytes(MASK);
    for (int i = 0; i < payload.length; i++) {
      out.write(payload[i] ^ MASK[i & 3]);
    }
    return out.toByteArray();
  }

  public Frame read() throws IOException {
    InputStream in = http.in();
    int first = in.read();
    int second = in.read();
    if (first < 0 || second < 0) {
      throw new EOFException("connection closed");
    }
    long length = second & 0x7F;
    if (length == 126) {
      length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xFFFF;
    } else if (length == 127) {
      length = ByteBuffer.wrap(in.readNBytes(8)).getLong();
    }
    byte[] payload = in.readNBytes((int) length);
    return new Frame(first & 0x0F, (first & FINAL) != 0, payload);
  }

  /** Reads the next text message. */
  public String readText() throws IOException {
    if (!early.isEmpty()) {
      return early.remove();
    }
    Frame frame = read();
    if (frame.opcode() != TEXT) {
      throw new IOException("a text frame was expected, not opcode " + frame.opcode());
    }
    return frame.text();
  }

  /** Reads the next binary message. */
  public byte[] readBinary() throws IOException {
    Frame frame = read();
    if (frame.opcode() != BINARY) {
      throw new IOException("a binary frame was expected, not " + frame.text());
    }
    return frame.payload();
  }

  /** Reads until the connection ends; returns the status of the close frame, or 0 without one. */
  public int readClose() throws IOException {
    int status = 0;
    try {
      while (true) {
        Frame frame = read();
        if (frame.opcode() == CLOSE) {
          status = frame.closeStatus();
        }
      }
    } catch (EOFException | java.net.SocketException e) {
      return status;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
