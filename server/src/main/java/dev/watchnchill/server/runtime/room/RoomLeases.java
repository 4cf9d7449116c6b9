package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.limit.AddressLeases;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.Scheduler;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leases that one live room holds for client addresses: its creator's room, and the seats of
 * away members (rule RL10). Used within the actor's tasks.
 */
public final class RoomLeases {
  /** An away member's lease ends by itself when its grace is over, wherever the member is then. */
  private static final long GRACE_MARGIN_MS = 1_000;

  private record Away(AddressLeases.Lease lease, Scheduler.Timer timer) {
    void end() {
      timer.cancel();
      lease.close();
    }
  }

  private final RoomContext context;
  // Made when it is needed: most members are present.
  private Map<UserId, Away> away = Collections.emptyMap();
  private AddressLeases.@Nullable Lease creation;

  RoomLeases(RoomContext context) {
    this.context = context;
  }

  /** Holds the lease of the room itself until the room ends. */
  public void created(AddressLeases.Lease lease) {
    creation = lease;
  }

  /**
   * Holds the lease of a member's seat until the member is back, has left, or its grace is over.
   */
  public void away(UserId user, AddressLeases.Lease lease) {
    long graceMs = context.rules().limits().reconnectGraceMs() + GRACE_MARGIN_MS;
    if (away.isEmpty()) {
      away = new HashMap<>(2);
    }
    Away before = away.put(user, new Away(lease, context.scheduler().after(graceMs, lease::close)));
    if (before != null) {
      before.end();
    }
  }

  /** Ends the lease of a member who is back or has left. */
  void follow(RoomEvent event) {
    if (!away.isEmpty()) {
      UserId user =
          event instanceof RoomEvent.UserReturned returned
              ? returned.userId()
              : event instanceof RoomEvent.UserLeft left ? left.userId() : null;
      Away ended = user == null ? null : away.remove(user);
      if (ended != null) {
        ended.end();
      }
    }
  }

  /** Gives up all leases, because the room has ended. */
  void ended() {
    away.values().forEach(Away::end);
    away.clear();
    if (creation != null) {
      creation.close();
      creation = null;
    }
  }

  /**
   * Gives up the leases of a room that other instances keep; its creator's address counts for one
   * more grace period of an empty room.
   */
  void retired() {
    AddressLeases.Lease lease = creation;
    creation = null;
    if (lease != null) {
      var _ = context.scheduler().after(context.rules().limits().emptyRoomGraceMs(), lease::close);
    }
  }
}
