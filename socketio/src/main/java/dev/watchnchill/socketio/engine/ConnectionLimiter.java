package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.limit.AddressKey;
import dev.watchnchill.socketio.limit.ConnectionMetrics;
import dev.watchnchill.socketio.limit.ConnectionSettings;
import dev.watchnchill.socketio.limit.FileDescriptorLimit;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the TCP connections of a server, per address and in total, and rejects those above the
 * limits.
 *
 * <p>When nearly all connections are taken, each new one evicts an idle one: connections that are
 * closing, then those that wait for a request, then sessions that have entered no namespace, the
 * oldest first.
 */
public final class ConnectionLimiter {
  private static final Logger log = LoggerFactory.getLogger(ConnectionLimiter.class);
  private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Time that a connection has for its first request before it may be evicted. */
  private static final long IDLE_MIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Share of all connections that evictions keep free: one in twenty. */
  private static final int HEADROOM = 20;

  private final ConnectionSettings settings;
  private final List<EventLoopContext> loopContexts;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final Map<AddressKey, Integer> byAddress = new ConcurrentHashMap<>();
  private final LongAdder rejectedByAddress = new LongAdder();
  private final LongAdder rejectedByTotal = new LongAdder();
  private final LongAdder evicted = new LongAdder();
  private final LongAdder acceptFailures = new LongAdder();
  private final LongAdder proxyHeadersRejected = new LongAdder();
  private final Map<String, AtomicLong> loggedNanos = new ConcurrentHashMap<>();
  private final AtomicInteger nextLoop = new AtomicInteger();
  private volatile int max = Integer.MAX_VALUE;
  private volatile Runnable onClose = () -> {};

  ConnectionLimiter(ConnectionSettings settings, List<EventLoopContext> loopContexts) {
    this.settings = settings;
    this.loopContexts = loopContexts;
    if (settings.connectionsMax() > 0) {
      max = settings.connectionsMax();
    }
  }

  /**
   * Starts to determine the limit of the process, when no other limit is set. Does not wait for the
   * result.
   */
  void start() {
    if (settings.connectionsMax() == 0) {
      Thread.ofPlatform()
          .daemon()
          .name("file-descriptor-limit")
          .start(() -> max = FileDescriptorLimit.connections());
    }
  }

  /** Sets an action that runs whenever a connection has closed, on any thread. */
  void onClose(Runnable action) {
    onClose = action;
  }

  /** Returns whether an address belongs to a trusted reverse proxy. */
  boolean isTrusted(InetAddress address) {
    return settings.trustedPeers().test(address);
  }

  /** Counts an accepted connection; returns false when there are too many. */
  boolean admit(Channel channel, InetAddress address) {
    int now = connections.get();
    int limit = max;
    if (now >= limit - limit / HEADROOM) {
      evictIdle();
    }
    if (now >= limit) {
      rejectedByTotal.increment();
      warn("total", "{} connections are open, which is the limit: new ones are closed", now);
      return false;
    }
    if (!countAddress(channel, address)) {
      return false;
    }
    connections.incrementAndGet();
    open.add(channel);
    var _ =
        channel
            .closeFuture()
            .addListener(_ -> {
              open.remove(channel);
              connections.decrementAndGet();
              onClose.run();
            });
    return true;
  }

  /** Closes all open connections. Event loops do not always close theirs when they end. */
  void closeAll() {
    open.forEach(ChannelOps::close);
  }

  /** Counts a connection for its address; returns false when the address has too many. */
  boolean countAddress(Channel channel, InetAddress address) {
    if (isTrusted(address)) {
      return true;
    }
    AddressKey key = AddressKey.of(address);
    int count = byAddress.merge(key, 1, Integer::sum);
    if (count > settings.connectionsPerAddressMax()) {
      discount(key);
      rejectedByAddress.increment();
      warn("address", "an address has {} connections: more of its are closed", count - 1);
      return false;
    }
    var _ = channel.closeFuture().addListener(_ -> discount(key));
    return true;
  }

  private void discount(AddressKey key) {
    byAddress.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Closes one idle connection, of any event loop. */
  void evictIdle() {
    evict(Math.floorMod(nextLoop.getAndIncrement(), loopContexts.size()), loopContexts.size());
  }

  private void evict(int loopNumber, int tries) {
    EventLoopContext at = loopContexts.get(loopNumber);
    at.post(() -> {
      if (at.evictOldest(at.nowNanos() - IDLE_MIN_NANOS)) {
        evicted.increment();
      } else if (tries > 1) {
        evict((loopNumber + 1) % loopContexts.size(), tries - 1);
      }
    });
  }

  /** Records that a connection could not be accepted, and evicts an idle one. */
  void acceptFailed(Throwable cause) {
    acceptFailures.increment();
    warn(
        "accept",
        "no connection can be accepted, with {} open; idle ones are closed: {}",
        connections.get(),
        String.valueOf(cause.getMessage()));
    evictIdle();
  }

  /** Records that a connection is closed because of its PROXY header. */
  void proxyHeaderRejected(String reason) {
    proxyHeadersRejected.increment();
    warn("proxy", "a connection is closed: {}", reason);
  }

  /** Logs each kind of warning once a minute at most, because clients can cause it at any rate. */
  private void warn(String kind, String message, Object... values) {
    long now = loopContexts.getFirst().nowNanos();
    AtomicLong last = loggedNanos.computeIfAbsent(kind, _ -> new AtomicLong(now - LOG_EVERY_NANOS));
    long before = last.get();
    if (now - before >= LOG_EVERY_NANOS && last.compareAndSet(before, now)) {
      log.warn(message, values);
    }
  }

  /** Returns the current counters. */
  public ConnectionMetrics metrics() {
    return new ConnectionMetrics(
        connections.get(),
        rejectedByAddress.sum(),
        rejectedByTotal.sum(),
        evicted.sum(),
        acceptFailures.sum(),
        proxyHeadersRejected.sum());
  }

  /** Returns the number of addresses with open connections. */
  int addresses() {
    return byAddress.size();
  }
}
