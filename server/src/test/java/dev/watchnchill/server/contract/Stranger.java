package dev.watchnchill.server.contract;

import dev.watchnchill.server.app.TestServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hostile client at one address. It sends packets by hand, enters the namespace again for fresh
 * limits, and opens another connection when the server has closed one.
 */
final class Stranger implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestServer server;
  private final String address;
  private @Nullable RawSocket socket;
  private int nextAck;
  private int connections;
  private String auth = "";

  Stranger(TestServer server, String address) {
    this.server = server;
    this.address = address;
  }

  /** Sends that auth payload with every CONNECT from now on. */
  Stranger auth(String json) {
    auth = json;
    return this;
  }

  /** Returns how many connections it has opened. */
  int connections() {
    return connections;
  }

  /** Leaves the namespace and enters it again, on the same connection. */
  void reconnect() {
    RawSocket open = socket;
    if (open == null) {
      var _ = connected();
    } else {
      open.send("41");
      open.send("40" + auth);
    }
  }

  /** Sends that event; its acknowledgement's code, {@code ok}, or {@code closed}. */
  String say(String event, String json) {
    JsonNode answer = answer(event, json);
    if (answer == null) {
      return "closed";
    }
    return answer.get("ok").booleanValue() ? "ok" : answer.get("code").stringValue();
  }

  /** Sends that event; its acknowledgement, or null when the server closed the connection. */
  @Nullable JsonNode answer(String event, String json) {
    RawSocket open = connected();
    int id = nextAck++;
    open.send("42" + id + "[\"" + event + "\"," + json + "]");
    String start = "43" + id + "[";
    while (true) {
      String frame = open.next();
      if (frame.startsWith(start)) {
        return JSON.readTree(frame.substring(start.length() - 1)).get(0);
      }
      if (frame.isEmpty() || frame.equals("1")) {
        drop();
        return null;
      }
    }
  }

  private RawSocket connected() {
    RawSocket open = socket;
    if (open == null) {
      open = RawSocket.from(server, address);
      open.send("40" + auth);
      connections++;
      socket = open;
    }
    return open;
  }

  /** Drops its connection without a goodbye; the next event opens another one. */
  void drop() {
    RawSocket open = socket;
    socket = null;
    if (open != null) {
      open.abort();
    }
  }

  @Override
  public void close() {
    drop();
  }
}
