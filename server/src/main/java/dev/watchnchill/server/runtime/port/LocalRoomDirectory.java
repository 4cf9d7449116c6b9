package dev.watchnchill.server.runtime.port;

import dev.watchnchill.server.async.Futures;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The directory of the only instance of a store. */
public final class LocalRoomDirectory implements RoomDirectory {
  private final RoomListings own;

  /** Creates a directory of an instance's own rooms. */
  public LocalRoomDirectory(RoomListings own) {
    this.own = own;
  }

  @Override
  public CompletableFuture<List<RoomListing>> rooms() {
    return Futures.of(own.all());
  }

  @Override
  public void close() {}
}
