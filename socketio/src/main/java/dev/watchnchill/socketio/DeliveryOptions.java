package dev.watchnchill.socketio;

/**
 * Delivery options of one event.
 *
 * @param droppable whether the event may be dropped for sockets whose outbox is filling
 * @param throttleNanos least time between two writes to a room for such events; 0 for no throttling
 */
record DeliveryOptions(boolean droppable, long throttleNanos) {
  static final DeliveryOptions IMMEDIATE = new DeliveryOptions(false, 0);
  static final DeliveryOptions IMMEDIATE_VOLATILE = new DeliveryOptions(true, 0);

  DeliveryOptions asDroppable() {
    return new DeliveryOptions(true, throttleNanos);
  }

  DeliveryOptions throttled(long nanos) {
    return new DeliveryOptions(droppable, Math.max(0, nanos));
  }
}
