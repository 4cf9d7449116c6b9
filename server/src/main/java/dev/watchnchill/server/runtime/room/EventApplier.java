package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.server.runtime.broadcast.RoomBroadcaster;
import dev.watchnchill.server.runtime.broadcast.ViewerTracker;
import java.util.List;

/** Applies published events to the parts of a live room, and broadcasts them to its members. */
final class EventApplier {
  private final CachedState state;
  private final RoomBroadcaster broadcaster;
  private final SeatReconciler reconciler;
  private final ViewerTracker viewers;
  private final RoomTimer timer;
  private final RoomLeases leases;
  private final WaitingClients waiting;

  EventApplier(
      CachedState state,
      RoomBroadcaster broadcaster,
      SeatReconciler reconciler,
      ViewerTracker viewers,
      RoomTimer timer,
      RoomLeases leases,
      WaitingClients waiting) {
    this.state = state;
    this.broadcaster = broadcaster;
    this.reconciler = reconciler;
    this.viewers = viewers;
    this.timer = timer;
    this.leases = leases;
    this.waiting = waiting;
  }

  /** Applies events, in their order. */
  void apply(Room before, Room now, List<RoomEvent> events) {
    Room earlier = before;
    try {
      for (RoomEvent event : events) {
        broadcaster.remember(event);
        leases.follow(event);
        waiting.follow(event);
        if (event instanceof RoomEvent.BroadcastEvent sent) {
          reconciler.beforeBroadcast(sent, before);
          broadcaster.broadcast(now, sent);
        }
        viewers.apply(event, earlier, now);
        if (event instanceof RoomEvent.TimelineChanged changed) {
          earlier = earlier.withTimeline(changed.timeline()); // a commit may hold several
        }
        if (viewers.mayMakeSomethingDue(event)) {
          timer.checkSoon();
        }
      }
    } finally {
      broadcaster.flush();
      state.updateFootprint();
    }
    for (RoomEvent event : events) {
      if (event instanceof RoomEvent.UserPromoted promoted) {
        broadcaster.sendKnocks(now, promoted.userId());
      }
    }
  }
}
