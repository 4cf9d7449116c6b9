package dev.watchnchill.socketio.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Things that expire, all after the same delay: so the order of adding is the order of expiry and a
 * look at the first one is enough. Confined to one event loop.
 */
final class Deadlines<K> {
  private final LinkedHashMap<K, Long> dueNanos = new LinkedHashMap<>();
  private final long delayNanos;
  private final Consumer<K> onExpired;

  Deadlines(long delayNanos, Consumer<K> onExpired) {
    this.delayNanos = delayNanos;
    this.onExpired = onExpired;
  }

  /** Starts, or restarts, the delay of this key. */
  void add(K key, long nowNanos) {
    dueNanos.putLast(key, nowNanos + delayNanos);
  }

  void remove(K key) {
    dueNanos.remove(key);
  }

  /** The keys that were added before that time, the oldest first. */
  List<K> addedBefore(long nanos, int max) {
    var old = new ArrayList<K>();
    for (Map.Entry<K, Long> entry : dueNanos.entrySet()) {
      if (old.size() == max || entry.getValue() - delayNanos - nanos >= 0) {
        break;
      }
      old.add(entry.getKey());
    }
    return old;
  }

  int size() {
    return dueNanos.size();
  }

  /** Lets everything expire now. */
  void expireAll() {
    for (K key : List.copyOf(dueNanos.keySet())) {
      dueNanos.remove(key);
      onExpired.accept(key);
    }
  }

  void expire(long nowNanos) {
    Map.Entry<K, Long> first = dueNanos.firstEntry();
    while (first != null && first.getValue() - nowNanos <= 0) {
      dueNanos.remove(first.getKey());
      onExpired.accept(first.getKey());
      first = dueNanos.firstEntry();
    }
  }
}
