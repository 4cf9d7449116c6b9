package dev.watchnchill.server.runtime.port;

import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The listed rooms that are live on this instance, kept up to date by their actors. Methods may be
 * called from any thread and never wait.
 */
public final class RoomListings {
  private final ConcurrentNavigableMap<String, RoomListing> byId = new ConcurrentSkipListMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** Lists a room, in place of an earlier listing of it. */
  public void put(RoomListing listing) {
    byId.put(listing.id().value(), listing);
    changes.incrementAndGet();
  }

  /** Removes a listing, unless another one of the same room has taken its place. */
  public void remove(RoomListing listing) {
    if (byId.remove(listing.id().value(), listing)) {
      changes.incrementAndGet();
    }
  }

  /** Returns the listings in the order of their ids. */
  public List<RoomListing> all() {
    return List.copyOf(byId.values());
  }

  /** Returns whether no room is listed. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Returns a number that grows with each change. */
  public long changes() {
    return changes.get();
  }
}
