package dev.watchnchill.server.store;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where rooms are kept. Every implementation passes {@code RoomStoreContract}.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>A change is one atomic step.</b> {@link #commit} compares the revision, writes the room
 *       with its chat, sets its expiry and publishes the events, or does nothing at all. Two
 *       commits against one revision: exactly one succeeds.
 *   <li><b>Subscribers get every committed change once, in the order of seq</b>, while the store
 *       can be reached; after {@link Subscriber#back} they ask {@link #since} for what they have
 *       missed. A commit may return before its change is published, or after.
 *   <li><b>A room is gone when its life has passed</b> since its last write (rule LF1), when it was
 *       closed, and never sooner; then {@link #load} does not find it and {@link #active} does not
 *       list it (decision D13).
 *   <li>A method that cannot reach its store throws {@link StoreUnavailableException} and has
 *       changed nothing, or, when the answer was lost, has done its work whole.
 * </ul>
 *
 * <p>Methods may be called from any thread.
 */
public interface RoomStore extends AutoCloseable {

  /**
   * A place in a room's stream (rule SQ1).
   *
   * @param epoch which life of the room
   * @param seq which change in it
   */
  record Revision(long epoch, long seq) {
    /** Where that room stands. */
    public static Revision of(Room room) {
      return new Revision(room.epoch(), room.seq());
    }
  }

  /** How a committed change alters the room it was made on. */
  @FunctionalInterface
  interface Update {
    /**
     * The room after the change.
     *
     * @param before the room at {@link Committed#before}
     */
    Room applyTo(Room before);
  }

  /** Something that subscribers hear. */
  sealed interface Published {
    /** What happened, in order. */
    List<RoomEvent> events();
  }

  /** A committed change. */
  record Committed(Revision before, Revision after, Update update, List<RoomEvent> events)
      implements Published {}

  /** Passing events, which change nothing and are not kept; they may be lost. */
  record Passed(List<RoomEvent> events) implements Published {}

  /** Hears what is published about one room. Its methods are called one after the other. */
  interface Subscriber {
    /** That happened. */
    void published(Published published);

    /** The store cannot be reached now. May be called more than once. */
    default void away() {}

    /**
     * The store can be reached, and what was published meanwhile may have been lost: ask {@link
     * RoomStore#since}. May come without {@link #away} before it.
     */
    default void back() {}
  }

  /** An open subscription. */
  interface Subscription extends AutoCloseable {
    /** Ends it; nothing is delivered afterwards. */
    @Override
    void close();
  }

  /** Keeps a new room; false when its id is taken. */
  boolean create(Room room);

  /** The room of that id, or null. */
  @Nullable Room load(RoomId id);

  /**
   * Replaces a room, when it still stands at that revision, and publishes the events. A room that
   * is closed is deleted.
   *
   * @param before the room that the change was decided on
   * @param next what it becomes
   * @return false when the room is another one by now, or gone
   */
  boolean commit(Room before, Room next, List<RoomEvent> events);

  /**
   * The same without waiting, for callers on an event loop.
   *
   * @return the answer, which may come on a thread of the store that must not be kept waiting; it
   *     fails with {@link StoreUnavailableException}. Null when the store can only do it by
   *     waiting, always or just now; then nothing was done
   */
  default @Nullable CompletableFuture<Boolean> commitAsync(
      Room before, Room next, List<RoomEvent> events) {
    return null;
  }

  /**
   * What was committed after that revision, oldest first and without a hole, the end of a closed
   * room included.
   *
   * @return empty when the room still stands there; null when the store cannot tell: another epoch,
   *     too far back, gone for long, or older in the store than that
   */
  @Nullable List<Committed> since(RoomId id, Revision known);

  /**
   * The changes that led to that revision, oldest first and without a hole, as far as they are
   * still known; for who comes to a room late and is asked for what was before.
   */
  default List<Committed> recent(RoomId id, Revision at) {
    return List.of();
  }

  /**
   * Puts back a room that the store has lost, or of which it has an older copy, under an epoch that
   * was never used. Every subscriber is then called {@link Subscriber#back}.
   *
   * @param lost the caller's own copy; not closed
   */
  Restoration restore(Room lost);

  /**
   * Passes events on that change nothing. Subscribers of this process hear them at once, others if
   * they can be reached; nothing is thrown when they cannot.
   */
  void publish(RoomId id, List<RoomEvent> events);

  /**
   * Calls that subscriber with everything published about that room from now on, until the
   * subscription is closed.
   */
  Subscription subscribe(RoomId id, Subscriber subscriber);

  /** The ids of the rooms that are there. */
  Set<RoomId> active();

  /** Whether rooms can be read and written now, as far as is known. */
  boolean available();

  /** Whether calls may wait for a network or a disk, so that no event loop may make them. */
  boolean blocking();

  @Override
  void close();
}
