package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.RoomEvent;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the members of a room receive its changes, so that each can tell a change that
 * was not for it from one that was lost (rules PS4, EN13).
 */
final class BroadcastOrder {
  private long seq;
  private @Nullable Long since;
  // Hosts receive more than the others.
  private long hostsSeq;
  private @Nullable Long hostsSince;

  /**
   * @param seq the change up to which all members have received everything
   */
  BroadcastOrder(long seq) {
    this.seq = seq;
    this.hostsSeq = seq;
  }

  /** Returns the last change that was for all members. */
  long seq() {
    return seq;
  }

  /** Returns the last change that was for hosts or for all members. */
  long hostsSeq() {
    return hostsSeq;
  }

  /**
   * Returns the change before the given one that its receivers have received, when others lie in
   * between, or null. It is the same for all events of one change that have the same receivers.
   */
  @Nullable Long since(RoomEvent.Change change) {
    if (change instanceof RoomEvent.HostsChange) {
      if (change.seq() > hostsSeq) {
        hostsSince = before(change, hostsSeq);
        hostsSeq = change.seq();
      }
      return hostsSince;
    }
    if (change.seq() > seq) {
      since = before(change, seq);
      seq = change.seq();
    }
    if (seq > hostsSeq) {
      hostsSince = since;
      hostsSeq = seq;
    }
    return since;
  }

  private static @Nullable Long before(RoomEvent.Change change, long last) {
    return change.seq() > last + 1 ? (Long) last : null;
  }
}
