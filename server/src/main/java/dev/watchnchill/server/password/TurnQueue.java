package dev.watchnchill.server.password;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue whose clients take turns: one that adds many elements waits for these itself, and
 * delays each of the others by one element. When it is full, a client that has few in it takes the
 * last place of the one that has most.
 *
 * <p>May be used by any thread.
 *
 * @param <K> what identifies a client
 * @param <T> an element
 */
final class TurnQueue<K, T> {
  private final int capacity;
  // In the order of the turns. Clients without an element are not in it.
  private final Map<K, Deque<T>> byClient = new LinkedHashMap<>();
  // Elements in the queue, and those that were taken and are not done.
  private int places;

  /**
   * @param capacity elements that may be in the queue or under way
   */
  TurnQueue(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Adds an element, and returns the one that has no place then: null, the given one, or one of
   * another client.
   */
  synchronized @Nullable T add(K client, T element) {
    T displaced = null;
    if (places == capacity) {
      Deque<T> own = byClient.get(client);
      Deque<T> most = longest();
      if (most == null || most.size() <= (own == null ? 0 : own.size()) + 1) {
        return element;
      }
      displaced = most.removeLast();
    } else {
      places++;
    }
    byClient.computeIfAbsent(client, _ -> new ArrayDeque<>()).addLast(element);
    return displaced;
  }

  private @Nullable Deque<T> longest() {
    Deque<T> longest = null;
    for (Deque<T> one : byClient.values()) {
      if (longest == null || one.size() > longest.size()) {
        longest = one;
      }
    }
    return longest;
  }

  /** Takes the element whose turn it is, or null; {@link #done} frees its place. */
  synchronized @Nullable T poll() {
    var turns = byClient.entrySet().iterator();
    if (!turns.hasNext()) {
      return null;
    }
    Map.Entry<K, Deque<T>> next = turns.next();
    turns.remove();
    T element = next.getValue().removeFirst();
    if (!next.getValue().isEmpty()) {
      byClient.put(next.getKey(), next.getValue());
    }
    return element;
  }

  /** Frees the place of an element that was taken. */
  synchronized void done() {
    places--;
  }

  /** Takes all elements that are in the queue. */
  synchronized List<T> drain() {
    var all = new ArrayList<T>();
    byClient.values().forEach(all::addAll);
    byClient.clear();
    places -= all.size();
    return all;
  }
}
