package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.CloseReason;
import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EngineListener;
import dev.watchnchill.socketio.engine.EngineSession;
import dev.watchnchill.socketio.engine.EventLoopContext;
import dev.watchnchill.socketio.engine.HandshakeRequest;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketAssembler;
import dev.watchnchill.socketio.packet.PacketDecoder;
import dev.watchnchill.socketio.packet.PacketEncoder;
import dev.watchnchill.socketio.packet.PacketFormatException;
import dev.watchnchill.socketio.packet.PacketJson;
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
 * The Socket.IO layer of one session: its sockets, one in each namespace that the client has
 * entered. Confined to the session's event loop, except {@link #nextAckId}.
 */
final class SocketIoSession implements EngineListener, PacketDecoder.HeadCheck {
  private static final Logger log = LoggerFactory.getLogger(SocketIoSession.class);
  private static final AtomicLongFieldUpdater<SocketIoSession> ACK_IDS =
      AtomicLongFieldUpdater.newUpdater(SocketIoSession.class, "lastAckId");

  private final SocketIoServer server;
  private final EngineSession session;
  private final HandshakeRequest handshakeRequest;
  private volatile long lastAckId = -1;

  /** The first socket. Most sessions have only one, and then no map. */
  private @Nullable Socket first;

  private @Nullable Map<String, Socket> others;

  /** CONNECT packets whose middlewares have not decided yet. */
  private @Nullable Map<String, NamespaceAdmission> admissions;

  /** Namespaces that the server removed the client from. Packets for them may still arrive. */
  private @Nullable Map<String, Boolean> removedFrom;

  private @Nullable PacketAssembler assembler;

  /** Object of the application, see {@link Socket#connectionAttachment}. */
  private @Nullable Object attachment;

  SocketIoSession(SocketIoServer server, EngineSession session, HandshakeRequest handshakeRequest) {
    this.server = server;
    this.session = session;
    this.handshakeRequest = handshakeRequest;
  }

  EventLoopContext loopContext() {
    return session.loopContext();
  }

  <T> T attachment(Class<T> type, Supplier<T> factory) {
    if (!type.isInstance(attachment)) {
      attachment = factory.get();
    }
    return type.cast(attachment);
  }

  long nextAckId() {
    return ACK_IDS.incrementAndGet(this);
  }

  boolean isOpen() {
    return session.isOpen();
  }

  void send(EncodedFrame frame, boolean droppable, long waitNanos) {
    session.send(frame, droppable, waitNanos);
  }

  void sendControl(PacketType type, String namespace, @Nullable JsonNode data) {
    EncodedFrame frame = PacketEncoder.control(type, namespace, data);
    session.send(frame, false, 0);
    frame.release();
  }

