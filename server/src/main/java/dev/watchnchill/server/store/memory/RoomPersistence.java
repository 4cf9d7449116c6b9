package dev.watchnchill.server.store.memory;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.store.TextDelta;

/**
 * Stores the rooms of this process beyond its end. Called within the atomic step of a change,
 * before the change is published; when a method throws, there is no change.
 */
public interface RoomPersistence {
  /** Stores nothing. */
  RoomPersistence NONE =
      new RoomPersistence() {
        @Override
        public void create(Room room) {}

        @Override
        public void update(Room before, Room next, TextDelta texts) {}

        @Override
        public void remove(Room last) {}

        @Override
        public void forget(Room last) {}
      };

  /**
   * Stores a new room.
   *
   * @throws dev.watchnchill.server.store.StoreUnavailableException when it cannot
   */
  void create(Room room);

  /**
   * Stores a change of a room.
   *
   * @param before the room as it is stored
   * @param texts the texts of subtitles that change with it
   * @throws dev.watchnchill.server.store.StoreUnavailableException when it cannot
   */
  void update(Room before, Room next, TextDelta texts);

  /**
   * Removes a room that was closed.
   *
   * @param last the room as it is stored
   * @throws dev.watchnchill.server.store.StoreUnavailableException when it cannot
   */
  void remove(Room last);

  /**
   * Removes a room that has expired, before long. Never fails.
   *
   * @param last the room as it is stored
   */
  void forget(Room last);
}
