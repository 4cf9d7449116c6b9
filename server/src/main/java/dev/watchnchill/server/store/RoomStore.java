package dev.watchnchill.server.store;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stores rooms. Every implementation passes {@code RoomStoreContract}.
 *
 * <p>All implementations guarantee:
 *
 * <ul>
 *   <li><b>A change is atomic.</b> {@link #commit} compares the revision, writes the room with its
 *       chat, sets its expiry and publishes the events, or does nothing. Of two commits against one
 *       revision exactly one succeeds.
 *   <li><b>Subscribers receive every committed change once, in the order of seq</b>, while the
 *       store can be reached. After {@link Subscriber#outageEnded} they ask {@link #since} for the
 *       changes that they have missed. A commit may be answered before its change is published, or
 *       after.
 *   <li><b>A room expires when its lifetime has passed</b> since its last write (rule LF1), or ends
 *       when it is closed, and never sooner; a store may take a hundredth of the lifetime longer.
 *       Then {@link #load} does not find it and {@link #active} does not list it.
 *   <li><b>No method blocks or throws.</b> A store that waits for a disk or a network does so on
 *       threads of its own. A future fails with {@link StoreUnavailableException} when the store
 *       cannot be reached: then nothing has changed, or, when the answer was lost, everything has.
 *       It may complete on a thread of the store, which must not be blocked.
 * </ul>
 *
 * <p>Methods may be called from any thread.
 */
public interface RoomStore extends AutoCloseable {

  /**
   * A position in the sequence of a room's changes (rule SQ1).
   *
   * @param epoch changes when a room is created or restored
   * @param seq counts the changes within an epoch
   */
  record Revision(long epoch, long seq) {
    /** Returns the revision of a room. */
    public static Revision of(Room room) {
      return new Revision(room.epoch(), room.seq());
    }
  }

  /** The effect of a committed change on a copy of the room. */
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

  /** Transient events, which are not stored and may be lost. */
  record Transient(List<RoomEvent> events) implements Published {}

  /** Receives what is published about one room. Its methods are called one after the other. */
  interface Subscriber {
    /**
     * Receives a change or transient events. For a change of this process, {@code events} is the
     * very list that was passed to {@link RoomStore#commit}.
     */
    void published(Published published);

    /** The store cannot be reached. May be called more than once. */
    default void outageBegan() {}

    /**
     * The store can be reached, and changes published meanwhile may have been lost: call {@link
     * RoomStore#since}. May be called without {@link #outageBegan} before it.
     */
    default void outageEnded() {}
  }

  /** An open subscription. */
  interface Subscription extends AutoCloseable {
    /** Ends the subscription without waiting; nothing is delivered afterwards. */
    @Override
    void close();
  }

  /** Stores a new room; the result is false when its id is taken. */
  CompletableFuture<Boolean> create(Room room);

  /** Returns the room with an id, or null. */
  CompletableFuture<@Nullable Room> load(RoomId id);

  /**
   * Replaces a room if it is still at the revision of {@code before}, and publishes the events. A
   * room that is closed is deleted. The texts of new subtitles, which are in the events, are stored
   * beside the room; those of subtitles that the room has no more are removed.
   *
   * @param before the room that the change was decided on
   * @param next the room after the change
   * @return false when the room has changed since, or does not exist any more
   */
  CompletableFuture<Boolean> commit(Room before, Room next, List<RoomEvent> events);

  /**
   * Returns the text of shared subtitles as it was committed, or null when the room does not have
   * it. No other method reads it.
   */
  CompletableFuture<byte @Nullable []> text(RoomId id, UUID track);

  /**
   * Returns the changes committed after a revision, oldest first and without a gap, including the
   * end of a closed room.
   *
   * @return an empty list when the room is still at that revision; null when the store cannot tell:
   *     another epoch, too far back, expired, or the stored room is older
   */
  CompletableFuture<@Nullable List<Committed>> since(RoomId id, Revision known);

  /**
   * Returns the changes that led to a revision, oldest first and without a gap, as far as they are
   * still stored. An instance that loads a room late uses them to replay earlier events.
   */
  default CompletableFuture<List<Committed>> recent(RoomId id, Revision at) {
    return CompletableFuture.completedFuture(List.of());
  }

  /**
   * Restores a room that the store has lost, or of which it has an older copy, under an epoch that
   * was never used. Then {@link Subscriber#outageEnded} is called on every subscriber.
   *
   * @param lost the caller's own copy; not closed
   */
  CompletableFuture<Restoration> restore(Room lost);

  /**
   * Publishes transient events. Subscribers of this process receive them at once, others if they
   * can be reached; an outage is not a failure.
   */
  void publish(RoomId id, List<RoomEvent> events);

  /**
   * Subscribes to a room: everything published after the future has completed is delivered until
   * the subscription is closed.
   */
  CompletableFuture<Subscription> subscribe(RoomId id, Subscriber subscriber);

  /** Returns the ids of the stored rooms. */
  CompletableFuture<Set<RoomId>> active();

  /**
   * Returns whether rooms can be read and written now, as far as is known; does not ask the store.
   */
  boolean available();

  @Override
  void close();
}
