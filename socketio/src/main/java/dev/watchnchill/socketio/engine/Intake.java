package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;

/** What is to happen with a request whose head has been judged and whose body is still to come. */
interface Intake {
  /** Whether a client that waits for {@code 100 Continue} shall send its body. */
  default boolean wantsBody() {
    return true;
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
