package dev.watchnchill.socketio;

import java.util.Map;

/** The answer of a {@link TransportGate}. */
public sealed interface GateDecision {
  /** Lets the request through. */
  static GateDecision allow() {
    return Allow.INSTANCE;
  }

  /**
   * Answers the request in place of the server.
   *
   * @param status an HTTP status of 400 to 599
   * @param headers headers to add, such as {@code Retry-After}
   * @param body a text for people, sent as {@code text/plain; charset=utf-8}
   */
  static GateDecision refuse(int status, Map<String, String> headers, String body) {
    return new Refuse(status, headers, body);
  }

  /** The request goes on. */
  enum Allow implements GateDecision {
    /** The only one. */
    INSTANCE
  }

  /**
   * The request ends here.
   *
   * @param status the HTTP status
   * @param headers headers to add
   * @param body the text of the answer
   */
  record Refuse(int status, Map<String, String> headers, String body) implements GateDecision {
    /** Checks the status. */
    public Refuse {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("a refusal has a status of 400 to 599, not " + status);
      }
      headers = Map.copyOf(headers);
    }
  }
}
