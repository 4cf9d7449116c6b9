package dev.watchnchill.socketio;

import org.jspecify.annotations.Nullable;

/** One event of a batch for {@link Namespace#emitBatch}. */
public final class BatchedEvent {
  private final Broadcast to;
  private final String event;
  private final @Nullable Object[] args;

  private BatchedEvent(Broadcast to, String event, @Nullable Object[] args) {
    this.to = to;
    this.event = event;
    this.args = args;
  }

  /**
   * Creates an event of a batch.
   *
   * @param to recipients of the event
   * @param args anything that Jackson can write; {@code byte[]} and {@code ByteBuffer} are sent as
   *     binary
   */
  public static BatchedEvent of(Broadcast to, String event, @Nullable Object... args) {
    return new BatchedEvent(to, event, args.clone());
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
