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
 * How the members on this instance hear of people in a big room: seldom, in one piece, and never
 * more than a few names (rules PS1 to PS5). n people who come make n changes of the room, but no n²
 * messages.
 */
final class LargeRoomPresence {
  /** Most people of each kind in one telling. */
  static final int LISTED_MAX = 20;

  /** Most people in the state of a big room. */
  private static final int SHOWN_MAX = 100;

  /**
   * How far apart two tellings are at least, and for each member: a room's messages stay bounded.
   */
  private static final long INTERVAL_MIN_MS = 1_000;

  private static final long INTERVAL_PER_MEMBER_MS = 1;

  private final RoomActor room;
  private final RoomContext context;
  private final int eachMax;
  private final BaseClientRoster base;
  // Who has come, gone, been lost or come back since the last telling; true for whoever has come.
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

  /** Whether people are told of in one piece now. */
  boolean large() {
    return large;
  }

  /** Whether all that has become of people is told. */
  boolean quiet() {
    return changed.isEmpty();
  }

  /** That room is known from now on, and nobody here was told of it yet. */
  void begin(Room loaded) {
    clear();
    large = loaded.members().size() > eachMax;
  }

  /** The room is about to become another one; what happened is told afterwards. */
  void beforeChange(Room now, Room next) {
    if (!large && next.members().size() > eachMax) {
      large = true;
      base.begin(now.members());
    }
  }

  /** What happened is told, or kept for later. */
  void afterChange(Room now) {
    // Whoever knows no presence has to see a hole, and ask for the room as one piece.
    if (now.seq() > room.broadcaster().broadcastSeq()) {
      resynced(now);
    }
  }

  /** The room is another one now, and whoever was told of the last one asks for it. */
  void resynced(Room now) {
    if (large && now.members().size() <= smallAgain()) {
      cancel();
      changed.clear();
      large = false;
      // So that no client is left with the few of the many that it was told of.
      room.broadcaster().allPeople(now, snapshot(now, null));
      base.end(now);
    }
  }

  /** A room at the limit does not go to and fro. */
  private int smallAgain() {
    return eachMax * 3 / 4;
  }

  /** Takes what is told later, with others of its kind; false for what is told by itself. */
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
      tell();
    } else if (timer == null) {
      timer = context.scheduler().after(waitMs, () -> room.enqueue(this::fire));
    }
  }

  private void fire() {
    timer = null;
    tell();
  }

  private void tell() {
    Room now = room.cachedState();
    if (now == null || !large || quiet()) {
      return;
    }
    nextAtMs =
        context.clock().nowMs()
            + Math.max(INTERVAL_MIN_MS, now.members().size() * INTERVAL_PER_MEMBER_MS);
    room.broadcaster().people(now, new Outbound("presence", news(now), null, false));
  }

  /** As everything stands now, so that it says the same to whoever knows some of it already. */
  private Payloads.Presence news(Room now) {
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

  /** Who is there, for somebody whose list may be another one (rule PS3). */
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

  /** The people that somebody is shown: all, or some of the many (rule PS5). */
  List<Member> shown(Room now, @Nullable UserId reader) {
    return large
        ? VisibleMembers.of(now.members().list(), reader, Math.min(SHOWN_MAX, eachMax))
        : now.members().list();
  }

  /** The room as that socket is shown it. */
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

  /** Nothing is to be told any more. */
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
