package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EventLoopContext;
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

/** A Socket.IO namespace: its middlewares, listeners and sockets. Safe for use from any thread. */
public final class Namespace {
  private static final Logger log = LoggerFactory.getLogger(Namespace.class);

  private final String name;
  private final RoomLoopIndex roomLoops;
  private final List<EventLoopSockets> sockets;
  private final List<Middleware> middlewares = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connectionListeners = new CopyOnWriteArrayList<>();
  private final Map<String, NamespaceEventListener> eventListeners = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final @Nullable ConnectionStateRecovery recovery;

  Namespace(
      String name,
      List<EventLoopContext> loopContexts,
      @Nullable ConnectionStateRecovery recovery) {
    this.name = name;
    this.roomLoops = new RoomLoopIndex(loopContexts);
    this.sockets =
        loopContexts.stream()
            .map(loopContext -> new EventLoopSockets(loopContext::nowNanos))
            .toList();
    this.recovery = recovery;
  }

  /** Returns the name, which begins with a slash. */
  public String name() {
    return name;
  }

  /** Adds a middleware after those added before. */
  public Namespace use(Middleware middleware) {
    middlewares.add(middleware);
    return this;
  }

  /** Adds a listener for new sockets. It runs before the first packet of a socket is read. */
  public Namespace onConnection(Consumer<Socket> listener) {
    connectionListeners.add(listener);
    return this;
  }

  /**
   * Adds a listener for an event of every socket of this namespace. It is called after the socket's
   * own listener for that event, and takes no memory per socket.
   */
  public Namespace on(String event, NamespaceEventListener listener) {
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

  /** Returns a broadcast to the sockets of a room, or to the socket of this id. */
  public Broadcast to(String room) {
    return new Broadcast(this, Set.of(room), Set.of(), DeliveryOptions.IMMEDIATE);
  }

  /** Returns a broadcast to every socket of this namespace. */
  public Broadcast all() {
    return new Broadcast(this, Set.of(), Set.of(), DeliveryOptions.IMMEDIATE);
  }

  /** Returns the number of sockets in this namespace. */
  public int socketCount() {
    return count.get();
  }

  List<Middleware> middlewares() {
    return middlewares;
  }

  @Nullable NamespaceEventListener listener(String event) {
    return eventListeners.get(event);
  }

  @Nullable ConnectionStateRecovery recovery() {
    return recovery;
  }

  RoomLoopIndex roomLoops() {
    return roomLoops;
  }

  EventLoopSockets sockets(EventLoopContext loopContext) {
    return sockets.get(loopContext.number());
  }

  void socketEntered(Socket socket) {
    count.incrementAndGet();
    for (Consumer<Socket> listener : connectionListeners) {
      try {
        listener.accept(socket);
      } catch (RuntimeException e) {
        log.error("a connection listener of namespace {} failed", name, e);
      }
    }
  }

  void socketLeft() {
    count.decrementAndGet();
  }

  /**
   * Sends several events in order, so that a socket that gets more than one of them gets them in
   * one write. Any thread; never blocks. With connection state recovery the events are sent one by
   * one.
   *
   * @throws IllegalArgumentException if a name is reserved or an argument cannot be written; then
   *     none of the events is sent
   */
  public void emitBatch(List<BatchedEvent> events) {
    if (recovery != null || events.size() == 1) {
      for (BatchedEvent one : events) {
        one.to().emit(one.event(), one.args());
      }
      return;
    }
    var frames = new ArrayList<EncodedFrame>(events.size());
    try {
      for (BatchedEvent one : events) {
        frames.add(frame(one.event(), one.args(), null));
      }
      EncodedFrame together = canGoTogether(events) ? EncodedFrame.concat(frames) : null;
      for (EventLoopContext loopContext : loopsOf(events)) {
        var inOrder = new ArrayList<Delivery>(frames.size());
        for (int i = 0; i < frames.size(); i++) {
          Broadcast to = events.get(i).to();
          inOrder.add(delivery(loopContext, to.recipients(), frames.get(i), to.options()));
        }
        if (together == null) {
          loopContext.post(new SequentialDelivery(inOrder));
        } else {
          together.retain();
          loopContext.post(new BatchedDelivery(sockets(loopContext), inOrder, together));
        }
      }
      if (together != null) {
        together.release();
      }
    } finally {
      frames.forEach(EncodedFrame::release);
    }
  }

  private List<EventLoopContext> loopsOf(List<BatchedEvent> events) {
    Recipients first = events.getFirst().to().recipients();
    for (BatchedEvent one : events) {
      if (!one.to().recipients().rooms().equals(first.rooms())) {
        return roomLoops.all();
      }
    }
    return roomLoops.of(first);
  }

  /** Returns whether all events go to the same single room, undelayed and not droppable. */
  private static boolean canGoTogether(List<BatchedEvent> events) {
    Broadcast first = events.getFirst().to();
    if (first.recipients().rooms().size() != 1) {
      return false;
    }
    for (BatchedEvent one : events) {
      if (!one.to().recipients().rooms().equals(first.recipients().rooms())
          || !one.to().options().equals(DeliveryOptions.IMMEDIATE)) {
        return false;
      }
    }
    return true;
  }

  void emit(Recipients recipients, DeliveryOptions options, String event, @Nullable Object[] args) {
    ConnectionStateRecovery recorder = options.droppable() ? null : recovery;
    String offset = recorder == null ? null : recorder.nextOffset();
    EncodedFrame frame = frame(event, args, offset);
    try {
      if (recorder == null || offset == null) {
        postToLoops(recipients, frame, options);
      } else {
        recorder.record(offset, recipients, frame, () -> postToLoops(recipients, frame, options));
      }
    } finally {
      frame.release();
    }
  }

  private EncodedFrame frame(String event, @Nullable Object[] args, @Nullable String offset) {
    return PacketEncoder.event(name, Packet.NO_ACK, event, args, offset);
  }

  private void postToLoops(Recipients recipients, EncodedFrame frame, DeliveryOptions options) {
    Socket only = recipients.only();
    if (only != null) {
      only.loopContext().post(delivery(only.loopContext(), recipients, frame, options));
      return;
    }
    for (EventLoopContext loopContext : roomLoops.of(recipients)) {
      loopContext.post(delivery(loopContext, recipients, frame, options));
    }
  }

  private Delivery delivery(
      EventLoopContext loopContext,
      Recipients recipients,
      EncodedFrame frame,
      DeliveryOptions options) {
    frame.retain();
    return new Delivery(sockets(loopContext), recipients, frame, options);
  }
}
