package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.engine.Ids;
import dev.watchnchill.socketio.engine.Lane;
import dev.watchnchill.socketio.packet.Json;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketFormatException;
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

/** One CONNECT packet on its way through the middlewares of its namespace. On the event loop. */
final class Admitting {
  private static final Logger log = LoggerFactory.getLogger(Admitting.class);
  private static final int HELD_PACKETS_MAX = 64;
  private static final Admission FAILED = Admission.refuse("Internal server error");

  private final Connection connection;
  private final Namespace namespace;
  private final Handshake handshake;
  private List<Packet> held = List.of();
  private int heldSize;
  private int at;

  Admitting(Connection connection, Namespace namespace, Handshake handshake) {
    this.connection = connection;
    this.namespace = namespace;
    this.handshake = handshake;
  }

  Namespace namespace() {
    return namespace;
  }

  /** Returns the characters and bytes of the packets that came before the decision. */
  int heldSize() {
    return heldSize;
  }

  /** Keeps a packet that came before the decision. */
  void hold(Packet packet, int size, int sizeMax) throws PacketFormatException {
    if (held.isEmpty()) {
      held = new ArrayList<>(4);
    }
    if (held.size() >= HELD_PACKETS_MAX || size > sizeMax - heldSize) {
      throw new PacketFormatException("too many packets before the namespace was entered");
    }
    held.add(packet);
    heldSize += size;
  }

  /** Asks the next middleware, or enters when there is none left. */
  void next() {
    if (at >= namespace.middlewares().size()) {
      accepted();
      return;
    }
    Middleware middleware = namespace.middlewares().get(at++);
    CompletionStage<Admission> verdict;
    try {
      verdict = middleware.admit(handshake);
    } catch (RuntimeException e) {
      log.error("a middleware of namespace {} failed", namespace.name(), e);
      decided(FAILED);
      return;
    }
    Lane lane = connection.lane();
    var _ =
        verdict.whenComplete((admission, failure) -> {
          if (failure != null) {
            log.error("a middleware of namespace {} failed", namespace.name(), failure);
          }
          Admission decision = failure == null ? admission : FAILED;
          if (lane.loop().inEventLoop()) {
            decided(decision);
          } else {
            lane.post(() -> decided(decision));
          }
        });
  }

  private void decided(Admission admission) {
    if (!connection.isPending(this)) {
      return;
    }
    if (admission.accepted()) {
      next();
      return;
    }
    connection.endAdmission(this);
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", admission.message());
    JsonNode data = admission.data();
    if (data != null) {
      error.put("data", data);
    }
    connection.sendControl(PacketType.CONNECT_ERROR, namespace.name(), Json.tree(error));
  }

  private void accepted() {
    Recovery recovery = namespace.recovery();
    JsonNode pid = handshake.auth().path("pid");
    JsonNode offset = handshake.auth().path("offset");
    if (recovery == null || !pid.isString() || !offset.isString()) {
      enter(null);
      return;
    }
    recovery.restore(
        pid.stringValue(),
        offset.stringValue(),
        restored -> connection.lane().post(() -> enter(restored)));
  }

  private void enter(Recovery.@Nullable Restored restored) {
    if (!connection.isPending(this)) {
      if (restored != null) {
        restored.missed().forEach(Frame::release);
      }
      return;
    }
    connection.endAdmission(this);
    Recovery.Saved saved = restored == null ? null : restored.saved();
    String id = saved == null ? Ids.next() : saved.id();
    String pid = saved != null ? saved.pid() : namespace.recovery() == null ? null : Ids.next();
    var socket = new Socket(connection, namespace, handshake, id, pid, saved != null);
    connection.add(socket);
    namespace.sockets(connection.lane()).add(socket);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sid", id);
    if (pid != null) {
      answer.put("pid", pid);
    }
    connection.sendControl(PacketType.CONNECT, namespace.name(), Json.tree(answer));
    if (restored != null) {
      socket.restore(restored.saved());
      for (Frame frame : restored.missed()) {
        connection.send(frame, false, 0);
        frame.release();
      }
    }
    namespace.entered(socket);
    socket.forgetAuth();
    connection.replay(held);
  }
}
