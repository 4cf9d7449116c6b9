package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.wire.Outbound;
import dev.watchnchill.server.wire.Payloads;
import dev.watchnchill.server.wire.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends joins and departures of a large room in batches with a bounded number of names (rules PS1
 * to PS5). n joins are n changes of the room, but not n² messages.
 */
final class LargeRoomPresence {
  /** Most members of each kind in one batch. */
  static final int LISTED_MAX = 20;

  /** Most members in the snapshot of a large room. */
  private static final int SHOWN_MAX = 100;

  /**
   * Least time between two batches, and its share for each member, which bounds the messages of a
   * room.
   */
  private static final long INTERVAL_MIN_MS = 1_000;

  private static final long INTERVAL_PER_MEMBER_MS = 1;

  private final RoomActor room;
  private final RoomContext context;
  private final int eachMax;
  private final BaseClientRoster base;
  // Members that changed since the last batch; true for one that joined.
  private final Map<UserId, Boolean> changed = new LinkedHashMap<>();
  private boolean large;
  private boolean willTell;
  private long nextAtMs;
  private Scheduler.@Nullable Timer timer;

  LargeRoomPresence(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
    this.eachMax = context.rules().limits().presenceEachMax();
    this.base = new BaseClientRoster(room, context);
  }

  /** Returns whether the room is a large room now. */
  boolean large() {
    return large;
  }

  /** Returns whether no join or departure waits for a batch. */
  boolean quiet() {
    return changed.isEmpty();
  }

  /** Begins with a room of which no member here knows anything yet. */
  void begin(Room loaded) {
    clear();
    large = loaded.members().size() > eachMax;
  }

  /** Prepares for a change of the room, before its events are sent. */
  void beforeChange(Room now, Room next) {
    if (!large && next.members().size() > eachMax) {
      large = true;
      base.begin(now.members());
    }
  }

  /** Follows a change of the room, after its events were sent or kept for a batch. */
  void afterChange(Room now) {
    // A client that does not know presence has to see a gap, and ask for the whole room.
    if (now.seq() > room.broadcaster().broadcastSeq()) {
      resynced(now);
    }
  }

  /** Follows a resync: clients that knew the former state ask for the room. */
  void resynced(Room now) {
    if (large && now.members().size() <= smallAgain()) {
      cancel();
      changed.clear();
      large = false;
      // So that no client is left with a partial list.
      room.broadcaster().allPeople(now, snapshot(now, null));
      base.end(now);
    }
  }

  /** Returns whether the room is large after a change; with hysteresis at the limit. */
  private int smallAgain() {
    return eachMax * 3 / 4;
  }

  /** Keeps an event for the next batch; false for an event that is sent at once. */
  boolean defers(RoomEvent.BroadcastEvent event) {
    if (!large) {
      return false;
    }
    switch (event) {
      case RoomEvent.UserJoined joined -> changed.put(joined.member().id(), true);
      case RoomEvent.UserLeft left -> {
        changed.put(left.userId(), false);
        base.left(left.userId());
      }
      case RoomEvent.UserAway away -> changed.putIfAbsent(away.userId(), false);
      case RoomEvent.UserReturned back -> changed.putIfAbsent(back.userId(), false);
      default -> {
        return false;
      }
    }
    tellSoon();
    return true;
  }

  private void tellSoon() {
    if (timer == null && !willTell) {
      willTell = true;
      room.enqueue(this::tellOrWait);
    }
  }

  private void tellOrWait() {
    willTell = false;
    long waitMs = nextAtMs - context.clock().nowMs();
    if (waitMs <= 0) {
      sendBatch();
    } else if (timer == null) {
      timer = context.scheduler().after(waitMs, () -> room.enqueue(this::fire));
    }
  }

  private void fire() {
    timer = null;
    sendBatch();
  }

  private void sendBatch() {
    Room now = room.cachedState();
    if (now == null || !large || quiet()) {
      return;
    }
    nextAtMs =
        context.clock().nowMs()
            + Math.max(INTERVAL_MIN_MS, now.members().size() * INTERVAL_PER_MEMBER_MS);
    room.broadcaster().sendPresence(now, new Outbound("presence", batch(now), null, false));
  }

  /**
   * Returns the batch with the present state of each member, so that it may repeat what a client
   * knows.
   */
  private Payloads.Presence batch(Room now) {
    var joined = new ArrayList<Views.User>();
    var left = new ArrayList<String>();
    var away = new ArrayList<String>();
    var returned = new ArrayList<String>();
    boolean more = false;
    for (Map.Entry<UserId, Boolean> each : changed.entrySet()) {
      Member member = now.members().find(each.getKey());
      if (member != null && each.getValue()) {
        more |= !addTo(joined, Views.User.of(member));
      } else {
        List<String> list = member == null ? left : member.away() ? away : returned;
        more |= !addTo(list, each.getKey().toString());
      }
    }
    changed.clear();
    return new Payloads.Presence(
        room.id().value(),
        now.epoch(),
        now.seq(),
        room.broadcaster().broadcastSeq(),
        true,
        now.members().size(),
        joined,
        left,
        away,
        returned,
        more);
  }

  private static <T> boolean addTo(List<T> list, T entry) {
    return list.size() < LISTED_MAX && list.add(entry);
  }

  /** Returns the member list for a client whose list may differ (rule PS3). */
  Outbound snapshot(Room now, @Nullable UserId reader) {
    List<Views.User> users = Views.User.of(shown(now, reader));
    return new Outbound(
        "presence",
        new Payloads.PresenceSnapshot(
            room.id().value(),
            now.epoch(),
            now.seq(),
            room.broadcaster().broadcastSeq(),
            large,
            now.members().size(),
            true,
            users),
        null,
        false);
  }

  /** Returns the members that a client is shown: all, or a selection in a large room (rule PS5). */
  List<Member> shown(Room now, @Nullable UserId reader) {
    return large
        ? VisibleMembers.of(now.members().list(), reader, Math.min(SHOWN_MAX, eachMax))
        : now.members().list();
  }

  /** Returns the room as a socket is shown it. */
  Views.RoomState state(Session session, Room now, UserId reader) {
    long nowMs = context.clock().nowMs();
    if (!large) {
      return Views.RoomState.of(now, nowMs);
    }
    List<Member> shown = shown(now, reader);
    if (!session.resumable()) {
      base.shown(reader, shown);
    }
    return Views.RoomState.of(now, shown, nowMs);
  }

  /** Drops what waits for a batch. */
  void clear() {
    cancel();
    changed.clear();
    base.clear();
    large = false;
  }

  void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
