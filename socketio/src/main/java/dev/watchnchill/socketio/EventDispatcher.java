package dev.watchnchill.socketio;

import dev.watchnchill.socketio.packet.Packet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Passes received events to their listeners. Confined to the socket's event loop. */
final class EventDispatcher {
  private static final Logger log = LoggerFactory.getLogger(EventDispatcher.class);

  private EventDispatcher() {}

  /**
   * Calls the listeners of an event: the socket's own, then that of its namespace; the listener for
   * unhandled events if there is neither. An exception of a listener is logged.
   */
  static void dispatch(Socket socket, Packet packet) {
    List<JsonNode> values = List.copyOf(packet.data().values());
    JsonNode name = values.getFirst();
    String event = name.isString() ? name.stringValue() : name.toString();
    var args = new EventArgs(values.subList(1, values.size()));
    Ack ack =
        packet.ackId() == Packet.NO_ACK
            ? PacketAck.NOT_REQUESTED
            : new PacketAck(socket, packet.ackId());
    EventListener own = socket.listener(event);
    NamespaceEventListener shared = socket.namespace().listener(event);
    UnhandledEventListener unhandled = socket.unhandledEventListener();
    try {
      if (own != null) {
        own.on(args, ack);
      }
      if (shared != null) {
        shared.on(socket, args, ack);
      }
      if (own == null && shared == null && unhandled != null) {
        unhandled.on(event, args, ack);
      }
    } catch (RuntimeException e) {
      log.error("a listener of namespace {} failed", socket.namespace().name(), e);
    }
  }
}
