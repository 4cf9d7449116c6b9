package dev.watchnchill.socketio;

import dev.watchnchill.socketio.ConnectionStateRecovery.SavedSocket;
import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EventLoopContext;
import dev.watchnchill.socketio.packet.Packet;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One client in one namespace.
 *
 * <p>Emits, joins, leaves and disconnects may be called from any thread and take effect in the
 * order in which they happen. Listeners are called on {@link #eventLoop}, one at a time, and must
 * not block. An exception of a listener is logged and has no other effect.
 */
public final class Socket {
  private static final Logger log = LoggerFactory.getLogger(Socket.class);

  private final String id;
  private final SocketIoSession session;
  private final Namespace namespace;
  private @Nullable Handshake handshake;
  private final @Nullable String pid;
  private final boolean recovered;
  private @Nullable Map<String, EventListener> listeners;
  private volatile @Nullable UnhandledEventListener unhandledEventListener;
  private @Nullable DisconnectListener disconnectListener;
  private @Nullable Set<String> rooms;
  private @Nullable PendingAcks pendingAcks;
  private volatile @Nullable Object attachment;
  private volatile boolean connected = true;
  private @Nullable CloseReason closeReason;
  private boolean keptUnderMemoryPressure;

  Socket(
      SocketIoSession session,
      Namespace namespace,
      Handshake handshake,
      String id,
      @Nullable String pid,
      boolean recovered) {
    this.session = session;
    this.namespace = namespace;
    this.handshake = handshake;
    this.id = id;
    this.pid = pid;
    this.recovered = recovered;
  }

  /** Returns the public id: random, different in every namespace, and not chosen by the client. */
  public String id() {
    return id;
  }

  /**
   * Returns the handshake of the client. {@link Handshake#auth()} is available until the connection
   * listeners have run.
   */
  public Handshake handshake() {
    Handshake current = handshake;
    return current == null ? session.handshake(MissingNode.getInstance()) : current;
  }

  /** Drops the payload of CONNECT, which would otherwise take memory as long as the socket. */
  void dropAuth() {
    handshake = null;
  }

  /** Returns the namespace of this socket. */
  public Namespace namespace() {
    return namespace;
  }

  /** Returns whether the socket is connected. */
  public boolean connected() {
    return connected;
  }

  /** Returns whether id, rooms and missed events were recovered (connection state recovery). */
  public boolean recovered() {
    return recovered;
  }

  /** Returns the event loop that the listeners run on; also an executor and a scheduler. */
  public EventLoop eventLoop() {
    return loopContext().loop();
  }

  /** Returns an executor of the event loop, which keeps the order of tasks and deliveries. */
  public Executor executor() {
    return task -> loopContext().post(task::run);
  }

  // ---- receiving ----

  /**
   * Adds a listener for an event. A listener that a connection listener adds is called for all
   * packets of the socket. A listener may also be added later, from any thread.
   */
  public void on(String event, EventListener listener) {
    synchronized (this) {
      if (listeners == null) {
        listeners = new HashMap<>(4);
      }
      listeners.merge(
          event,
          listener,
          (first, second) ->
              (args, ack) -> {
                first.on(args, ack);
                second.on(args, ack);
              });
    }
  }

  /** Returns this socket's own listener for an event. */
  @Nullable EventListener listener(String event) {
    synchronized (this) {
      return listeners == null ? null : listeners.get(event);
    }
  }

  /** Sets the listener for events that neither this socket nor its namespace has a listener for. */
  public void onUnhandledEvent(UnhandledEventListener listener) {
    unhandledEventListener = listener;
  }

  /**
   * Adds a listener for the end of the socket. It is called at once when the socket has already
   * ended.
   */
  public void onDisconnect(DisconnectListener listener) {
    onLoop(() -> {
      CloseReason ended = closeReason;
      DisconnectListener before = disconnectListener;
      if (ended != null) {
        listener.onDisconnect(ended);
      } else if (before == null) {
        disconnectListener = listener;
      } else {
        disconnectListener =
            reason -> {
              before.onDisconnect(reason);
              listener.onDisconnect(reason);
            };
      }
    });
  }

  private void onLoop(Runnable action) {
    if (eventLoop().inEventLoop()) {
      action.run();
    } else {
      loopContext().post(action::run);
    }
  }

  // ---- sending ----

  /**
   * Sends an event. Has no effect after the socket has ended.
   *
   * @param args anything that Jackson can write; {@code byte[]} and {@code ByteBuffer} are sent as
   *     binary
   * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
   */
  public void emit(String event, @Nullable Object... args) {
    namespace.emit(Recipients.single(this), DeliveryOptions.IMMEDIATE, event, args);
  }

  /** Sends an event that may be dropped when the client is slow to read. */
  public void emitVolatile(String event, @Nullable Object... args) {
    namespace.emit(Recipients.single(this), DeliveryOptions.IMMEDIATE_VOLATILE, event, args);
  }

  /**
   * Sends an event and returns the client's acknowledgement. The stage completes on the event loop:
   * with the client's arguments, or exceptionally with a {@link
   * java.util.concurrent.TimeoutException} or a {@link SocketDisconnectedException}.
   */
  public CompletionStage<List<JsonNode>> emitWithAck(
      Duration timeout, String event, @Nullable Object... args) {
    var answer = new CompletableFuture<List<JsonNode>>();
    PendingAcks.send(this, timeout, event, args, answer);
    return answer;
  }

  /** Returns a broadcast to the sockets of a room, without this socket. */
  public Broadcast to(String room) {
    return namespace.to(room).except(id);
  }

  /** Returns a broadcast to every other socket of the namespace. */
  public Broadcast broadcast() {
    return namespace.all().except(id);
  }

  // ---- rooms ----

  /** Joins a room. */
  public void join(String room) {
    synchronized (this) {
      if (!connected) {
        return;
      }
      if (rooms == null) {
        rooms = new HashSet<>(4);
      }
      if (rooms.add(room)) {
        namespace.roomLoops().memberAdded(room, loopContext());
        loopContext().post(() -> joinOnLoop(room));
      }
    }
  }

  private void joinOnLoop(String room) {
    if (connected) {
      namespace.sockets(loopContext()).join(this, room);
    }
  }

  /** Leaves a room. */
  public void leave(String room) {
    synchronized (this) {
      if (connected && rooms != null && rooms.remove(room)) {
        namespace.roomLoops().memberRemoved(room, loopContext());
        loopContext().post(() -> namespace.sockets(loopContext()).leave(this, room));
      }
    }
  }

  /** Returns a copy of the names of the joined rooms, without the socket's own id. */
  public Set<String> rooms() {
    synchronized (this) {
      return rooms == null ? Set.of() : Set.copyOf(rooms);
    }
  }

  // ---- attachments ----

  /** Stores an object of the application with this socket; null removes it. */
  public void attach(@Nullable Object object) {
    attachment = object;
  }

  /** Returns the object stored by {@link #attach}, or null when there is none of this type. */
  public <T> @Nullable T attachment(Class<T> type) {
    Object object = attachment;
    return type.isInstance(object) ? type.cast(object) : null;
  }

  /**
   * Returns an object that the application stores with the client's session. The object outlives
   * this socket: a client that leaves the namespace and enters it again gets the same object. Call
   * this method on the event loop, for example in a connection listener.
   *
   * @param make creates the object when the session has none of this type
   */
  public <T> T connectionAttachment(Class<T> type, Supplier<T> make) {
    return session.attachment(type, make);
  }

  /**
   * Sets whether this client stays connected while memory is short. Other clients are then closed,
   * the newest first, with {@link CloseReason#MEMORY_SHORT}. Initially false.
   */
  public void keepUnderMemoryPressure(boolean keep) {
    loopContext()
        .post(() -> {
          keptUnderMemoryPressure = keep;
          if (connected) {
            session.keepUnderMemoryPressure();
          }
        });
  }

  // ---- disconnecting ----

  /** Removes the client from this namespace, after all earlier emits. */
  public void disconnect() {
    disconnect(false);
  }

  /**
   * Removes the client from this namespace, after all earlier emits.
   *
   * @param closeTransport whether to end the whole session with all its namespaces
   */
  public void disconnect(boolean closeTransport) {
    loopContext().post(() -> session.disconnect(this, closeTransport));
  }

  // ---- internal, on the event loop ----

  EventLoopContext loopContext() {
    return session.loopContext();
  }

  SocketIoSession session() {
    return session;
  }

  @Nullable String pid() {
    return pid;
  }

  @Nullable UnhandledEventListener unhandledEventListener() {
    return unhandledEventListener;
  }

  boolean isKeptUnderMemoryPressure() {
    return keptUnderMemoryPressure;
  }

  void deliver(EncodedFrame frame, boolean droppable, long waitNanos) {
    if (connected) {
      session.send(frame, droppable, waitNanos);
    }
  }

  PendingAcks pendingAcks() {
    if (pendingAcks == null) {
      pendingAcks = new PendingAcks(this);
    }
    return pendingAcks;
  }

  @Nullable CloseReason closeReason() {
    return closeReason;
  }

  /** Restores the rooms and the attachment of a recovered socket. */
  void restore(SavedSocket saved) {
    synchronized (this) {
      rooms = new HashSet<>(saved.rooms());
    }
    for (String room : saved.rooms()) {
      namespace.roomLoops().memberAdded(room, loopContext());
      namespace.sockets(loopContext()).join(this, room);
    }
    attachment = saved.attachment();
  }

  void onAck(Packet packet) {
    PendingAcks acks = pendingAcks;
    if (acks != null) {
      acks.complete(packet.ackId(), List.copyOf(packet.data().values()));
    }
  }

  /** Ends the socket and calls its disconnect listeners. The session has already removed it. */
  void ended(CloseReason reason) {
    if (!connected) {
      return;
    }
    closeReason = reason;
    Set<String> joined;
    synchronized (this) {
      connected = false;
      joined = rooms();
    }
    joined.forEach(room -> namespace.roomLoops().memberRemoved(room, loopContext()));
    namespace.sockets(loopContext()).remove(this, joined);
    ConnectionStateRecovery recovery = namespace.recovery();
    if (recovery != null && pid != null && reason.recoverable()) {
      long now = loopContext().nowNanos();
      recovery.save(new SavedSocket(pid, id, joined, attachment, now));
    }
    namespace.socketLeft();
    PendingAcks acks = pendingAcks;
    if (acks != null) {
      acks.failAll(reason);
    }
    DisconnectListener listener = disconnectListener;
    try {
      if (listener != null) {
        listener.onDisconnect(reason);
      }
    } catch (RuntimeException e) {
      log.error("a disconnect listener of namespace {} failed", namespace.name(), e);
    }
  }
}
