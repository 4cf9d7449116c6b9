package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EventLoopTask;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Delivery of several events to one room on one event loop, as one frame. Sockets that are excluded
 * from some of the events get the other events one by one.
 *
 * @param deliveries the events in order; owned by this record
 * @param combined one frame with all events; this record owns a reference
 */
record BatchedDelivery(EventLoopSockets sockets, List<Delivery> deliveries, EncodedFrame combined)
    implements EventLoopTask {
  @Override
  public void run() {
    try {
      Set<String> except = new HashSet<>(2);
      for (Delivery delivery : deliveries) {
        except.addAll(delivery.recipients().except());
      }
      String room = deliveries.getFirst().recipients().rooms().iterator().next();
      sockets.deliver(room, this, except);
    } finally {
      discard();
    }
  }

  /** Sends the events that do not exclude this socket, one by one. */
  void deliverIndividually(Socket socket) {
    for (Delivery delivery : deliveries) {
      if (!delivery.recipients().except().contains(socket.id())) {
        socket.deliver(delivery.frame(), false, 0);
      }
    }
  }

  @Override
  public void discard() {
    deliveries.forEach(Delivery::discard);
    combined.release();
  }
}
