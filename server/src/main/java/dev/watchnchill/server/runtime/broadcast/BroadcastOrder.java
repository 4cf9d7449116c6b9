package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.RoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * The order of the changes that all members of a room receive, so that each can tell a change that
 * was not for it from one that was lost (rules PS4, EN13).
 */
final class BroadcastOrder {
  private long seq;
  private @Nullable Long since;

  /**
   * @param seq the change up to which all members have received everything
   */
  BroadcastOrder(long seq) {
    this.seq = seq;
  }

  /** Returns the last change that was for all members. */
  long seq() {
    return seq;
  }

  /**
   * Returns the change before the given one that was for all members, when others lie in between,
   * or null. It is the same for all events of one change. A change for hosts alone has none: to the
   * others it is a gap that the next change for all closes.
   */
  @Nullable Long since(RoomEvent.Change change) {
    if (change instanceof RoomEvent.HostsChange) {
      return null;
    }
    if (change.seq() > seq) {
      since = change.seq() > seq + 1 ? (Long) seq : null;
      seq = change.seq();
    }
    return since;
  }
}
