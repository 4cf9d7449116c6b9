package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits what the client of one session sends: its budgets of packets and bytes, and what it makes
 * the server hold. Confined to the session's event loop, but for {@link #isKept}.
 */
public final class InboundLimiter {
  private static final Logger log = LoggerFactory.getLogger(InboundLimiter.class);

  private final EngineServer server;
  private final EngineSession session;
  private final int clientPlace;

  /** State of the session's token buckets, see {@link RateMeter}. */
  private long packetsFullAtNanos;

  private long bytesFullAtNanos;

  /** Bytes that are counted in {@link MemoryGuard} for this session. */
  private int held;

  private boolean awaitsAttachments;
  private volatile boolean kept;

  /**
   * @param clientPlace the place of its client's bucket in {@link InboundBudgets}
   */
  InboundLimiter(EngineServer server, EngineSession session, int clientPlace) {
    this.server = server;
    this.session = session;
    this.clientPlace = clientPlace;
  }

  /** The session opens. */
  void begin(long nowNanos) {
    packetsFullAtNanos = nowNanos;
    bytesFullAtNanos = nowNanos;
    session.lane().strangers.add(session);
  }

  /** The session has ended. */
  void end() {
    if (!kept) {
      session.lane().strangers.remove(session);
    }
    if (awaitsAttachments) {
      hasAttachments();
    }
    server.memory().add(-held);
    held = 0;
  }

  /**
   * Counts what has come, before it is looked at. A session that is over its budget is closed: a
   * client within the rules of its application never is, and one that is told to slow down and does
   * not is hostile. To stop reading instead would keep its frames, and those of others behind the
   * same address, waiting in memory.
   *
   * <p>A client that is over the budget of all its sessions together loses those that are not kept,
   * and of the others the ones that have used half of their own budget.
   *
   * @return false when the session has ended, or ends for this
   */
  boolean mayReceive(int packetCount, int byteCount) {
    if (!session.isOpen()) {
      return false;
    }
    InboundBudgets budgets = server.budgets();
    long now = session.lane().nowNanos();
    packetsFullAtNanos = budgets.packets.take(packetsFullAtNanos, now, packetCount);
    bytesFullAtNanos = budgets.bytes.take(bytesFullAtNanos, now, byteCount);
    boolean over =
        budgets.packets.isOverdrawn(packetsFullAtNanos, now)
            || budgets.bytes.isOverdrawn(bytesFullAtNanos, now);
    if (!budgets.takeOfClient(clientPlace, now, packetCount, byteCount)) {
      over |=
          !kept
              || budgets.packets.isBelowHalf(packetsFullAtNanos, now)
              || budgets.bytes.isBelowHalf(bytesFullAtNanos, now);
    }
    if (over) {
      log.debug("over budget");
      session.close(CloseReason.OVER_BUDGET);
    }
    return !over;
  }

  /**
   * Counts bytes that the server holds for this session until something else comes, or holds no
   * longer when negative.
   */
  public void holds(int bytes) {
    if (session.isOpen() && bytes != 0) {
      held += bytes;
      server.memory().add(bytes);
    }
  }

  /** Gives the attachments that a packet waits for their deadline. */
  public void awaitsAttachments() {
    awaitsAttachments = true;
    session.lane().incomplete.add(session, session.lane().nowNanos());
  }

  /** The attachments have come. */
  public void hasAttachments() {
    awaitsAttachments = false;
    session.lane().incomplete.remove(session);
  }

  /** Sets whether the session stays while memory is short. */
  public void keep(boolean keep) {
    if (session.isOpen() && keep != kept) {
      kept = keep;
      if (keep) {
        session.lane().strangers.remove(session);
      } else {
        session.lane().strangers.add(session);
      }
    }
  }

  /** Whether the session stays while memory is short. Any thread. */
  boolean isKept() {
    return kept;
  }

  /** Whether a binary packet can mean anything: else it is refused before it is collected. */
  boolean takesBinary() {
    return server.config().attachmentsMax() > 0;
  }

  void attachmentsTimedOut() {
    log.debug("attachments did not come in time");
    session.close(CloseReason.PARSE_ERROR);
  }
}
