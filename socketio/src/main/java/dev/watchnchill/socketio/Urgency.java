package dev.watchnchill.socketio;

/**
 * How soon an event has to be with its sockets.
 *
 * @param droppable whether it may be dropped for sockets whose outbox is filling
 * @param gapNanos how long it may wait after a write to the same room; 0 for not at all
 */
record Urgency(boolean droppable, long gapNanos) {
  static final Urgency NOW = new Urgency(false, 0);
  static final Urgency NOW_OR_NEVER = new Urgency(true, 0);

  Urgency asDroppable() {
    return new Urgency(true, gapNanos);
  }

  Urgency paced(long nanos) {
    return new Urgency(droppable, Math.max(0, nanos));
  }
}
