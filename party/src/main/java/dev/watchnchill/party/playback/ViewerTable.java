package dev.watchnchill.party.playback;

import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A persistent map from user to viewer; immutable.
 *
 * <p>A change copies one part of the table and not all of it: in a room of two thousand each player
 * reports every minute.
 */
final class ViewerTable {
  /** The table without entries. */
  static final ViewerTable EMPTY = new ViewerTable(List.of(Map.of()), 0);

  /** Most entries of a table with a single part. */
  static final int WHOLE_MAX = 32;

  private static final int PARTS = 64;

  // One, or PARTS of them; never changed, nor are the maps.
  private final List<Map<UserId, Viewer>> parts;
  private final int size;

  private ViewerTable(List<Map<UserId, Viewer>> parts, int size) {
    this.parts = parts;
    this.size = size;
  }

  private static ViewerTable of(Map<UserId, Viewer> viewers) {
    if (viewers.size() <= WHOLE_MAX) {
      return viewers.isEmpty() ? EMPTY : new ViewerTable(List.of(viewers), viewers.size());
    }
    var parts = new ArrayList<Map<UserId, Viewer>>(PARTS);
    for (int i = 0; i < PARTS; i++) {
      parts.add(new HashMap<>());
    }
    viewers.forEach((user, viewer) -> parts.get(partOf(user, PARTS)).put(user, viewer));
    return new ViewerTable(parts, viewers.size());
  }

  private static int partOf(UserId user, int parts) {
    int hash = user.hashCode();
    return (hash ^ (hash >>> 16)) & (parts - 1);
  }

  /** Returns the viewer of a user, or null. */
  @Nullable Viewer find(UserId user) {
    return parts.get(partOf(user, parts.size())).get(user);
  }

  /** Returns the number of entries. */
  int size() {
    return size;
  }

  /** Returns this table with an entry set. */
  ViewerTable with(UserId user, Viewer viewer) {
    int at = partOf(user, parts.size());
    var changed = new HashMap<>(parts.get(at));
    boolean existed = changed.put(user, viewer) != null;
    return replaced(at, changed, existed ? size : size + 1);
  }

  /** Returns this table without a user. */
  ViewerTable without(UserId user) {
    if (find(user) == null) {
      return this;
    }
    int at = partOf(user, parts.size());
    var changed = new HashMap<>(parts.get(at));
    changed.remove(user);
    return replaced(at, changed, size - 1);
  }

  private ViewerTable replaced(int at, Map<UserId, Viewer> changed, int newSize) {
    if (parts.size() == 1) {
      return of(changed);
    }
    var next = new ArrayList<>(parts);
    next.set(at, changed);
    return new ViewerTable(next, newSize);
  }

  /** Returns this table with only the users that match. */
  ViewerTable filter(Predicate<UserId> matches) {
    Map<UserId, Viewer> next = all();
    return next.keySet().removeIf(matches.negate()) ? of(next) : this;
  }

  /** Returns this table with every viewer changed. */
  ViewerTable mapAll(UnaryOperator<Viewer> change) {
    Map<UserId, Viewer> next = all();
    next.replaceAll((_, viewer) -> change.apply(viewer));
    return of(next);
  }

  private Map<UserId, Viewer> all() {
    Map<UserId, Viewer> all = HashMap.newHashMap(size);
    parts.forEach(all::putAll);
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ViewerTable table && size == table.size && all().equals(table.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
