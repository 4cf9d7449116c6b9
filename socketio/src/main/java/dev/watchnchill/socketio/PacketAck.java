package dev.watchnchill.socketio;

import dev.watchnchill.socketio.engine.EncodedFrame;
import dev.watchnchill.socketio.packet.Packet;
import dev.watchnchill.socketio.packet.PacketEncoder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Acknowledgement of one received packet. */
final class PacketAck implements Ack {
  /** Acknowledgement of packets whose client did not ask for one. */
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
    EncodedFrame frame = PacketEncoder.ack(socket.namespace().name(), id, args);
    if (sent.compareAndSet(false, true)) {
      socket
          .loopContext()
          .post(
              new Delivery(
                  socket.namespace().sockets(socket.loopContext()),
                  Recipients.single(socket),
                  frame,
                  DeliveryOptions.IMMEDIATE));
    } else {
      frame.release();
    }
  }
}
