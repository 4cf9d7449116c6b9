package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.EdgeMetrics;
import dev.watchnchill.socketio.EdgeSettings;
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
 * Counts the TCP connections of a server, per address and in all, and refuses what is too many.
 *
 * <p>When nearly all are taken, each new connection costs an idle one its place: connections that
 * are ending, then those that wait for a request, then sessions that have entered no namespace, the
 * oldest first.
 */
public final class ConnectionLimit {
  private static final Logger log = LoggerFactory.getLogger(ConnectionLimit.class);
  private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Time that a connection has for its first request before another may take its place. */
  private static final long IDLE_MIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The part of all connections that is kept free by evictions: one in twenty. */
  private static final int HEADROOM = 20;

  private final EdgeSettings settings;
  private final List<Lane> lanes;
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final Map<AddressKey, Integer> byAddress = new ConcurrentHashMap<>();
  private final LongAdder refusedByAddress = new LongAdder();
  private final LongAdder refusedByTotal = new LongAdder();
  private final LongAdder evicted = new LongAdder();
  private final LongAdder acceptFailures = new LongAdder();
  private final LongAdder proxyHeadersRefused = new LongAdder();
  private final Map<String, AtomicLong> loggedNanos = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile int max = Integer.MAX_VALUE;
  private volatile Runnable onClose = () -> {};

  ConnectionLimit(EdgeSettings settings, List<Lane> lanes) {
    this.settings = settings;
    this.lanes = lanes;
    if (settings.connectionsMax() > 0) {
      max = settings.connectionsMax();
    }
  }

  /** Learns the limit of the process where no other is set; does not keep the start waiting. */
  void start() {
    if (settings.connectionsMax() == 0) {
      Thread.ofPlatform()
          .daemon()
          .name("descriptor-limit")
          .start(() -> max = DescriptorLimit.connections());
    }
  }

  /** Sets what is done whenever a connection has closed. Any thread runs it. */
  void onClose(Runnable action) {
    onClose = action;
  }

  /** Whether this address is a reverse proxy's. */
  boolean isTrusted(InetAddress address) {
    return settings.trustedPeers().test(address);
  }

  /** Counts an accepted connection, or says that there is no place for it. */
  boolean admit(Channel channel, InetAddress address) {
    int now = connections.get();
    int limit = max;
    if (now >= limit - limit / HEADROOM) {
      makeRoom();
    }
    if (now >= limit) {
      refusedByTotal.increment();
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

  /**
   * Closes all that is open. An event loop does not always do that when it ends: one that is told
   * so between two steps of its own leaves its connections as they are.
   */
  void closeAll() {
    open.forEach(Net::close);
  }

  /** Counts a connection for its address, or says that it has too many. */
  boolean countAddress(Channel channel, InetAddress address) {
    if (isTrusted(address)) {
      return true;
    }
    AddressKey key = AddressKey.of(address);
    int count = byAddress.merge(key, 1, Integer::sum);
    if (count > settings.connectionsPerAddressMax()) {
      discount(key);
      refusedByAddress.increment();
      warn("address", "an address has {} connections: more of its are closed", count - 1);
      return false;
    }
    var _ = channel.closeFuture().addListener(_ -> discount(key));
    return true;
  }

  private void discount(AddressKey key) {
    byAddress.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
  }

  /** Closes one idle connection, of whichever event loop has one. */
  void makeRoom() {
    evict(Math.floorMod(turn.getAndIncrement(), lanes.size()), lanes.size());
  }

  private void evict(int lane, int tries) {
    Lane at = lanes.get(lane);
    at.post(() -> {
      if (at.evictOldest(at.nowNanos() - IDLE_MIN_NANOS)) {
        evicted.increment();
      } else if (tries > 1) {
        evict((lane + 1) % lanes.size(), tries - 1);
      }
    });
  }

  void acceptFailed(Throwable cause) {
    acceptFailures.increment();
    warn(
        "accept",
        "no connection can be accepted, with {} open; idle ones are closed: {}",
        connections.get(),
        String.valueOf(cause.getMessage()));
    makeRoom();
  }

  void proxyHeaderRefused(String reason) {
    proxyHeadersRefused.increment();
    warn("proxy", "a connection is closed: {}", reason);
  }

  /** Logs each kind of trouble once a minute at most, as clients can cause it at any rate. */
  private void warn(String kind, String message, Object... values) {
    long now = lanes.getFirst().nowNanos();
    AtomicLong last = loggedNanos.computeIfAbsent(kind, _ -> new AtomicLong(now - LOG_EVERY_NANOS));
    long before = last.get();
    if (now - before >= LOG_EVERY_NANOS && last.compareAndSet(before, now)) {
      log.warn(message, values);
    }
  }

  /** The counters now. */
  public EdgeMetrics metrics() {
    return new EdgeMetrics(
        connections.get(),
        refusedByAddress.sum(),
        refusedByTotal.sum(),
        evicted.sum(),
        acceptFailures.sum(),
        proxyHeadersRefused.sum());
  }

  /** Returns the number of addresses that are counted now. */
  int addresses() {
    return byAddress.size();
  }
}
