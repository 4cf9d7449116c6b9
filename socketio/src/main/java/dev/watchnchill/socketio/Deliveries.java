package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.LaneTask;
import java.util.List;

/** Several events that one event loop delivers in one turn, so that a socket gets one write. */
record Deliveries(List<Delivery> inOrder) implements LaneTask {
  @Override
  public void run() {
    for (int i = 0; i < inOrder.size(); i++) {
      try {
        inOrder.get(i).run();
      } catch (RuntimeException | Error e) {
        inOrder.subList(i + 1, inOrder.size()).forEach(Delivery::discard);
        throw e;
      }
    }
  }

  @Override
  public void discard() {
    inOrder.forEach(Delivery::discard);
  }
}
