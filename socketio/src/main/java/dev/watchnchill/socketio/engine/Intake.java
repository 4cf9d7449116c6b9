package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;

/** What is to happen with a request whose head has been judged and whose body is still to come. */
interface Intake {
  /**
   * Returns the bytes of body that the handler takes. With 0 a request is complete at its head:
   * nothing of its body is kept, and the connection ends after the response if there is one.
   */
  default int bodyBytesMax() {
    return 0;
  }

  /** Whether the body is still waited for while memory is short. */
  default boolean isKept() {
    return false;
  }

  /** The body is there; takes over its reference. */
  void complete(ByteBuf body);

  /** The connection has gone, or the body was too large (and has been answered so). */
  default void abort() {}
}
