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
 * Viewers by user; a value.
 *
 * <p>A change copies one part of the table and not all of it: in a hall of two thousand each of
 * them says every minute how its player does.
 */
final class ViewerTable {
  /** Nobody. */
  static final ViewerTable EMPTY = new ViewerTable(List.of(Map.of()), 0);

  /** Up to so many there is one part. */
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
    viewers.forEach((user, viewer) -> parts.get(place(user, PARTS)).put(user, viewer));
    return new ViewerTable(parts, viewers.size());
  }

  private static int place(UserId user, int parts) {
    int hash = user.hashCode();
    return (hash ^ (hash >>> 16)) & (parts - 1);
  }

  /** What is known of that user, or null. */
  @Nullable Viewer find(UserId user) {
    return parts.get(place(user, parts.size())).get(user);
  }

  /** Of how many something is known. */
  int size() {
    return size;
  }

  /** With that for that user. */
  ViewerTable with(UserId user, Viewer viewer) {
    int at = place(user, parts.size());
    var changed = new HashMap<>(parts.get(at));
    boolean known = changed.put(user, viewer) != null;
    return replaced(at, changed, known ? size : size + 1);
  }

  /** Without that user. */
  ViewerTable without(UserId user) {
    if (find(user) == null) {
      return this;
    }
    int at = place(user, parts.size());
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

  /** With the users for whom that holds. */
  ViewerTable where(Predicate<UserId> holds) {
    Map<UserId, Viewer> next = all();
    return next.keySet().removeIf(holds.negate()) ? of(next) : this;
  }

  /** With every viewer replaced. */
  ViewerTable each(UnaryOperator<Viewer> how) {
    Map<UserId, Viewer> next = all();
    next.replaceAll((_, viewer) -> how.apply(viewer));
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
