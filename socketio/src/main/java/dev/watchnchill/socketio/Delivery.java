package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.LaneTask;

/** One event on its way to the sockets of one event loop; owns a reference to the frame. */
record Delivery(LaneSockets sockets, Targets targets, Frame frame, Urgency urgency)
    implements LaneTask {
  @Override
  public void run() {
    try {
      Socket only = targets.only();
      if (only != null) {
        only.deliver(frame, urgency.droppable(), 0);
      } else {
        sockets.deliver(targets, frame, urgency);
      }
    } finally {
      frame.release();
    }
  }

  @Override
  public void discard() {
    frame.release();
  }
}
