package dev.watchnchill.socketio.http;

import java.util.Map;

/** Decision of a {@link TransportGate}. */
public sealed interface GateDecision {
  /** Returns a decision that allows the request. */
  static GateDecision allow() {
    return Allow.INSTANCE;
  }

  /**
   * Returns a decision that rejects the request with this response.
   *
   * @param status an HTTP status of 400 to 599
   * @param headers headers to add, such as {@code Retry-After}
   * @param body a text for people, sent as {@code text/plain; charset=utf-8}
   */
  static GateDecision reject(int status, Map<String, String> headers, String body) {
    return new Reject(status, headers, body);
  }

  /** The request is allowed. */
  enum Allow implements GateDecision {
    /** The only instance. */
    INSTANCE
  }

  /**
   * The request is rejected.
   *
   * @param status the HTTP status
   * @param headers headers to add
   * @param body the text of the response
   */
  record Reject(int status, Map<String, String> headers, String body) implements GateDecision {
    /** Checks the status. */
    public Reject {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("a rejection has a status of 400 to 599, not " + status);
      }
      headers = Map.copyOf(headers);
    }
  }
}
