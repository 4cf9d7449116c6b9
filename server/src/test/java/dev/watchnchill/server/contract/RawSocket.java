package dev.watchnchill.server.contract;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Engine.IO frames by hand, over a websocket: says what no client would say. */
public final class RawSocket implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  // One for all: each has threads of its own.
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String END = "";

  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int nextAck;

  private RawSocket(TestServer server, String query, String... headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket =
        builder
            .buildAsync(
                URI.create(
                    "ws://127.0.0.1:"
                        + server.port()
                        + "/api/socket/io/?EIO=4&transport=websocket"
                        + query),
                new Listener())
            .join();
  }

  /** A session that has entered the default namespace. */
  public static RawSocket connect(TestServer server) {
    RawSocket socket = open(server);
    socket.send("40");
    String frame = socket.next();
    if (!frame.startsWith("40")) {
      throw new AssertionError(frame);
    }
    return socket;
  }

  /** A session that has entered nothing. */
  public static RawSocket open(TestServer server) {
    return opened(new RawSocket(server, ""));
  }

  /** A session that has entered nothing, of a client at that address. */
  public static RawSocket from(TestServer server, String address) {
    return opened(new RawSocket(server, "", "X-Forwarded-For", address));
  }

  private static RawSocket opened(RawSocket socket) {
    String handshake = socket.next();
    if (!handshake.startsWith("0{")) {
      throw new AssertionError(handshake);
    }
    return socket;
  }

  /** Sends one frame; whether the connection took it. */
  public boolean send(String frame) {
    return sent(socket.sendText(frame, true));
  }

  /** Sends one binary frame; whether the connection took it. */
  public boolean send(byte[] frame) {
    return sent(socket.sendBinary(java.nio.ByteBuffer.wrap(frame), true));
  }

  private static boolean sent(CompletableFuture<WebSocket> sending) {
    return sending.handle((_, failure) -> failure == null).join();
  }

  /** Sends an event with that payload as JSON text and gives its acknowledgement. */
  public JsonNode call(String event, String json) {
    int id = nextAck++;
    send("42" + id + "[\"" + event + "\"," + json + "]");
    String start = "43" + id + "[";
    while (true) {
      String frame = next();
      if (frame.startsWith(start)) {
        return JSON.readTree(frame.substring(start.length() - 1)).get(0);
      }
      if (frame.isEmpty()) {
        throw new AssertionError("the connection ended before the answer to " + event);
      }
    }
  }

  /** The next frame; an empty one when the connection has ended. */
  public String next() {
    String frame = poll(20);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return frame;
  }

  private @Nullable String poll(long seconds) {
    try {
      return frames.poll(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Whether the connection has ended; answers pings and forgets what else came. */
  public boolean ended() {
    while (!frames.isEmpty()) {
      String frame = frames.remove();
      if (frame.isEmpty()) {
        frames.add(END);
        return true;
      }
    }
    return socket.isInputClosed();
  }

  /** Ends the connection without a goodbye. */
  public void abort() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        String frame = partial.toString();
        partial.setLength(0);
        if (frame.equals("2")) {
          var _ = webSocket.sendText("3", true);
        } else {
          frames.add(frame);
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      frames.add(END);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      frames.add(END);
    }
  }
}
