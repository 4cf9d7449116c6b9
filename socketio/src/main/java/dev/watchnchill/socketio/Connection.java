package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EngineListener;
import dev.watchnchill.socketio.engine.EngineSession;
import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.Lane;
import dev.watchnchill.socketio.engine.SessionOrigin;
import dev.watchnchill.socketio.packet.Json;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketAssembler;
import dev.watchnchill.socketio.packet.PacketDecoder;
import dev.watchnchill.socketio.packet.PacketEncoder;
import dev.watchnchill.socketio.packet.PacketFormatException;
import dev.watchnchill.socketio.packet.PacketType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The Socket.IO side of one session: its sockets, one in each namespace it has entered. Confined to
 * the session's event loop, but for {@link #nextAckId}.
 */
final class Connection implements EngineListener, PacketDecoder.HeadCheck {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);
  private static final AtomicLongFieldUpdater<Connection> ACK_IDS =
      AtomicLongFieldUpdater.newUpdater(Connection.class, "lastAckId");

  private final SocketIoServer server;
  private final EngineSession session;
  private final SessionOrigin origin;
  private volatile long lastAckId = -1;

  /** The first socket; nearly always the only one. */
  private @Nullable Socket first;

  private @Nullable Map<String, Socket> others;

  /** CONNECT packets whose middlewares have not decided yet. */
  private @Nullable Map<String, Admitting> admitting;

  /** Namespaces the server has taken the client out of: packets for them may be under way. */
  private @Nullable Map<String, Boolean> removedFrom;

  private @Nullable PacketAssembler assembler;

  /** An object of the embedding program, see {@link Socket#connectionAttachment}. */
  private @Nullable Object attachment;

  Connection(SocketIoServer server, EngineSession session, SessionOrigin origin) {
    this.server = server;
    this.session = session;
    this.origin = origin;
  }

  Lane lane() {
    return session.lane();
  }

  <T> T attachment(Class<T> type, Supplier<T> make) {
    if (!type.isInstance(attachment)) {
      attachment = make.get();
    }
    return type.cast(attachment);
  }

  long nextAckId() {
    return ACK_IDS.incrementAndGet(this);
  }

  boolean isOpen() {
    return session.isOpen();
  }

  void send(Frame frame, boolean droppable, long waitNanos) {
    session.send(frame, droppable, waitNanos);
  }

  void sendControl(PacketType type, String namespace, @Nullable JsonNode data) {
    Frame frame = PacketEncoder.control(type, namespace, data);
    session.send(frame, false, 0);
    frame.release();
  }

  // ---- packets ----

  @Override
  public void onText(String message) {
    try {
      if (assembler != null) {
        throw new PacketFormatException("text instead of an attachment");
      }
      Packet packet = server.decoder().decode(message, this);
      boolean binary =
          packet.type() == PacketType.BINARY_EVENT || packet.type() == PacketType.BINARY_ACK;
      if (binary && packet.attachments() > 0) {
        assembler =
            new PacketAssembler(
                packet, message.length(), server.config().inbound().attachmentBytesMax());
        session.inbound().holds(message.length());
        session.inbound().awaitsAttachments();
      } else {
        dispatch(binary ? PacketAssembler.withoutAttachments(packet) : packet, message.length());
      }
    } catch (PacketFormatException e) {
      refuse(e.getMessage());
    }
  }

  @Override
  public void onBinary(byte[] message) {
    try {
      PacketAssembler waiting = assembler;
      if (waiting == null) {
        throw new PacketFormatException("attachment without a packet");
      }
      session.inbound().holds(message.length);
      if (waiting.add(message)) {
        int size = waiting.size();
        assembler = null;
        session.inbound().holds(-size);
        session.inbound().hasAttachments();
        dispatch(waiting.complete(), size);
      }
    } catch (PacketFormatException e) {
      refuse(e.getMessage());
    }
  }

  private void refuse(@Nullable String why) {
    log.debug("session closed: {}", why);
    assembler = null;
    session.close(CloseReason.PARSE_ERROR);
  }

  /** Refuses packets of clients that are in no namespace yet, and large payloads of CONNECT. */
  @Override
  public void check(PacketType type, String namespace, int jsonLength)
      throws PacketFormatException {
    if (type == PacketType.CONNECT) {
      if (jsonLength > server.config().inbound().authLengthMax()) {
        throw new PacketFormatException("auth payload too long");
      }
    } else if (socket(namespace) == null && !isAdmitting(namespace) && !wasIn(namespace)) {
      throw new PacketFormatException("packet for a namespace that was not entered");
    }
  }

  private boolean isAdmitting(String namespace) {
    return admitting != null && admitting.containsKey(namespace);
  }

  private boolean wasIn(String namespace) {
    return removedFrom != null && removedFrom.containsKey(namespace);
  }

  private void dispatch(Packet packet, int size) throws PacketFormatException {
    if (packet.type() == PacketType.CONNECT) {
      onConnect(packet);
      return;
    }
    Socket socket = socket(packet.namespace());
    if (socket == null) {
      withoutSocket(packet, size);
      return;
    }
    switch (packet.type()) {
      case EVENT, BINARY_EVENT -> socket.onEvent(packet);
      case ACK, BINARY_ACK -> socket.onAck(packet);
      case DISCONNECT -> {
        remove(socket);
        socket.ended(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
      }
      case CONNECT, CONNECT_ERROR -> throw new PacketFormatException("packet out of place");
    }
  }

  private void withoutSocket(Packet packet, int size) throws PacketFormatException {
    Admitting pending = admitting == null ? null : admitting.get(packet.namespace());
    if (pending != null) {
      if (packet.type() == PacketType.DISCONNECT) {
        endAdmission(pending);
      } else {
        pending.hold(packet, size, server.config().maxPayloadBytes());
        session.inbound().holds(size);
      }
    } else if (!wasIn(packet.namespace())) {
      throw new PacketFormatException("packet for a namespace that was not entered");
    }
  }

  private void onConnect(Packet packet) throws PacketFormatException {
    String name = packet.namespace();
    if (socket(name) != null || isAdmitting(name)) {
      throw new PacketFormatException("namespace entered twice");
    }
    Namespace namespace = server.find(name);
    if (namespace == null) {
      sendControl(
          PacketType.CONNECT_ERROR, name, Json.tree(Map.of("message", "Invalid namespace")));
      return;
    }
    if (memberships() >= server.config().namespacesMax()) {
      sendControl(
          PacketType.CONNECT_ERROR, name, Json.tree(Map.of("message", "Too many namespaces")));
      return;
    }
    var admission = new Admitting(this, namespace, handshake(packet.data()));
    admitting().put(name, admission);
    admission.next();
  }

  /** Returns what the client has shown, with this payload of CONNECT. */
  Handshake handshake(JsonNode auth) {
    return new Handshake(
        origin.headers(),
        origin.query(),
        auth,
        origin.remoteAddress(),
        origin.secure(),
        origin.time(),
        origin.transport());
  }

  private int memberships() {
    return (first == null ? 0 : 1)
        + (others == null ? 0 : others.size())
        + (admitting == null ? 0 : admitting.size());
  }

  private Map<String, Admitting> admitting() {
    if (admitting == null) {
      admitting = new HashMap<>(2);
    }
    return admitting;
  }

  // ---- admission ----

  /** Whether this admission is still wanted. */
  boolean isPending(Admitting admission) {
    return session.isOpen()
        && admitting != null
        && admitting.get(admission.namespace().name()) == admission;
  }

  void endAdmission(Admitting admission) {
    if (admitting != null) {
      session.inbound().holds(-admission.heldSize());
      admitting.remove(admission.namespace().name());
      if (admitting.isEmpty()) {
        admitting = null;
      }
    }
  }

  void add(Socket socket) {
    session.connected();
    String name = socket.namespace().name();
    if (removedFrom != null) {
      removedFrom.remove(name);
    }
    if (first == null) {
      first = socket;
      return;
    }
    if (others == null) {
      others = new HashMap<>(4);
    }
    others.put(name, socket);
  }

  /** Handles packets that came while the middlewares were deciding. */
  void replay(List<Packet> held) {
    try {
      for (Packet packet : held) {
        if (session.isOpen()) {
          dispatch(packet, 0);
        }
      }
    } catch (PacketFormatException e) {
      refuse(e.getMessage());
    }
  }

  /** Whether the session stays connected while memory is short. */
  void keepUnderPressure() {
    session.inbound().keep(sockets().stream().anyMatch(Socket::keptUnderPressure));
  }

  private @Nullable Socket socket(String namespace) {
    Socket one = first;
    if (one != null && one.namespace().name().equals(namespace)) {
      return one;
    }
    return others == null ? null : others.get(namespace);
  }

  private void remove(Socket socket) {
    if (first == socket) {
      first = null;
    } else if (others != null) {
      others.remove(socket.namespace().name(), socket);
    }
    if (socket.keptUnderPressure()) {
      keepUnderPressure();
    }
  }

  // ---- the end ----

  void disconnect(Socket socket, boolean closeTransport) {
    if (socket.connected()) {
      sendControl(PacketType.DISCONNECT, socket.namespace().name(), null);
      remove(socket);
      if (removedFrom == null) {
        removedFrom = new HashMap<>(2);
      }
      removedFrom.put(socket.namespace().name(), true);
      socket.ended(CloseReason.SERVER_NAMESPACE_DISCONNECT);
    }
    if (closeTransport) {
      for (Socket other : sockets()) {
        sendControl(PacketType.DISCONNECT, other.namespace().name(), null);
        remove(other);
        other.ended(CloseReason.SERVER_NAMESPACE_DISCONNECT);
      }
      session.close(CloseReason.FORCED_CLOSE);
    }
  }

  @Override
  public boolean onServerShutdown() {
    if (!server.config().disconnectPacketOnClose()) {
      return false;
    }
    for (Socket socket : sockets()) {
      sendControl(PacketType.DISCONNECT, socket.namespace().name(), null);
    }
    return true;
  }

  @Override
  public void onClose(CloseReason reason) {
    assembler = null;
    admitting = null;
    List<Socket> all = sockets();
    first = null;
    others = null;
    for (Socket socket : all) {
      socket.ended(reason);
    }
  }

  private List<Socket> sockets() {
    List<Socket> all = new ArrayList<>(1);
    if (first != null) {
      all.add(first);
    }
    if (others != null) {
      all.addAll(others.values());
    }
    return all;
  }
}
