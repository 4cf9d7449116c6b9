package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EventLoopTask;
import java.util.List;

/** Delivery of several events on one event loop in one turn, so that each socket gets one write. */
record SequentialDelivery(List<Delivery> inOrder) implements EventLoopTask {
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
