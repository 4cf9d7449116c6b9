package dev.watchnchill.socketio.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keys that expire after the same delay, in the order in which they were added. So the first key
 * expires first, and no key needs a timer. Confined to one event loop.
 */
final class ExpiryQueue<K> {
  private final LinkedHashMap<K, Long> dueNanosByKey = new LinkedHashMap<>();
  private final long delayNanos;
  private final Consumer<K> onExpired;

  ExpiryQueue(long delayNanos, Consumer<K> onExpired) {
    this.delayNanos = delayNanos;
    this.onExpired = onExpired;
  }

  /** Adds a key, or restarts its delay. */
  void add(K key, long nowNanos) {
    dueNanosByKey.putLast(key, nowNanos + delayNanos);
  }

  void remove(K key) {
    dueNanosByKey.remove(key);
  }

  /** Returns the keys that were added before a time, the oldest first. */
  List<K> addedBefore(long nanos, int max) {
    var old = new ArrayList<K>();
    for (Map.Entry<K, Long> entry : dueNanosByKey.entrySet()) {
      if (old.size() == max || entry.getValue() - delayNanos - nanos >= 0) {
        break;
      }
      old.add(entry.getKey());
    }
    return old;
  }

  int size() {
    return dueNanosByKey.size();
  }

  /** Returns the time until the first key expires; {@link Long#MAX_VALUE} without a key. */
  long remainingNanos(long nowNanos) {
    Map.Entry<K, Long> first = dueNanosByKey.firstEntry();
    return first == null ? Long.MAX_VALUE : first.getValue() - nowNanos;
  }

  /** Expires all keys now. */
  void expireAll() {
    for (K key : List.copyOf(dueNanosByKey.keySet())) {
      dueNanosByKey.remove(key);
      onExpired.accept(key);
    }
  }

  /** Expires the keys whose delay is over. */
  void expire(long nowNanos) {
    Map.Entry<K, Long> first = dueNanosByKey.firstEntry();
    while (first != null && first.getValue() - nowNanos <= 0) {
      dueNanosByKey.remove(first.getKey());
      onExpired.accept(first.getKey());
      first = dueNanosByKey.firstEntry();
    }
  }
}
