package dev.watchnchill.socketio;

import org.jspecify.annotations.Nullable;

/** One event of several that are sent as one piece, see {@link Namespace#emitAll}. */
public final class Emission {
  private final Broadcast to;
  private final String event;
  private final @Nullable Object[] args;

  private Emission(Broadcast to, String event, @Nullable Object[] args) {
    this.to = to;
    this.event = event;
    this.args = args;
  }

  /**
   * An event, who gets it, and what it carries.
   *
   * @param args anything Jackson can write; {@code byte[]} and {@code ByteBuffer} travel as binary
   */
  public static Emission of(Broadcast to, String event, @Nullable Object... args) {
    return new Emission(to, event, args.clone());
  }

  Broadcast to() {
    return to;
  }

  String event() {
    return event;
  }

  @Nullable Object[] args() {
    return args;
  }
}
