package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.Lane;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One namespace: its admission rules, its sockets, and the way to reach many of them at once. Safe
 * to use from any thread.
 */
public final class Namespace {
  private static final Logger log = LoggerFactory.getLogger(Namespace.class);

  private final String name;
  private final List<Lane> lanes;
  private final List<LaneSockets> sockets;
  private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
  private final Map<String, SocketEventListener> eventListeners = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final @Nullable Recovery recovery;

  Namespace(String name, List<Lane> lanes, @Nullable Recovery recovery) {
    this.name = name;
    this.lanes = lanes;
    this.sockets = lanes.stream().map(lane -> new LaneSockets()).toList();
    this.recovery = recovery;
  }

  /** Its name, beginning with a slash. */
  public String name() {
    return name;
  }

  /** Adds a middleware behind those added before. */
  public Namespace use(Middleware middleware) {
    middlewares.add(middleware);
    return this;
  }

  /** Adds a listener for new sockets; it runs before the first packet of a socket is read. */
  public Namespace onConnection(Consumer<Socket> listener) {
    connectionListeners.add(listener);
    return this;
  }

  /**
   * Sets the listener of an event for every socket of this namespace. It is called after the
   * socket's own listener of that event, and costs no memory per socket.
   */
  public Namespace on(String event, SocketEventListener listener) {
    eventListeners.merge(
        event,
        listener,
        (first, second) ->
            (socket, args, ack) -> {
              first.on(socket, args, ack);
              second.on(socket, args, ack);
            });
    return this;
  }

  /** A broadcast to the sockets of this room, or to the socket of this id. */
  public Broadcast to(String room) {
    return new Broadcast(this, Set.of(room), Set.of(), false);
  }

  /** A broadcast to every socket of this namespace. */
  public Broadcast all() {
    return new Broadcast(this, Set.of(), Set.of(), false);
  }

  /** How many sockets are in it. */
  public int socketCount() {
    return count.get();
  }

  List<Middleware> middlewares() {
    return middlewares;
  }

  @Nullable SocketEventListener listener(String event) {
    return eventListeners.get(event);
  }

  @Nullable Recovery recovery() {
    return recovery;
  }

  LaneSockets sockets(Lane lane) {
    return sockets.get(lane.number());
  }

  void entered(Socket socket) {
    count.incrementAndGet();
    for (Consumer<Socket> listener : connectionListeners) {
      try {
        listener.accept(socket);
      } catch (RuntimeException e) {
        log.error("a connection listener of namespace {} failed", name, e);
      }
    }
  }

  void left() {
    count.decrementAndGet();
  }

  void emit(Targets targets, boolean droppable, String event, @Nullable Object[] args) {
    Recovery recorder = droppable ? null : recovery;
    String offset = recorder == null ? null : recorder.nextOffset();
    Frame frame = PacketEncoder.event(name, Packet.NO_ACK, event, args, offset);
    try {
      if (recorder == null || offset == null) {
        post(targets, frame, droppable);
      } else {
        recorder.record(offset, targets, frame, () -> post(targets, frame, false));
      }
    } finally {
      frame.release();
    }
  }

  private void post(Targets targets, Frame frame, boolean droppable) {
    Socket only = targets.only();
    if (only != null) {
      post(only.lane(), targets, frame, droppable);
      return;
    }
    for (Lane lane : lanes) {
      post(lane, targets, frame, droppable);
    }
  }

  private void post(Lane lane, Targets targets, Frame frame, boolean droppable) {
    frame.retain();
    lane.post(new Delivery(sockets(lane), targets, frame, droppable));
  }
}
