package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;

/** Handles a request whose head was accepted, when its body arrives. */
interface RequestBodyHandler {
  /**
   * Returns the size of the body that the handler accepts. With 0 the request is complete at its
   * head: a body is discarded, and the connection is closed after the response if there is a body.
   */
  default int bodyBytesMax() {
    return 0;
  }

  /** Returns whether the server still waits for the body while memory is short. */
  default boolean isKept() {
    return false;
  }

  /** Handles the complete body. Takes over its reference. */
  void complete(ByteBuf body);

  /**
   * Handles the loss of the body: the connection has closed, or the body was too large and has been
   * answered.
   */
  default void abort() {}
}
