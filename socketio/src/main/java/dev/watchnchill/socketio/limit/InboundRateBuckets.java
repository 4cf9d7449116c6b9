package dev.watchnchill.socketio.limit;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Token buckets for what clients send: the shared parameters of each session's buckets, and the
 * buckets of clients with all their sessions. Any thread.
 *
 * <p>A client's bucket is found by a hash of its key, in a table of fixed size. So nothing is
 * allocated for a client, and opening a new session does not give a full bucket. Two clients may
 * share a bucket. This affects only sessions that are not kept or have used half of their own
 * budget, while the other client is attacking. A random seed keeps attackers from choosing the
 * clients whose bucket they share.
 */
public final class InboundRateBuckets {
  private static final int CLIENTS = 16_384;

  private final TokenBucket sessionPackets;
  private final TokenBucket sessionBytes;
  private final TokenBucket clientPackets;
  private final TokenBucket clientBytes;
  private final AtomicLongArray fullAtNanos = new AtomicLongArray(2 * CLIENTS);
  private final int seed = new SecureRandom().nextInt();

  /**
   * Creates full buckets.
   *
   * @param payloadBytesMax size of the largest payload, which always fits into a full bucket
   */
  public InboundRateBuckets(InboundLimits limits, int payloadBytesMax, long nowNanos) {
    RateBudget session = limits.connection();
    RateBudget client = limits.client();
    this.sessionPackets = new TokenBucket(session.packetsPerSecond(), session.packetsBurst());
    this.sessionBytes = byteBucket(session, payloadBytesMax);
    this.clientPackets = new TokenBucket(client.packetsPerSecond(), client.packetsBurst());
    this.clientBytes = byteBucket(client, payloadBytesMax);
    for (int i = 0; i < fullAtNanos.length(); i++) {
      fullAtNanos.set(i, nowNanos);
    }
  }

  /** Returns the parameters of each session's packet bucket. */
  public TokenBucket sessionPackets() {
    return sessionPackets;
  }

  /** Returns the parameters of each session's byte bucket. */
  public TokenBucket sessionBytes() {
    return sessionBytes;
  }

  private static TokenBucket byteBucket(RateBudget budget, int payloadBytesMax) {
    return new TokenBucket(budget.bytesPerSecond(), Math.max(budget.bytesBurst(), payloadBytesMax));
  }

  /** Returns the index of the bucket of a client. */
  public int bucketIndex(String clientKey) {
    int mixed = (clientKey.hashCode() ^ seed) * 0x9E3779B9;
    return (mixed >>> 18) * 2;
  }

  /** Takes packets and bytes from a client's buckets; returns false when a bucket held less. */
  public boolean takeFromClient(int bucketIndex, long nowNanos, int packetCount, int byteCount) {
    boolean packetsLeft = take(clientPackets, bucketIndex, nowNanos, packetCount);
    boolean bytesLeft = take(clientBytes, bucketIndex + 1, nowNanos, byteCount);
    return packetsLeft && bytesLeft;
  }

  private boolean take(TokenBucket bucket, int index, long nowNanos, int units) {
    while (true) {
      long before = fullAtNanos.get(index);
      long after = bucket.take(before, nowNanos, units);
      boolean overdrawn = bucket.isOverdrawn(after, nowNanos);
      long kept = overdrawn ? bucket.emptyFullAtNanos(nowNanos) : after;
      if (fullAtNanos.compareAndSet(index, before, kept)) {
        return !overdrawn;
      }
    }
  }
}
