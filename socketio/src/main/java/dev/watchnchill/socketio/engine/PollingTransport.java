package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long-polling transport of a session: a queue of frames for the next poll, and the pending
 * poll that waits for the next frame. Confined to the session's event loop, except {@link
 * #posting}.
 */
final class PollingTransport {
  private static final Logger log = LoggerFactory.getLogger(PollingTransport.class);

  /** Time that a poll during an upgrade waits before a noop packet ends it. */
  private static final long UPGRADE_POLL_HOLD_MS = 100;

  private record QueuedFrame(EncodedFrame frame, boolean droppable) {}

  /** Whether a POST is in progress. A second POST at the same time closes the session. */
  final AtomicBoolean posting = new AtomicBoolean();

  private final EngineSession session;
  private final ArrayDeque<QueuedFrame> queue = new ArrayDeque<>();
  private int queuedBytes;
  private @Nullable HttpExchange pendingPoll;

  PollingTransport(EngineSession session) {
    this.session = session;
  }

  // ---- requests of an open session ----

  /**
   * Handles a poll: answers it when frames are queued, else keeps it pending.
   *
   * @param upgrading whether an upgrade to websocket is in progress
   */
  void onPoll(HttpExchange exchange, boolean upgrading) {
    HttpExchange first = pendingPoll;
    if (first != null) {
      // Overlapping polls close the session. The poll that was sent first gets the close packet,
      // in whatever order the event loops have read the two.
      boolean inOrder = first.sentNanos() - exchange.sentNanos() <= 0;
      pendingPoll = inOrder ? first : exchange;
      session.close(CloseReason.TRANSPORT_ERROR);
      (inOrder ? exchange : first).error(EngineError.BAD_REQUEST);
      return;
    }
    pendingPoll = exchange;
    if (!queue.isEmpty()) {
      flush();
    } else if (upgrading) {
      var _ =
          session
              .loopContext()
              .loop()
              .schedule(() -> endWithNoop(exchange), UPGRADE_POLL_HOLD_MS, TimeUnit.MILLISECONDS);
    }
  }

  /** Ends the pending poll with a noop packet. */
  void endPollWithNoop() {
    HttpExchange pending = pendingPoll;
    if (pending != null) {
      endWithNoop(pending);
    }
  }

  private void endWithNoop(HttpExchange exchange) {
    if (pendingPoll == exchange) {
      pendingPoll = null;
      exchange.payload(HttpExchange.ascii("6"));
    }
  }

  /** Answers the pending poll, if frames are queued. */
  void flush() {
    if (!queue.isEmpty()) {
      HttpExchange pending = takePoll();
      if (pending != null) {
        pending.payload(drain(""));
      }
    }
  }

  /**
   * Handles the packets of a POST.
   *
   * @param packets null for a body that could not be read
   * @param bytes size of the body
   */
  void onPost(HttpExchange exchange, @Nullable List<String> packets, int bytes) {
    if (packets != null && !session.inbound().tryReceive(packets.size(), bytes)) {
      posting.set(false);
      exchange.error(EngineError.BAD_REQUEST);
      return;
    }
    onPackets(exchange, packets, 0);
  }

  private void onPackets(HttpExchange exchange, @Nullable List<String> packets, int from) {
    boolean readable = packets != null;
    if (packets != null) {
      int size = packets.size();
      int end = Math.min(from + InboundLimiter.PACKETS_PER_PASS, size);
      for (int i = from; readable && session.isOpen() && i < end; i++) {
        readable = onPacket(packets.get(i));
      }
      if (readable && session.isOpen() && end < size) {
        // A task given to execute() would still run in this pass.
        var _ =
            session
                .loopContext()
                .loop()
                .schedule(() -> onPackets(exchange, packets, end), 0, TimeUnit.NANOSECONDS);
        return;
      }
    }
    posting.set(false);
    if (readable) {
      exchange.ok();
    } else {
      log.debug("body is not a sequence of packets");
      session.close(CloseReason.PARSE_ERROR);
      exchange.error(EngineError.BAD_REQUEST);
    }
  }

  private boolean onPacket(String packet) {
    if (packet.isEmpty() || packet.charAt(0) != 'b') {
      return session.onTextPacket(packet);
    }
    byte[] data = PollingPayload.binary(packet);
    if (data != null) {
      session.onBinaryPacket(data);
    }
    return data != null;
  }

  // ---- queue and pending poll ----

  /** Returns the size of the queued frames in bytes. */
  int queuedBytes() {
    return queuedBytes;
  }

  /** Removes and returns the pending poll. */
  @Nullable HttpExchange takePoll() {
    HttpExchange taken = pendingPoll;
    pendingPoll = null;
    return taken;
  }

  /** Returns whether the pending poll came on this connection. */
  boolean isPolledBy(ChannelHandlerContext ctx) {
    HttpExchange pending = pendingPoll;
    return pending != null && pending.ctx().equals(ctx);
  }

  /** Queues a frame. The queue adds its own reference. */
  void enqueue(EncodedFrame frame, boolean droppable) {
    frame.retain();
    queue.add(new QueuedFrame(frame, droppable));
    queuedBytes += frame.size();
  }

  /** Drops the queued volatile frames; returns their number. */
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

  private @Nullable EncodedFrame next() {
    QueuedFrame queued = queue.poll();
    if (queued == null) {
      return null;
    }
    queuedBytes -= queued.frame().size();
    return queued.frame();
  }

  /** Sends the queued frames through a websocket that takes the session over. */
  void moveTo(WebSocketTransport successor) {
    HttpExchange late = takePoll();
    if (late != null) {
      late.error(EngineError.BAD_REQUEST);
    }
    for (EncodedFrame frame = next(); frame != null; frame = next()) {
      successor.send(frame);
      frame.release();
    }
    successor.flush();
  }

  /** Removes all queued frames and returns them as one payload, followed by {@code lastPacket}. */
  ByteBuf drain(String lastPacket) {
    ByteBuf payload = ByteBufAllocator.DEFAULT.buffer(queuedBytes + queue.size() + 8);
    for (EncodedFrame frame = next(); frame != null; frame = next()) {
      if (payload.isReadable()) {
        payload.writeByte(PollingPayload.SEPARATOR);
      }
      frame.appendTo(payload);
      frame.release();
    }
    if (!lastPacket.isEmpty()) {
      if (payload.isReadable()) {
        payload.writeByte(PollingPayload.SEPARATOR);
      }
      payload.writeBytes(lastPacket.getBytes(StandardCharsets.US_ASCII));
    }
    return payload;
  }

  /** Drops all queued frames. */
  void releaseAll() {
    for (EncodedFrame frame = next(); frame != null; frame = next()) {
      frame.release();
    }
  }
}
