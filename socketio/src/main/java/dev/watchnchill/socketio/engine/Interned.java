package dev.watchnchill.socketio.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One copy of the texts that the requests of many sessions have in common, such as header names,
 * hosts and user agents.
 *
 * <p>Bounded in number and length: when a hostile client has filled it with nonsense, sharing stops
 * and nothing else happens.
 */
final class Interned {
  private static final int ENTRIES_MAX = 2_048;
  private static final int LENGTH_MAX = 256;
  private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

  private Interned() {}

  /** An equal text, shared where possible. */
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
