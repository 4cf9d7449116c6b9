package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.runtime.port.RoomDirectory;
import dev.watchnchill.server.runtime.port.RoomListing;
import dev.watchnchill.server.wire.DirectoryPage;
import dev.watchnchill.server.wire.ListedRoom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the directory (rule EN12). They are cut from a list of all listed rooms that is made
 * at most once in 2 s, whatever is asked. Methods may be called from any thread and never wait.
 *
 * <p>Rooms stand in the order of their ids. So a reader of page after page finds each room that is
 * listed all the time exactly once, also when the list or the instance changes between two pages.
 */
public final class DirectoryPages {
  /** The time for which a list is used, ms. */
  static final long LIST_MS = 2_000;

  /** Most bytes of pages that are kept with a list. */
  private static final long PAGE_BYTES_MAX = 4L << 20;

  private final RoomDirectory directory;
  private final LongSupplier nowMs;
  private volatile @Nullable TimedList last;

  private record TimedList(long madeAtMs, CompletableFuture<ListedRooms> rooms) {
    boolean usableAt(long nowMs) {
      return nowMs >= madeAtMs && nowMs - madeAtMs < LIST_MS;
    }
  }

  /** Creates the pages of a directory. */
  public DirectoryPages(RoomDirectory directory, LongSupplier nowMs) {
    this.directory = directory;
    this.nowMs = nowMs;
  }

  /**
   * Returns a page as JSON.
   *
   * @param after the id that the page begins after, or null for the first page
   * @param limit most rooms of the page
   */
  public CompletableFuture<byte[]> page(@Nullable RoomId after, int limit) {
    return list().thenApply(rooms -> rooms.page(after, limit));
  }

  private CompletableFuture<ListedRooms> list() {
    TimedList known = last;
    return known != null && known.usableAt(nowMs.getAsLong()) ? known.rooms() : newList();
  }

  private synchronized CompletableFuture<ListedRooms> newList() {
    long now = nowMs.getAsLong();
    TimedList known = last; // another caller may have made one meanwhile
    if (known == null || !known.usableAt(now)) {
      known = new TimedList(now, directory.rooms().thenApply(ListedRooms::new));
      last = known;
    }
    return known.rooms();
  }

  /** A list of rooms, with the pages of it that were asked for. */
  private static final class ListedRooms {
    private record Place(int from, int limit) {}

    private final List<RoomListing> rooms;
    private final Map<Place, byte[]> pages = new ConcurrentHashMap<>();
    private final AtomicLong pageBytes = new AtomicLong();

    ListedRooms(List<RoomListing> rooms) {
      this.rooms = rooms;
    }

    byte[] page(@Nullable RoomId after, int limit) {
      // By place and not by id, so that ids which nobody lists make no pages of their own.
      var place = new Place(after == null ? 0 : firstAfter(after), limit);
      byte[] known = pages.get(place);
      if (known != null) {
        return known;
      }
      byte[] made = json(place);
      if (pageBytes.addAndGet(made.length) <= PAGE_BYTES_MAX) {
        pages.put(place, made);
      }
      return made;
    }

    private int firstAfter(RoomId after) {
      int low = 0;
      int high = rooms.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (rooms.get(middle).id().value().compareTo(after.value()) <= 0) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private byte[] json(Place place) {
      int to = Math.min(rooms.size(), place.from() + place.limit());
      List<ListedRoom> shown =
          rooms.subList(place.from(), to).stream().map(ListedRooms::shown).toList();
      return new DirectoryPage(shown, to < rooms.size() ? rooms.get(to - 1).id().value() : null)
          .json();
    }

    private static ListedRoom shown(RoomListing room) {
      return ListedRoom.of(
          room.id(), room.title(), room.film(), room.members(), room.entry(), room.playing());
    }
  }
}
