package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The long-polling side of a session: what waits for the next poll, and the poll that waits for
 * what comes next. Confined to the session's event loop, but for {@link #posting}.
 */
final class PollingTransport {
  private record Queued(Frame frame, boolean droppable) {}

  /** Whether a POST is being received or handled; a second one meanwhile is a fault. Any thread. */
  final AtomicBoolean posting = new AtomicBoolean();

  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private int queuedBytes;
  private @Nullable HttpExchange poll;

  int queuedBytes() {
    return queuedBytes;
  }

  boolean isQueueEmpty() {
    return queue.isEmpty();
  }

  @Nullable HttpExchange poll() {
    return poll;
  }

  void setPoll(HttpExchange exchange) {
    poll = exchange;
  }

  @Nullable HttpExchange takePoll() {
    HttpExchange taken = poll;
    poll = null;
    return taken;
  }

  boolean isPolledBy(ChannelHandlerContext ctx) {
    HttpExchange waiting = poll;
    return waiting != null && waiting.ctx().equals(ctx);
  }

  /** Queues a frame; the queue has its own reference. */
  void enqueue(Frame frame, boolean droppable) {
    frame.retain();
    queue.add(new Queued(frame, droppable));
    queuedBytes += frame.size();
  }

  /** Drops the volatile frames that wait; returns how many. */
  int dropVolatile() {
    int before = queue.size();
    queue.removeIf(queued -> {
      if (queued.droppable()) {
        queuedBytes -= queued.frame().size();
        queued.frame().release();
      }
      return queued.droppable();
    });
    return before - queue.size();
  }

  /** The next frame in order; the caller takes over its reference. */
  @Nullable Frame next() {
    Queued queued = queue.poll();
    if (queued == null) {
      return null;
    }
    queuedBytes -= queued.frame().size();
    return queued.frame();
  }

  /** All that waits, as one payload, with this packet at its end unless it is empty. */
  ByteBuf drain(String lastPacket) {
    ByteBuf payload = ByteBufAllocator.DEFAULT.buffer(queuedBytes + queue.size() + 8);
    for (Frame frame = next(); frame != null; frame = next()) {
      if (payload.isReadable()) {
        payload.writeByte(Payloads.SEPARATOR);
      }
      frame.appendTo(payload);
      frame.release();
    }
    if (!lastPacket.isEmpty()) {
      if (payload.isReadable()) {
        payload.writeByte(Payloads.SEPARATOR);
      }
      payload.writeBytes(lastPacket.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return payload;
  }

  void releaseAll() {
    for (Frame frame = next(); frame != null; frame = next()) {
      frame.release();
    }
  }
}
