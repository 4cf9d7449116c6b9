package dev.watchnchill.server.store;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stores rooms. Every implementation passes {@code RoomStoreContract}.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>A change is one atomic step.</b> {@link #commit} compares the revision, writes the room
 *       with its chat, sets its expiry and publishes the events, or does nothing at all. Two
 *       commits against one revision: exactly one succeeds.
 *   <li><b>Subscribers get every committed change once, in the order of seq</b>, while the store
 *       can be reached; after {@link Subscriber#back} they ask {@link #since} for what they have
 *       missed. A commit may be answered before its change is published, or after.
 *   <li><b>A room expires when its life has passed</b> since its last write (rule LF1), ends when
 *       it is closed, and never sooner; then {@link #load} does not find it and {@link #active}
 *       does not list it (decision D13).
 *   <li><b>No method waits or throws.</b> A store that has to wait for a disk or a network does so
 *       on threads of its own. A future fails with {@link StoreUnavailableException} when the store
 *       cannot be reached: then nothing has changed, or, when the answer was lost, everything has.
 *       It may complete on a thread of the store that must not be kept waiting.
 * </ul>
 *
 * <p>Methods may be called from any thread.
 */
public interface RoomStore extends AutoCloseable {

  /**
   * A position in a room's stream (rule SQ1).
   *
   * @param epoch which life of the room
   * @param seq which change in it
   */
  record Revision(long epoch, long seq) {
    /** Returns the revision of a room. */
    public static Revision of(Room room) {
      return new Revision(room.epoch(), room.seq());
    }
  }

  /** How a committed change alters the room it was made on. */
  @FunctionalInterface
  interface Update {
    /**
     * Returns the room after the change.
     *
     * @param before the room at {@link Committed#before}
     */
    Room applyTo(Room before);
  }

  /** Events that subscribers receive. */
  sealed interface Published {
    /** The events, in order. */
    List<RoomEvent> events();
  }

  /** A committed change. */
  record Committed(Revision before, Revision after, Update update, List<RoomEvent> events)
      implements Published {}

  /** Transient events, which change nothing and are not stored; they may be lost. */
  record Transient(List<RoomEvent> events) implements Published {}

  /** Receives what is published about one room. Its methods are called one after the other. */
  interface Subscriber {
    /**
     * Receives a change or transient events. For a change of this process, {@code events} is the
     * very list that was given to {@link RoomStore#commit}.
     */
    void published(Published published);

    /** The store cannot be reached now. May be called more than once. */
    default void outageBegan() {}

    /**
     * The store can be reached, and what was published meanwhile may have been lost: ask {@link
     * RoomStore#since}. May come without {@link #away} before it.
     */
    default void outageEnded() {}
  }

  /** An open subscription. */
  interface Subscription extends AutoCloseable {
    /** Ends it without waiting; nothing is delivered afterwards. */
    @Override
    void close();
  }

  /** Stores a new room; false when its id is taken. */
  CompletableFuture<Boolean> create(Room room);

  /** Returns the room of that id, or null. */
  CompletableFuture<@Nullable Room> load(RoomId id);

  /**
   * Replaces a room, when it still stands at that revision, and publishes the events. A room that
   * is closed is deleted.
   *
   * @param before the room that the change was decided on
   * @param next what it becomes
   * @return false when the room has changed since, or is gone
   */
  CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events);

  /**
   * Returns what was committed after that revision, oldest first and without a hole, the end of a
   * closed room included.
   *
   * @return empty when the room still stands there; null when the store cannot tell: another epoch,
   *     too far back, gone for long, or older in the store than that
   */
  CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known);

  /**
   * Returns the changes that led to that revision, oldest first and without a hole, as far as they
   * are still stored; for an instance that loads a room late and is asked for earlier events.
   */
  default CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    return CompletableFuture.completedFuture(List.of());
  }

  /**
   * Restores a room that the store has lost, or of which it has an older copy, under an epoch that
   * was never used. {@link Subscriber#back} is then called on every subscriber.
   *
   * @param lost the caller's own copy; not closed
   */
  CompletableFuture<Restoration> restore(Room lost);

  /**
   * Publishes transient events, which change nothing. Subscribers of this process receive them at
   * once, others if they can be reached; it is no failure when they cannot.
   */
  void publish(RoomId id, List<RoomEvent> events);

  /**
   * Subscribes to a room: once the future has completed, everything published from then on is
   * delivered until the subscription is closed.
   */
  CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber);

  /** Returns the ids of the stored rooms. */
  CompletableFuture<Set<RoomId>> active();

  /** Whether rooms can be read and written now, as far as is known. Does not ask. */
  boolean available();

  @Override
  void close();
}
