package dev.watchnchill.socketio.engine;

/** Request errors of the reference server, with its codes and messages. */
enum EngineError {
  UNKNOWN_TRANSPORT(0, "Transport unknown"),
  UNKNOWN_SID(1, "Session ID unknown"),
  BAD_HANDSHAKE_METHOD(2, "Bad handshake method"),
  BAD_REQUEST(3, "Bad request"),
  FORBIDDEN(4, "Forbidden"),
  UNSUPPORTED_PROTOCOL_VERSION(5, "Unsupported protocol version");

  private final String json;

  EngineError(int code, String message) {
    this.json = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
  }

  String json() {
    return json;
  }

  int status() {
    return this == FORBIDDEN ? 403 : 400;
  }
}
