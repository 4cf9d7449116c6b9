package dev.watchnchill.socketio.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Shared copies of strings that the requests of many sessions have in common, such as header names,
 * hosts and user agents.
 *
 * <p>Bounded in number and length. When a hostile client has filled the pool, further strings are
 * not shared.
 */
final class StringPool {
  private static final int ENTRIES_MAX = 2_048;
  private static final int LENGTH_MAX = 256;
  private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

  private StringPool() {}

  /** Returns an equal string, shared where possible. */
  static String of(CharSequence text) {
    String own = text.toString();
    if (own.length() > LENGTH_MAX) {
      return own;
    }
    String shared = TEXTS.get(own);
    if (shared != null) {
      return shared;
    }
    if (TEXTS.size() < ENTRIES_MAX) {
      shared = TEXTS.putIfAbsent(own, own);
    }
    return shared == null ? own : shared;
  }
}
