package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.runtime.port.RoomListings;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a live room's listing up to date (rule EN12). A room that is not listed costs one
 * comparison. Used within the actor's tasks.
 */
final class ListingUpdater {
  private final RoomListings listings;
  private @Nullable RoomListing listed;

  ListingUpdater(RoomListings listings) {
    this.listings = listings;
  }

  /** Follows the room's state. */
  void follow(Room room) {
    RoomListing last = listed;
    if (!RoomListing.isListed(room)) {
      end();
    } else if (last == null || !last.shows(room)) {
      RoomListing next = RoomListing.of(room);
      listed = next;
      listings.put(next);
    }
  }

  /** Lists the room no more. */
  void end() {
    if (listed != null) {
      listings.remove(listed);
      listed = null;
    }
  }
}
