package dev.watchnchill.server.runtime.session;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.wire.EventClass;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one connection (rules RL5, RL8, RL23). They last as long as its Engine.IO session:
 * a client that leaves the namespace and enters it again finds them as they were. Used by one
 * thread at a time.
 */
public final class ConnectionLimits {
  private static final int CONNECTS_BURST = 10;
  private static final double CONNECTS_PER_SECOND = 1;

  /** Far beyond what a user or a faulty page causes. */
  private static final int REFUSED_BURST = 2_000;

  private static final double REFUSED_PER_SECOND = 50;

  private final ClientKey client;
  private final double scale;
  private final TokenBuckets buckets;
  private final @Nullable TokenBuckets addressBuckets;
  private double connects = CONNECTS_BURST;
  private long connectsAtMs;
  private double refusals;
  private long refusalsAtMs;
  private boolean closed;

  /**
   * Creates limits that only this connection counts for.
   *
   * @param client the address that the connection counts for
   * @param scale multiplies every limit
   */
  public ConnectionLimits(ClientKey client, double scale) {
    this(client, scale, null);
  }

  /**
   * @param addressBuckets shared by all connections of the address, or null
   */
  ConnectionLimits(ClientKey client, double scale, @Nullable TokenBuckets addressBuckets) {
    this.client = client;
    this.scale = scale;
    this.addressBuckets = addressBuckets;
    this.buckets = new TokenBuckets(scale);
    this.connects = CONNECTS_BURST * scale;
    this.refusals = REFUSED_BURST * scale;
  }

  /** Returns the address that the connection counts for. */
  public ClientKey client() {
    return client;
  }

  /** Takes one token, as {@link #mayDo(EventClass, int, long)} does. */
  public boolean mayDo(EventClass eventClass, long nowMs) {
    return mayDo(eventClass, 1, nowMs);
  }

  /**
   * Takes tokens of an event class; false when the connection, or its address with all its
   * connections, is too fast (rules RL5, RL23).
   */
  public boolean mayDo(EventClass eventClass, int tokens, long nowMs) {
    if (!buckets.take(eventClass, tokens, nowMs)) {
      return false;
    }
    TokenBuckets shared = addressBuckets;
    if (shared == null) {
      return true;
    }
    synchronized (shared) {
      return shared.take(eventClass, tokens, nowMs);
    }
  }

  /** Counts one CONNECT; false when there were too many (rule RL8). */
  public boolean mayConnect(long nowMs) {
    double burst = Math.max(1, CONNECTS_BURST * scale);
    connects = filled(connects, burst, CONNECTS_PER_SECOND * scale, nowMs - connectsAtMs);
    connectsAtMs = nowMs;
    if (connects < 1) {
      return false;
    }
    connects--;
    return true;
  }

  /** Counts one rejected event; false when there were so many that the connection has to end. */
  public boolean mayGoOn(long nowMs) {
    double burst = Math.max(1, REFUSED_BURST * scale);
    refusals = filled(refusals, burst, REFUSED_PER_SECOND * scale, nowMs - refusalsAtMs);
    refusalsAtMs = nowMs;
    if (refusals < 1) {
      return false;
    }
    refusals--;
    return true;
  }

  private static double filled(double tokens, double burst, double perSecond, long passedMs) {
    return Math.min(burst, tokens + Math.max(0, passedMs) * perSecond / 1_000);
  }

  /** Marks the connection as ended by the server; true the first time. */
  public boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  /** Returns whether the server has ended the connection, so that further input is ignored. */
  public boolean closed() {
    return closed;
  }
}
