package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EventLoopTask;

/** Delivery of one event to the sockets of one event loop. Owns a reference to the frame. */
record Delivery(
    EventLoopSockets sockets, Recipients recipients, EncodedFrame frame, DeliveryOptions options)
    implements EventLoopTask {
  @Override
  public void run() {
    try {
      Socket only = recipients.only();
      if (only != null) {
        only.deliver(frame, options.droppable(), 0);
      } else {
        sockets.deliver(recipients, frame, options);
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
