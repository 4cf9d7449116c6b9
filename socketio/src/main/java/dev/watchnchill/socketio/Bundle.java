package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.LaneTask;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Several events to the sockets of one room on one event loop: one frame for whoever gets all of
 * them, which is nearly everybody, and each event by itself for who is left out of some.
 *
 * @param each the events in their order; owns them
 * @param together all of them; owns a reference
 */
record Bundle(LaneSockets sockets, List<Delivery> each, Frame together) implements LaneTask {
  @Override
  public void run() {
    try {
      Set<String> except = new HashSet<>(2);
      for (Delivery one : each) {
        except.addAll(one.targets().except());
      }
      String room = each.getFirst().targets().rooms().iterator().next();
      sockets.deliver(room, this, except);
    } finally {
      discard();
    }
  }

  /** Sends what is meant for a socket that is left out of some of the events. */
  void deliverSome(Socket socket) {
    for (Delivery one : each) {
      if (!one.targets().except().contains(socket.id())) {
        socket.deliver(one.frame(), false, 0);
      }
    }
  }

  @Override
  public void discard() {
    each.forEach(Delivery::discard);
    together.release();
  }
}