  /** Ends a write, see {@link EngineSession#flushAlone}. */
  void flushAlone() {
    session.flushAlone();
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
                packet, message.length(), server.config().engine().inbound().attachmentBytesMax());
        session.inbound().addBuffered(message.length());
        session.inbound().awaitAttachments();
      } else {
        dispatch(binary ? PacketAssembler.withoutAttachments(packet) : packet, message.length());
      }
    } catch (PacketFormatException e) {
      reject(e.getMessage());
    }
  }

  @Override
  public void onBinary(byte[] message) {
    try {
      PacketAssembler waiting = assembler;
      if (waiting == null) {
        throw new PacketFormatException("attachment without a packet");
      }
      session.inbound().addBuffered(message.length);
      if (waiting.add(message)) {
        int size = waiting.size();
        assembler = null;
        session.inbound().addBuffered(-size);
        session.inbound().attachmentsComplete();
        dispatch(waiting.complete(), size);
      }
    } catch (PacketFormatException e) {
      reject(e.getMessage());
    }
  }

  private void reject(@Nullable String why) {
    log.debug("session closed: {}", why);
    assembler = null;
    session.close(CloseReason.PARSE_ERROR);
  }

  /** Rejects packets of clients that have entered no namespace, and large payloads of CONNECT. */
  @Override
  public void check(PacketType type, String namespace, int jsonLength)
      throws PacketFormatException {
    if (type == PacketType.CONNECT) {
      if (jsonLength > server.config().engine().inbound().authLengthMax()) {
        throw new PacketFormatException("auth payload too long");
      }
    } else if (socket(namespace) == null && !isAdmitting(namespace) && !wasRemovedFrom(namespace)) {
      throw new PacketFormatException("packet for a namespace that was not entered");
    }
  }

  private boolean isAdmitting(String namespace) {
    return admissions != null && admissions.containsKey(namespace);
  }

  private boolean wasRemovedFrom(String namespace) {
    return removedFrom != null && removedFrom.containsKey(namespace);
  }

  private void dispatch(Packet packet, int size) throws PacketFormatException {
    if (packet.type() == PacketType.CONNECT) {
      onConnect(packet);
      return;
    }
    Socket socket = socket(packet.namespace());
    if (socket == null) {
      dispatchWithoutSocket(packet, size);
      return;
    }
    switch (packet.type()) {
      case EVENT, BINARY_EVENT -> EventDispatcher.dispatch(socket, packet);
      case ACK, BINARY_ACK -> socket.onAck(packet);
      case DISCONNECT -> {
        remove(socket);
        socket.ended(CloseReason.CLIENT_NAMESPACE_DISCONNECT);
      }
      case CONNECT, CONNECT_ERROR -> throw new PacketFormatException("packet out of place");
    }
  }

  private void dispatchWithoutSocket(Packet packet, int size) throws PacketFormatException {
    NamespaceAdmission pending = admissions == null ? null : admissions.get(packet.namespace());
    if (pending != null) {
      if (packet.type() == PacketType.DISCONNECT) {
        endAdmission(pending);
      } else {
        pending.enqueue(packet, size, server.config().engine().maxPayloadBytes());
        session.inbound().addBuffered(size);
      }
    } else if (!wasRemovedFrom(packet.namespace())) {
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
          PacketType.CONNECT_ERROR, name, PacketJson.tree(Map.of("message", "Invalid namespace")));
      return;
    }
    if (namespaceCount() >= server.config().namespacesMax()) {
      sendControl(
          PacketType.CONNECT_ERROR,
          name,
          PacketJson.tree(Map.of("message", "Too many namespaces")));
      return;
    }
    var admission = new NamespaceAdmission(this, namespace, handshake(packet.data()));
    admissions().put(name, admission);
    admission.runNextMiddleware();
  }

  /** Returns the handshake of this session's client, with the payload of a CONNECT packet. */
  Handshake handshake(JsonNode auth) {
    return new Handshake(
        handshakeRequest.headers(),
        handshakeRequest.query(),
        auth,
        handshakeRequest.remoteAddress(),
        handshakeRequest.secure(),
        handshakeRequest.time(),
        handshakeRequest.transport());
  }

  private int namespaceCount() {
    return (first == null ? 0 : 1)
        + (others == null ? 0 : others.size())
        + (admissions == null ? 0 : admissions.size());
  }

  private Map<String, NamespaceAdmission> admissions() {
    if (admissions == null) {
      admissions = new HashMap<>(2);
    }
    return admissions;
  }

  // ---- admission ----

  /** Returns whether the session still waits for this admission. */
  boolean isPending(NamespaceAdmission admission) {
    return session.isOpen()
        && admissions != null
        && admissions.get(admission.namespace().name()) == admission;
  }

  void endAdmission(NamespaceAdmission admission) {
    if (admissions != null) {
      session.inbound().addBuffered(-admission.queuedSize());
      admissions.remove(admission.namespace().name());
      if (admissions.isEmpty()) {
        admissions = null;
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

  /** Handles the packets that arrived while the middlewares were deciding. */
  void replay(List<Packet> queued) {
    try {
      for (Packet packet : queued) {
        if (session.isOpen()) {
          dispatch(packet, 0);
        }
      }
    } catch (PacketFormatException e) {
      reject(e.getMessage());
    }
  }

  /** Keeps the session connected under memory pressure if one of its sockets is kept. */
  void keepUnderMemoryPressure() {
    session.inbound().setKept(sockets().stream().anyMatch(Socket::isKeptUnderMemoryPressure));
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
    if (socket.isKeptUnderMemoryPressure()) {
      keepUnderMemoryPressure();
    }
  }

  // ---- closing ----

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
    admissions = null;
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
