package dev.watchnchill.load.scenario;

import java.util.ArrayList;
import java.util.List;

/** The ids of the newest chat messages of a room, as one member has received them. */
final class NewestMessages {
  private static final int MAX = 8;

  private volatile List<String> ids = List.of();

  /** Adds a message. Only called on the event loop of that member. */
  void add(String id) {
    List<String> next = new ArrayList<>(ids);
    next.add(id);
    ids = List.copyOf(next.subList(Math.max(0, next.size() - MAX), next.size()));
  }

  /** Returns how many there are. */
  int count() {
    return ids.size();
  }

  /** Returns one of them, which must exist. */
  String inTurn(int turn) {
    List<String> now = ids;
    return now.get(turn % now.size());
  }
}
