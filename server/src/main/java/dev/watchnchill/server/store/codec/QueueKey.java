package dev.watchnchill.server.store.codec;

import dev.watchnchill.party.UserId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key of a part of a queue that is stored on its own.
 *
 * @param kind the kind of part
 * @param id the item of {@link Kind#ITEM}, the member of {@link Kind#BALLOT}, else null: of other
 *     kinds a queue has one part at most
 */
public record QueueKey(Kind kind, @Nullable UUID id) {
  /** The kinds of parts. */
  public enum Kind {
    /** An item of the list. */
    ITEM("q:", true),
    /** The votes of a member. */
    BALLOT("v:", true),
    /** The current item and the mode. */
    SHOWING("queue", false),
    /** The played items. */
    PLAYED("played", false),
    /** The inverse of the last change of the list. */
    UNDO("undo", false);

    private final String storedName;
    private final boolean many;

    Kind(String storedName, boolean many) {
      this.storedName = storedName;
      this.many = many;
    }
  }

  /** The key of the current item and the mode. */
  public static final QueueKey SHOWING = new QueueKey(Kind.SHOWING, null);

  /** The key of the played items. */
  public static final QueueKey PLAYED = new QueueKey(Kind.PLAYED, null);

  /** The key of the inverse of the last change. */
  public static final QueueKey UNDO = new QueueKey(Kind.UNDO, null);

  /** Returns the key of an item. */
  public static QueueKey item(UUID item) {
    return new QueueKey(Kind.ITEM, item);
  }

  /** Returns the key of a member's votes. */
  public static QueueKey ballot(UserId user) {
    return new QueueKey(Kind.BALLOT, user.value());
  }

  /** Returns the items among the keys. */
  public static Set<UUID> items(Collection<QueueKey> keys) {
    var items = new HashSet<UUID>();
    for (QueueKey key : keys) {
      if (key.kind == Kind.ITEM) {
        items.add(Objects.requireNonNull(key.id));
      }
    }
    return items;
  }

  /** Returns the member of a key of votes. */
  public UserId user() {
    return new UserId(Objects.requireNonNull(id));
  }

  /** Returns the name under which the part is stored. */
  public String storedName() {
    return id == null ? kind.storedName : kind.storedName + id;
  }

  /**
   * Returns the key with a stored name, or null when it is the name of something else.
   *
   * @throws CorruptRecordException when the name has the prefix of a kind, and no id
   */
  public static @Nullable QueueKey ofStoredName(String name) {
    for (Kind kind : Kind.values()) {
      if (!kind.many) {
        if (name.equals(kind.storedName)) {
          return new QueueKey(kind, null);
        }
      } else if (name.startsWith(kind.storedName)) {
        return new QueueKey(kind, id(name.substring(kind.storedName.length())));
      }
    }
    return null;
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new CorruptRecordException("a part of the queue has no id", e);
    }
  }
}
