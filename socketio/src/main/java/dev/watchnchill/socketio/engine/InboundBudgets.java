package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.RateBudget;
import dev.watchnchill.socketio.SocketIoConfig;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The budgets of what clients send: the meters of single sessions, and the buckets of clients with
 * all their sessions. Any thread.
 *
 * <p>A client's bucket is found by a hash of its key, in a table of fixed size: nothing is kept for
 * a client, and opening sessions anew does not give fresh buckets. Two clients may share a bucket.
 * That harms only those who would be over half of their own budget or are not kept under pressure
 * (see {@link InboundLimiter#mayReceive}), while the other is attacking; a random seed keeps
 * attackers from choosing whom they share with.
 */
final class InboundBudgets {
  private static final int CLIENTS = 16_384;

  final RateMeter packets;
  final RateMeter bytes;
  private final RateMeter clientPackets;
  private final RateMeter clientBytes;
  private final AtomicLongArray fullAtNanos = new AtomicLongArray(2 * CLIENTS);
  private final int seed = new SecureRandom().nextInt();

  InboundBudgets(SocketIoConfig config, long nowNanos) {
    RateBudget session = config.inbound().connection();
    RateBudget client = config.inbound().client();
    int payload = config.maxPayloadBytes();
    this.packets = new RateMeter(session.packetsPerSecond(), session.packetsBurst());
    this.bytes = bytesMeter(session, payload);
    this.clientPackets = new RateMeter(client.packetsPerSecond(), client.packetsBurst());
    this.clientBytes = bytesMeter(client, payload);
    for (int i = 0; i < fullAtNanos.length(); i++) {
      fullAtNanos.set(i, nowNanos);
    }
  }

  private static RateMeter bytesMeter(RateBudget budget, int payload) {
    return new RateMeter(budget.bytesPerSecond(), Math.max(budget.bytesBurst(), payload));
  }

  /** Returns the place of the bucket of that client. */
  int place(String clientKey) {
    int mixed = (clientKey.hashCode() ^ seed) * 0x9E3779B9;
    return (mixed >>> 18) * 2;
  }

  /** Takes from a client's bucket; false when it held less. */
  boolean takeOfClient(int place, long nowNanos, int packetCount, int byteCount) {
    boolean packetsLeft = take(clientPackets, place, nowNanos, packetCount);
    boolean bytesLeft = take(clientBytes, place + 1, nowNanos, byteCount);
    return packetsLeft && bytesLeft;
  }

  private boolean take(RateMeter meter, int index, long nowNanos, int units) {
    while (true) {
      long before = fullAtNanos.get(index);
      long after = meter.take(before, nowNanos, units);
      boolean overdrawn = meter.isOverdrawn(after, nowNanos);
      long kept = overdrawn ? meter.emptiest(nowNanos) : after;
      if (fullAtNanos.compareAndSet(index, before, kept)) {
        return !overdrawn;
      }
    }
  }
}
