package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.Lane;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketEncoder;
import java.util.ArrayList;
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
  private final RoomLanes roomLanes;
  private final List<LaneSockets> sockets;
  private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
  private final Map<String, SocketEventListener> eventListeners = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final @Nullable Recovery recovery;

  Namespace(String name, List<Lane> lanes, @Nullable Recovery recovery) {
    this.name = name;
    this.roomLanes = new RoomLanes(lanes);
    this.sockets = lanes.stream().map(lane -> new LaneSockets(lane::nowNanos)).toList();
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
    return new Broadcast(this, Set.of(room), Set.of(), Urgency.NOW);
  }

  /** A broadcast to every socket of this namespace. */
  public Broadcast all() {
    return new Broadcast(this, Set.of(), Set.of(), Urgency.NOW);
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

  RoomLanes roomLanes() {
    return roomLanes;
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

  /**
   * Sends several events, in that order, as one piece: a socket that gets more than one of them
   * gets them in one write. Any thread; never waits. With connection state recovery they are sent
   * one after the other.
   *
   * @throws IllegalArgumentException if a name is reserved or an argument cannot be written; then
   *     none is sent
   */
  public void emitAll(List<Emission> emissions) {
    if (recovery != null || emissions.size() == 1) {
      for (Emission one : emissions) {
        one.to().emit(one.event(), one.args());
      }
      return;
    }
    var frames = new ArrayList<Frame>(emissions.size());
    try {
      for (Emission one : emissions) {
        frames.add(frame(one.event(), one.args(), null));
      }
      Frame together = canGoTogether(emissions) ? Frame.together(frames) : null;
      for (Lane lane : lanesOf(emissions)) {
        var inOrder = new ArrayList<Delivery>(frames.size());
        for (int i = 0; i < frames.size(); i++) {
          Broadcast to = emissions.get(i).to();
          inOrder.add(delivery(lane, to.targets(), frames.get(i), to.urgency()));
        }
        if (together == null) {
          lane.post(new Deliveries(inOrder));
        } else {
          together.retain();
          lane.post(new Bundle(sockets(lane), inOrder, together));
        }
      }
      if (together != null) {
        together.release();
      }
    } finally {
      frames.forEach(Frame::release);
    }
  }

  private List<Lane> lanesOf(List<Emission> emissions) {
    Targets first = emissions.getFirst().to().targets();
    for (Emission one : emissions) {
      if (!one.to().targets().rooms().equals(first.rooms())) {
        return roomLanes.all();
      }
    }
    return roomLanes.of(first);
  }

  /** Whether nearly every socket that gets one of them gets all of them, and at once. */
  private static boolean canGoTogether(List<Emission> emissions) {
    Broadcast first = emissions.getFirst().to();
    if (first.targets().rooms().size() != 1) {
      return false;
    }
    for (Emission one : emissions) {
      if (!one.to().targets().rooms().equals(first.targets().rooms())
          || !one.to().urgency().equals(Urgency.NOW)) {
        return false;
      }
    }
    return true;
  }

  void emit(Targets targets, Urgency urgency, String event, @Nullable Object[] args) {
    Recovery recorder = urgency.droppable() ? null : recovery;
    String offset = recorder == null ? null : recorder.nextOffset();
    Frame frame = frame(event, args, offset);
    try {
      if (recorder == null || offset == null) {
        post(targets, frame, urgency);
      } else {
        recorder.record(offset, targets, frame, () -> post(targets, frame, urgency));
      }
    } finally {
      frame.release();
    }
  }

  private Frame frame(String event, @Nullable Object[] args, @Nullable String offset) {
    return PacketEncoder.event(name, Packet.NO_ACK, event, args, offset);
  }

  private void post(Targets targets, Frame frame, Urgency urgency) {
    Socket only = targets.only();
    if (only != null) {
      only.lane().post(delivery(only.lane(), targets, frame, urgency));
      return;
    }
    for (Lane lane : roomLanes.of(targets)) {
      lane.post(delivery(lane, targets, frame, urgency));
    }
  }

  private Delivery delivery(Lane lane, Targets targets, Frame frame, Urgency urgency) {
    frame.retain();
    return new Delivery(sockets(lane), targets, frame, urgency);
  }
}
