package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.engine.EventLoopContext;
import dev.watchnchill.socketio.engine.RandomIds;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketFormatException;
import dev.watchnchill.socketio.packet.PacketJson;
import dev.watchnchill.socketio.packet.PacketType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs the middlewares of a namespace for one CONNECT packet, then lets the client enter or rejects
 * it. Confined to the session's event loop.
 */
final class NamespaceAdmission {
  private static final Logger log = LoggerFactory.getLogger(NamespaceAdmission.class);
  private static final int QUEUED_PACKETS_MAX = 64;
  private static final MiddlewareDecision FAILED =
      MiddlewareDecision.reject("Internal server error");

  private final SocketIoSession session;
  private final Namespace namespace;
  private final Handshake handshake;
  private List<Packet> queued = List.of();
  private int queuedSize;
  private int nextMiddleware;

  NamespaceAdmission(SocketIoSession session, Namespace namespace, Handshake handshake) {
    this.session = session;
    this.namespace = namespace;
    this.handshake = handshake;
  }

  Namespace namespace() {
    return namespace;
  }

  /** Returns the size of the queued packets, in characters and bytes. */
  int queuedSize() {
    return queuedSize;
  }

  /** Queues a packet that arrived before the decision. */
  void enqueue(Packet packet, int size, int sizeMax) throws PacketFormatException {
    if (queued.isEmpty()) {
      queued = new ArrayList<>(4);
    }
    if (queued.size() >= QUEUED_PACKETS_MAX || size > sizeMax - queuedSize) {
      throw new PacketFormatException("too many packets before the namespace was entered");
    }
    queued.add(packet);
    queuedSize += size;
  }

  /** Calls the next middleware; lets the client enter when there is none left. */
  void runNextMiddleware() {
    if (nextMiddleware >= namespace.middlewares().size()) {
      onAccepted();
      return;
    }
    Middleware middleware = namespace.middlewares().get(nextMiddleware++);
    CompletionStage<MiddlewareDecision> pending;
    try {
      pending = middleware.admit(handshake);
    } catch (RuntimeException e) {
      log.error("a middleware of namespace {} failed", namespace.name(), e);
      onDecision(FAILED);
      return;
    }
    EventLoopContext loopContext = session.loopContext();
    var _ =
        pending.whenComplete((answer, failure) -> {
          if (failure != null) {
            log.error("a middleware of namespace {} failed", namespace.name(), failure);
          }
          MiddlewareDecision decision = failure == null ? answer : FAILED;
          if (loopContext.loop().inEventLoop()) {
            onDecision(decision);
          } else {
            loopContext.post(() -> onDecision(decision));
          }
        });
  }

  private void onDecision(MiddlewareDecision decision) {
    if (!session.isPending(this)) {
      return;
    }
    if (decision.accepted()) {
      runNextMiddleware();
      return;
    }
    session.endAdmission(this);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", decision.message());
    JsonNode data = decision.data();
    if (data != null) {
      error.put("data", data);
    }
    session.sendControl(PacketType.CONNECT_ERROR, namespace.name(), PacketJson.tree(error));
  }

  private void onAccepted() {
    ConnectionStateRecovery recovery = namespace.recovery();
    JsonNode pid = handshake.auth().path("pid");
    JsonNode offset = handshake.auth().path("offset");
    if (recovery == null || !pid.isString() || !offset.isString()) {
      enter(null);
      return;
    }
    recovery.restore(
        pid.stringValue(),
        offset.stringValue(),
        restored -> session.loopContext().post(() -> enter(restored)));
  }

  private void enter(ConnectionStateRecovery.@Nullable RestoredSocket restored) {
    if (!session.isPending(this)) {
      if (restored != null) {
        restored.missed().forEach(EncodedFrame::release);
      }
      return;
    }
    session.endAdmission(this);
    ConnectionStateRecovery.SavedSocket saved = restored == null ? null : restored.saved();
    String id = saved == null ? RandomIds.next() : saved.id();
    String pid =
        saved != null ? saved.pid() : namespace.recovery() == null ? null : RandomIds.next();
    var socket = new Socket(session, namespace, handshake, id, pid, saved != null);
    session.add(socket);
    namespace.sockets(session.loopContext()).add(socket);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sid", id);
    if (pid != null) {
      answer.put("pid", pid);
    }
    session.sendControl(PacketType.CONNECT, namespace.name(), PacketJson.tree(answer));
    session.flushAlone();
    if (restored != null) {
      socket.restore(restored.saved());
      for (EncodedFrame frame : restored.missed()) {
        session.send(frame, false, 0);
        frame.release();
      }
    }
    namespace.socketEntered(socket);
    socket.dropAuth();
    session.replay(queued);
  }
}
