package dev.watchnchill.socketio.support;

import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Engine.IO requests on the default path. */
public final class EngineIoRequests {
  public static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  public static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  private static final JsonMapper JSON = JsonMapper.shared();

  private EngineIoRequests() {}

  public static String poll(String sid) {
    return POLLING + "&sid=" + sid;
  }

  public static String upgrade(String sid) {
    return WEBSOCKET + "&sid=" + sid;
  }

  /** Returns the JSON after the type digits of a packet. */
  public static JsonNode json(String packet, int digits) {
    return JSON.readTree(packet.substring(digits));
  }

  /** Opens a polling session; returns its id. */
  public static String open(int port) throws IOException {
    try (var http = new RawHttp(port)) {
      return json(http.get(POLLING).body(), 1).get("sid").stringValue();
    }
  }

  /** Sends one poll on a connection of its own. */
  public static RawHttp.Response poll(int port, String sid) throws IOException {
    try (var http = new RawHttp(port)) {
      return http.get(poll(sid));
    }
  }

  /** Sends one POST on a connection of its own. */
  public static RawHttp.Response post(int port, String sid, String body) throws IOException {
    try (var http = new RawHttp(port)) {
      return http.post(poll(sid), body);
    }
  }

  /** Opens a polling session that enters the default namespace; returns the session's id. */
  public static String connect(int port) throws IOException {
    String sid = open(port);
    post(port, sid, "40");
    poll(port, sid);
    return sid;
  }
}
