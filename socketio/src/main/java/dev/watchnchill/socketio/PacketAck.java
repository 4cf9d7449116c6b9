package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.Frame;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketEncoder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The reply slot of a packet with an acknowledgement id. */
final class PacketAck implements Ack {
  /** The reply slot of packets without one. */
  static final Ack NOT_REQUESTED =
      new Ack() {
        @Override
        public boolean requested() {
          return false;
        }

        @Override
        public void send(@Nullable Object... args) {}
      };

  private final Socket socket;
  private final long id;
  private final AtomicBoolean sent = new AtomicBoolean();

  PacketAck(Socket socket, long id) {
    this.socket = socket;
    this.id = id;
  }

  @Override
  public boolean requested() {
    return id != Packet.NO_ACK;
  }

  @Override
  public void send(@Nullable Object... args) {
    if (sent.get()) {
      return;
    }
    Frame frame = PacketEncoder.ack(socket.namespace().name(), id, args);
    if (sent.compareAndSet(false, true)) {
      socket
          .lane()
          .post(
              new Delivery(
                  socket.namespace().sockets(socket.lane()),
                  Targets.one(socket),
                  frame,
                  Urgency.NOW));
    } else {
      frame.release();
    }
  }
}
