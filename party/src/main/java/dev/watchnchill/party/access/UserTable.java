package dev.watchnchill.party.access;

import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A persistent map from user to value; immutable.
 *
 * <p>A change copies one part of the table and not all of it: in a room of two thousand each player
 * reports every minute.
 *
 * @param <V> the type of the values
 */
public final class UserTable<V> {
  /** Most entries of a table with a single part. */
  static final int WHOLE_MAX = 32;

  private static final int PARTS = 64;

  private static final UserTable<?> EMPTY = new UserTable<>(List.of(Map.of()), 0);

  // One, or PARTS of them; never changed, nor are the maps.
  private final List<Map<UserId, V>> parts;
  private final int size;

  private UserTable(List<Map<UserId, V>> parts, int size) {
    this.parts = parts;
    this.size = size;
  }

  /** Returns the table without entries. */
  @SuppressWarnings("unchecked") // it has no values
  public static <V> UserTable<V> empty() {
    return (UserTable<V>) EMPTY;
  }

  /** Returns the table of a map, which is not changed afterwards. */
  public static <V> UserTable<V> of(Map<UserId, V> entries) {
    if (entries.size() <= WHOLE_MAX) {
      return entries.isEmpty() ? empty() : new UserTable<>(List.of(entries), entries.size());
    }
    var parts = new ArrayList<Map<UserId, V>>(PARTS);
    for (int i = 0; i < PARTS; i++) {
      parts.add(new HashMap<>());
    }
    entries.forEach((user, value) -> parts.get(partOf(user, PARTS)).put(user, value));
    return new UserTable<>(parts, entries.size());
  }

  private static int partOf(UserId user, int parts) {
    int hash = user.hashCode();
    return (hash ^ (hash >>> 16)) & (parts - 1);
  }

  /** Returns the value of a user, or null. */
  public @Nullable V find(UserId user) {
    return parts.get(partOf(user, parts.size())).get(user);
  }

  /** Returns the number of entries. */
  public int size() {
    return size;
  }

  /** Returns this table with an entry set. */
  public UserTable<V> with(UserId user, V value) {
    int at = partOf(user, parts.size());
    var changed = new HashMap<>(parts.get(at));
    boolean existed = changed.put(user, value) != null;
    return replaced(at, changed, existed ? size : size + 1);
  }

  /** Returns this table without a user. */
  public UserTable<V> without(UserId user) {
    if (find(user) == null) {
      return this;
    }
    int at = partOf(user, parts.size());
    var changed = new HashMap<>(parts.get(at));
    changed.remove(user);
    return replaced(at, changed, size - 1);
  }

  private UserTable<V> replaced(int at, Map<UserId, V> changed, int newSize) {
    if (parts.size() == 1) {
      return of(changed);
    }
    var next = new ArrayList<>(parts);
    next.set(at, changed);
    return new UserTable<>(next, newSize);
  }

  /** Returns this table with only the users that match. */
  public UserTable<V> filter(Predicate<UserId> matches) {
    Map<UserId, V> next = all();
    return next.keySet().removeIf(matches.negate()) ? of(next) : this;
  }

  /** Returns this table with every value changed. */
  public UserTable<V> mapAll(UnaryOperator<V> change) {
    Map<UserId, V> next = all();
    next.replaceAll((_, value) -> change.apply(value));
    return of(next);
  }

  /** Returns the users whose values differ from those of another table. */
  public Set<UserId> differingFrom(UserTable<V> other) {
    var differing = new HashSet<UserId>();
    if (parts.size() == other.parts.size()) {
      for (int i = 0; i < parts.size(); i++) {
        addDiffering(parts.get(i), other.parts.get(i), differing);
      }
    } else {
      addDiffering(all(), other.all(), differing);
    }
    return differing;
  }

  @SuppressWarnings("ReferenceEquality") // a change copies one part, and few values
  private static <V> void addDiffering(
      Map<UserId, V> one, Map<UserId, V> other, Set<UserId> differing) {
    if (one == other) {
      return;
    }
    one.forEach((user, value) -> {
      V was = other.get(user);
      if (was != value && !value.equals(was)) {
        differing.add(user);
      }
    });
    other.keySet().stream().filter(user -> !one.containsKey(user)).forEach(differing::add);
  }

  /** Returns a map of all entries. */
  public Map<UserId, V> all() {
    Map<UserId, V> all = HashMap.newHashMap(size);
    parts.forEach(all::putAll);
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserTable<?> table && size == table.size && all().equals(table.all());
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
