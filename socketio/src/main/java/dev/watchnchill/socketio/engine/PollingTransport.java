package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long-polling side of a session: what waits for the next poll, and the poll that waits for
 * what comes next. Also handles the polls and POSTs of an open session. Confined to the session's
 * event loop, but for {@link #posting}.
 */
final class PollingTransport {
  private static final Logger log = LoggerFactory.getLogger(PollingTransport.class);

  /** Time that a poll which comes during an upgrade waits before a noop ends it. */
  private static final long UPGRADE_POLL_HOLD_MS = 100;

  private record Queued(Frame frame, boolean droppable) {}

  /** Whether a POST is being received or handled; a second one meanwhile is a fault. Any thread. */
  final AtomicBoolean posting = new AtomicBoolean();

  private final EngineSession session;
  private final ArrayDeque<Queued> queue = new ArrayDeque<>();
  private int queuedBytes;
  private @Nullable HttpExchange poll;

  PollingTransport(EngineSession session) {
    this.session = session;
  }

  // ---- requests of an open session ----

  /**
   * Receives a poll.
   *
   * @param upgrading whether a websocket is about to take the session over
   */
  void onPoll(HttpExchange exchange, boolean upgrading) {
    HttpExchange waiting = poll;
    if (waiting != null) {
      // Two polls at once. The one sent first is told, the other refused, however they were
      // scheduled.
      boolean inOrder = waiting.sentNanos() - exchange.sentNanos() <= 0;
      poll = inOrder ? waiting : exchange;
      session.close(CloseReason.TRANSPORT_ERROR);
      (inOrder ? exchange : waiting).error(EngineError.BAD_REQUEST);
      return;
    }
    poll = exchange;
    if (!queue.isEmpty()) {
      flush();
    } else if (upgrading) {
      var _ =
          session
              .lane()
              .loop()
              .schedule(() -> noop(exchange), UPGRADE_POLL_HOLD_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends a poll with a packet that says nothing, if that poll still waits. */
  void noop(HttpExchange exchange) {
    if (poll == exchange) {
      poll = null;
      exchange.payload(HttpExchange.ascii("6"));
    }
  }

  /** Answers the poll that waits, if there are frames for it. */
  void flush() {
    if (!queue.isEmpty()) {
      HttpExchange waiting = takePoll();
      if (waiting != null) {
        waiting.payload(drain(""));
      }
    }
  }

  /**
   * Handles the packets of a POST; null stands for a body that could not be read.
   *
   * @param bytes size of the body
   */
  void onPost(HttpExchange exchange, @Nullable List<String> packets, int bytes) {
    if (packets != null && !session.inbound().mayReceive(packets.size(), bytes)) {
      posting.set(false);
      exchange.error(EngineError.BAD_REQUEST);
      return;
    }
    boolean readable = packets != null;
    if (packets != null) {
      for (int i = 0; readable && session.isOpen() && i < packets.size(); i++) {
        readable = onPacket(packets.get(i));
      }
    }
    posting.set(false);
    if (readable) {
      exchange.ok();
    } else {
      log.debug("body is no sequence of packets");
      session.close(CloseReason.PARSE_ERROR);
      exchange.error(EngineError.BAD_REQUEST);
    }
  }

  private boolean onPacket(String packet) {
    if (packet.isEmpty() || packet.charAt(0) != 'b') {
      return session.onTextPacket(packet);
    }
    byte[] data = Payloads.binary(packet);
    if (data != null) {
      session.onBinaryPacket(data);
    }
    return data != null;
  }

  // ---- the queue and the poll ----

  int queuedBytes() {
    return queuedBytes;
  }

  @Nullable HttpExchange poll() {
    return poll;
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
