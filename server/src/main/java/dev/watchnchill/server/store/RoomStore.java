package dev.watchnchill.server.store;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where rooms are kept. Every implementation passes {@code RoomStoreContract}.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>A change is one atomic step.</b> {@link #commit} compares the revision (epoch and seq),
 *       writes the room with its chat, sets its expiry and publishes the events, or does nothing at
 *       all. Two commits against one revision: exactly one succeeds.
 *   <li><b>Subscribers get every committed change once, in the order of seq.</b> {@link #publish}
 *       passes events that are not kept; they come in no particular order with the others, and may
 *       be lost.
 *   <li><b>A room is gone when its life has passed</b> since its last write (rule LF1), when it was
 *       closed, and never sooner; then {@link #load} does not find it and {@link #active} does not
 *       list it (decision D13).
 *   <li>A method that cannot reach its store throws {@link StoreUnavailableException} and has
 *       changed nothing, or, when the answer to a commit was lost, has committed it whole.
 * </ul>
 *
 * <p>Methods may be called from any thread.
 */
public interface RoomStore extends AutoCloseable {

  /**
   * A committed change, or passing events.
   *
   * @param after the room after the change, or null for passing events
   * @param events what happened, in order
   */
  record Published(@Nullable Room after, List<RoomEvent> events) {}

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

  /** Passes events on that change nothing. */
  void publish(RoomId id, List<RoomEvent> events);

  /**
   * Calls that subscriber with everything published about that room, until the subscription is
   * closed.
   */
  Subscription subscribe(RoomId id, Consumer<Published> subscriber);

  /** The ids of the rooms that are there. */
  Set<RoomId> active();

  /** Whether calls may wait for a network or a disk, so that no event loop may make them. */
  boolean blocking();

  @Override
  void close();
}
