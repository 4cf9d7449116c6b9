package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.limit.InboundRateBuckets;
import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
import dev.watchnchill.socketio.limit.TokenBucket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits what the client of one session sends: rates of packets and bytes, and memory for
 * incomplete input. Confined to the session's event loop, except {@link #isKept}.
 */
public final class InboundLimiter {
  private static final Logger log = LoggerFactory.getLogger(InboundLimiter.class);

  /**
   * Packets of one connection that are handled in one pass of the event loop, so that other
   * connections have their turn between them.
   */
  static final int PACKETS_PER_PASS = 4;

  private final EngineServer server;
  private final EngineSession session;
  private final int bucketIndex;

  /** State of the session's buckets, see {@link TokenBucket}. */
  private long packetsFullAtNanos;

  private long bytesFullAtNanos;

  /** Bytes that are counted in the {@link MemoryPressureMonitor} for this session. */
  private int bufferedBytes;

  private boolean awaitingAttachments;
  private volatile boolean kept;

  InboundLimiter(EngineServer server, EngineSession session, int bucketIndex) {
    this.server = server;
    this.session = session;
    this.bucketIndex = bucketIndex;
  }

  /** Starts the limits of a session that opens. */
  void begin(long nowNanos) {
    packetsFullAtNanos = nowNanos;
    bytesFullAtNanos = nowNanos;
    session.loopContext().sheddable.add(session);
  }

  /** Ends the limits of a session that has closed. */
  void end() {
    if (!kept) {
      session.loopContext().sheddable.remove(session);
    }
    if (awaitingAttachments) {
      attachmentsComplete();
    }
    server.memory().add(-bufferedBytes);
    bufferedBytes = 0;
  }

  /**
   * Takes received packets and bytes from the session's and the client's buckets, before the input
   * is processed. Closes the session when it is over its budget.
   *
   * <p>A client within the rules of its application never exceeds the budget. Reading more slowly
   * instead of closing would keep the frames of an attacker in memory.
   *
   * <p>When all sessions of a client together are over the client's budget, its sessions that are
   * not kept are closed, and kept ones that have used half of their own budget.
   *
   * @return false when the session has ended
   */
  boolean tryReceive(int packetCount, int byteCount) {
    if (!session.isOpen()) {
      return false;
    }
    InboundRateBuckets rateBuckets = server.rateBuckets();
    long now = session.loopContext().nowNanos();
    packetsFullAtNanos = rateBuckets.sessionPackets().take(packetsFullAtNanos, now, packetCount);
    bytesFullAtNanos = rateBuckets.sessionBytes().take(bytesFullAtNanos, now, byteCount);
    boolean over =
        rateBuckets.sessionPackets().isOverdrawn(packetsFullAtNanos, now)
            || rateBuckets.sessionBytes().isOverdrawn(bytesFullAtNanos, now);
    if (!rateBuckets.takeFromClient(bucketIndex, now, packetCount, byteCount)) {
      over |=
          !kept
              || rateBuckets.sessionPackets().isBelowHalf(packetsFullAtNanos, now)
              || rateBuckets.sessionBytes().isBelowHalf(bytesFullAtNanos, now);
    }
    if (over) {
      log.debug("over budget");
      session.close(CloseReason.OVER_BUDGET);
    }
    return !over;
  }

  /**
   * Counts bytes that the server holds for this session while input is incomplete; negative for
   * bytes that were released.
   */
  public void addBuffered(int bytes) {
    if (session.isOpen() && bytes != 0) {
      bufferedBytes += bytes;
      server.memory().add(bytes);
    }
  }

  /** Starts the timeout for the attachments of a packet. */
  public void awaitAttachments() {
    awaitingAttachments = true;
    session.loopContext().awaitingAttachments.add(session, session.loopContext().nowNanos());
  }

  /** Cancels the timeout for attachments. */
  public void attachmentsComplete() {
    awaitingAttachments = false;
    session.loopContext().awaitingAttachments.remove(session);
  }

  /** Sets whether the session stays connected while memory is short. */
  public void setKept(boolean keep) {
    if (session.isOpen() && keep != kept) {
      kept = keep;
      if (keep) {
        session.loopContext().sheddable.remove(session);
      } else {
        session.loopContext().sheddable.add(session);
      }
    }
  }

  /** Returns whether the session stays connected while memory is short. Any thread. */
  boolean isKept() {
    return kept;
  }

  /**
   * Returns whether binary packets are accepted. If not, they are rejected before they are
   * collected.
   */
  boolean acceptsBinary() {
    return server.config().acceptsBinary();
  }

  /** Closes the session, because attachments have not arrived in time. */
  void attachmentsTimedOut() {
    log.debug("attachments did not come in time");
    session.close(CloseReason.PARSE_ERROR);
  }
}
