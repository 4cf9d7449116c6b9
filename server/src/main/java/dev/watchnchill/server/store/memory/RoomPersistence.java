package dev.watchnchill.server.store.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;

/**
 * Stores the rooms of this process beyond its end. Called within the atomic step of a change,
 * before anybody hears of it; when it throws, there is no change.
 */
public interface RoomPersistence {
  /** Keeps nothing. */
  RoomPersistence NONE =
      new RoomPersistence() {
        @Override
        public void keep(Room room) {}

        @Override
        public void remove(RoomId id) {}

        @Override
        public void forget(RoomId id) {}
      };

  /**
   * Keeps a room that is new or has changed.
   *
   * @throws dev.watchnchill.server.store.StoreUnavailableException when it cannot
   */
  void keep(Room room);

  /**
   * Removes a room that was closed.
   *
   * @throws dev.watchnchill.server.store.StoreUnavailableException when it cannot
   */
  void remove(RoomId id);

  /** Removes a room whose life has passed, before long. Never fails. */
  void forget(RoomId id);
}
