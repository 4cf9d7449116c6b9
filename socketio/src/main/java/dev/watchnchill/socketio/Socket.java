package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.Lane;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One client in one namespace.
 *
 * <p>Sending, rooms and disconnecting work from any thread and keep the order in which they happen.
 * Listeners are called on {@link #eventLoop}, one at a time, and must not block; one that throws is
 * logged and harms nobody.
 */
public final class Socket {
  private static final Logger log = LoggerFactory.getLogger(Socket.class);

  private final String id;
  private final Connection connection;
  private final Namespace namespace;
  private @Nullable Handshake handshake;
  private final @Nullable String pid;
  private final boolean recovered;
  private @Nullable Map<String, EventListener> listeners;
  private volatile @Nullable AnyListener anyListener;
  private @Nullable DisconnectListener disconnectListener;
  private @Nullable Set<String> rooms;
  private @Nullable PendingAcks pendingAcks;
  private volatile @Nullable Object attachment;
  private volatile boolean connected = true;
  private @Nullable CloseReason closeReason;
  private boolean kept;

  Socket(
      Connection connection,
      Namespace namespace,
      Handshake handshake,
      String id,
      @Nullable String pid,
      boolean recovered) {
    this.connection = connection;
    this.namespace = namespace;
    this.handshake = handshake;
    this.id = id;
    this.pid = pid;
    this.recovered = recovered;
  }

  /** Its public id: random, different in every namespace, and nothing a client could choose. */
  public String id() {
    return id;
  }

  /**
   * Returns the handshake of the client. Its {@link Handshake#auth()} is there until the connection
   * listeners have run.
   */
  public Handshake handshake() {
    Handshake shown = handshake;
    return shown == null ? connection.handshake(MissingNode.getInstance()) : shown;
  }

  /** Lets go of the payload of CONNECT, which would else live as long as the socket. */
  void forgetAuth() {
    handshake = null;
  }

  /** The namespace it is in. */
  public Namespace namespace() {
    return namespace;
  }

  /** Whether it is still there. */
  public boolean connected() {
    return connected;
  }

  /** Whether it came back with its id, rooms and missed events (connection state recovery). */
  public boolean recovered() {
    return recovered;
  }

  /** The event loop its listeners run on; also an executor and a scheduler. */
  public EventLoop eventLoop() {
    return lane().loop();
  }

  // ---- receiving ----

  /**
   * Adds a listener for an event. Added in a connection listener it is there before the first
   * packet is read; it may also be added later, from any thread, and then gets what arrives after
   * that.
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

  private @Nullable EventListener listener(String event) {
    synchronized (this) {
      return listeners == null ? null : listeners.get(event);
    }
  }

  /** Sets the listener for events that neither this socket nor its namespace has a listener for. */
  public void onAny(AnyListener listener) {
    anyListener = listener;
  }

  /** Adds a listener for the end. When the socket has ended already it is called at once. */
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
      lane().post(action::run);
    }
  }

  // ---- sending ----

  /**
   * Sends an event. After the end it does nothing.
   *
   * @param args anything Jackson can write; {@code byte[]} and {@code ByteBuffer} travel as binary
   * @throws IllegalArgumentException if the name is reserved or an argument cannot be written
   */
  public void emit(String event, @Nullable Object... args) {
    namespace.emit(Targets.one(this), Urgency.NOW, event, args);
  }

  /** Sends an event that may be dropped when the client is slow to read. */
  public void emitVolatile(String event, @Nullable Object... args) {
    namespace.emit(Targets.one(this), Urgency.NOW_OR_NEVER, event, args);
  }

  /**
   * Sends an event and waits for the client's acknowledgement. The stage completes on the event
   * loop: with the client's arguments, or exceptionally with a {@link
   * java.util.concurrent.TimeoutException} or a {@link SocketDisconnectedException}.
   */
  public CompletionStage<List<JsonNode>> emitWithAck(
      Duration timeout, String event, @Nullable Object... args) {
    var answer = new CompletableFuture<List<JsonNode>>();
    PendingAcks.send(this, timeout, event, args, answer);
    return answer;
  }

  /** A broadcast to the sockets of this room, without this one. */
  public Broadcast to(String room) {
    return namespace.to(room).except(id);
  }

  /** A broadcast to every other socket of the namespace. */
  public Broadcast broadcast() {
    return namespace.all().except(id);
  }

  // ---- rooms ----

  /** Enters a room. */
  public void join(String room) {
    synchronized (this) {
      if (!connected) {
        return;
      }
      if (rooms == null) {
        rooms = new HashSet<>(4);
      }
      if (rooms.add(room)) {
        namespace.roomLanes().joined(room, lane());
        lane().post(() -> joinNow(room));
      }
    }
  }

  private void joinNow(String room) {
    if (connected) {
      namespace.sockets(lane()).join(this, room);
    }
  }

  /** Leaves a room. */
  public void leave(String room) {
    synchronized (this) {
      if (connected && rooms != null && rooms.remove(room)) {
        namespace.roomLanes().left(room, lane());
        lane().post(() -> namespace.sockets(lane()).leave(this, room));
      }
    }
  }

  /**
   * The rooms it has joined, a copy. Its own id, under which it can always be reached, is not among
   * them.
   */
  public Set<String> rooms() {
    synchronized (this) {
      return rooms == null ? Set.of() : Set.copyOf(rooms);
    }
  }

  // ---- the embedder's slot ----

  /** Keeps an object of the embedding program with this socket; null takes it away. */
  public void attach(@Nullable Object object) {
    attachment = object;
  }

  /** The object kept with {@link #attach}, or null when there is none of this type. */
  public <T> @Nullable T attachment(Class<T> type) {
    Object object = attachment;
    return type.isInstance(object) ? type.cast(object) : null;
  }

  /**
   * Returns the object that the embedding program keeps with the client's connection. It outlives
   * this socket: a client that leaves the namespace and enters it again finds the same one. Call it
   * on the event loop, for example in a connection listener.
   *
   * @param make makes the object for a connection that has none of this type
   */
  public <T> T connectionAttachment(Class<T> type, Supplier<T> make) {
    return connection.attachment(type, make);
  }

  /**
   * Says whether this client stays connected while memory is short. Others are then closed, the
   * newest first, with {@link CloseReason#MEMORY_SHORT}. At first it does not.
   */
  public void keepUnderPressure(boolean keep) {
    lane()
        .post(() -> {
          kept = keep;
          if (connected) {
            connection.keepUnderPressure();
          }
        });
  }

  // ---- the end ----

  /** Removes the client from this namespace, after what was sent before. */
  public void disconnect() {
    disconnect(false);
  }

  /**
   * Removes the client from this namespace, after what was sent before.
   *
   * @param closeTransport whether to end the whole session with all its namespaces
   */
  public void disconnect(boolean closeTransport) {
    lane().post(() -> connection.disconnect(this, closeTransport));
  }

  // ---- for this package, on the event loop ----

  Lane lane() {
    return connection.lane();
  }

  Connection connection() {
    return connection;
  }

  @Nullable String pid() {
    return pid;
  }

  boolean keptUnderPressure() {
    return kept;
  }

  void deliver(Frame frame, boolean droppable, long waitNanos) {
    if (connected) {
      connection.send(frame, droppable, waitNanos);
    }
  }

  PendingAcks pendingAcks() {
    PendingAcks acks = pendingAcks;
    if (acks == null) {
      acks = new PendingAcks(this);
      pendingAcks = acks;
    }
    return acks;
  }

  @Nullable CloseReason closeReason() {
    return closeReason;
  }

  /** Puts back the rooms and the attachment of a recovered socket. */
  void restore(Recovery.Saved saved) {
    synchronized (this) {
      rooms = new HashSet<>(saved.rooms());
    }
    saved
        .rooms()
        .forEach(room -> {
          namespace.roomLanes().joined(room, lane());
          namespace.sockets(lane()).join(this, room);
        });
    attachment = saved.attachment();
  }

  void onEvent(Packet packet) {
    List<JsonNode> all = List.copyOf(packet.data().values());
    JsonNode first = all.getFirst();
    String event = first.isString() ? first.stringValue() : first.toString();
    var args = new EventArgs(all.subList(1, all.size()));
    Ack ack =
        packet.ackId() == Packet.NO_ACK
            ? PacketAck.NOT_REQUESTED
            : new PacketAck(this, packet.ackId());
    EventListener own = listener(event);
    SocketEventListener shared = namespace.listener(event);
    AnyListener any = anyListener;
    try {
      if (own != null) {
        own.on(args, ack);
      }
      if (shared != null) {
        shared.on(this, args, ack);
      }
      if (own == null && shared == null && any != null) {
        any.on(event, args, ack);
      }
    } catch (RuntimeException e) {
      log.error("a listener of namespace {} failed", namespace.name(), e);
    }
  }

  void onAck(Packet packet) {
    PendingAcks acks = pendingAcks;
    if (acks != null) {
      acks.complete(packet.ackId(), List.copyOf(packet.data().values()));
    }
  }

  /** Ends the socket and tells its listeners; the connection has already let go of it. */
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
    joined.forEach(room -> namespace.roomLanes().left(room, lane()));
    namespace.sockets(lane()).remove(this, joined);
    Recovery recovery = namespace.recovery();
    if (recovery != null && pid != null && reason.recoverable()) {
      recovery.save(new Recovery.Saved(pid, id, joined, attachment, lane().nowNanos()));
    }
    namespace.left();
    PendingAcks acks = pendingAcks;
    if (acks != null) {
      acks.failAll(reason);
    }
    DisconnectListener listener = disconnectListener;
    if (listener != null) {
      try {
        listener.onDisconnect(reason);
      } catch (RuntimeException e) {
        log.error("a disconnect listener of namespace {} failed", namespace.name(), e);
      }
    }
  }
}
