package dev.watchnchill.server.runtime.broadcast;

import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Audience;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.port.Scheduler;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.MemberStatus;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Broadcasts the states of the members' players to the members on this instance: seldom, and only
 * what has changed (rule ST1).
 */
final class ViewerStatusBroadcaster {
  private static final long PERIOD_MS = 5_000;

  /** Most members in one message; the others come in the next. */
  private static final int MEMBERS_MAX = 100;

  private static final long DRIFT_STEP_MS = 10;
  private static final long BOUND_STEP_MS = 5;

  private final LiveRoom room;
  private final RoomContext context;
  private final Map<UserId, MemberStatus> sent = new HashMap<>();
  private final Set<UserId> changed = new LinkedHashSet<>();
  private long nextAtMs;
  private Scheduler.@Nullable Timer timer;

  ViewerStatusBroadcaster(LiveRoom room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** Follows a report of a member's player. */
  void reported(UserId user, ViewerReport report) {
    if (differ(sent.get(user), status(user, report))) {
      changed.add(user);
      if (timer == null) {
        sendOrWait();
      }
    } else {
      changed.remove(user);
    }
  }

  /** Forgets a member whose player is gone, or is another one. */
  void forget(UserId user) {
    sent.remove(user);
    changed.remove(user);
  }

  void clear() {
    sent.clear();
    changed.clear();
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /** Sends a joiner the states of the members that it is shown, if any state is known. */
  void sendTo(Session session, List<Member> shown, Audience audience) {
    var members = new ArrayList<MemberStatus>();
    for (Member member : shown) {
      ViewerReport report = audience.of(member.id()).report();
      if (report != null && differ(null, status(member.id(), report))) {
        members.add(status(member.id(), report));
      }
    }
    if (!members.isEmpty()) {
      session.connection().send(new ServerMessage.StatusUpdate(members));
    }
  }

  private void sendOrWait() {
    long waitMs = nextAtMs - context.clock().nowMs();
    if (waitMs <= 0) {
      send();
    } else {
      timer = context.scheduler().after(waitMs, () -> room.enqueue(this::fire));
    }
  }

  private void fire() {
    timer = null;
    if (!changed.isEmpty()) {
      send();
    }
  }

  private void send() {
    var members = new ArrayList<MemberStatus>();
    Audience audience = room.viewers().audience();
    for (Iterator<UserId> each = changed.iterator();
        each.hasNext() && members.size() < MEMBERS_MAX; ) {
      UserId user = each.next();
      each.remove();
      ViewerReport report = audience.of(user).report();
      if (report != null) {
        var status = status(user, report);
        sent.put(user, status);
        members.add(status);
      }
    }
    nextAtMs = context.clock().nowMs() + PERIOD_MS;
    if (!members.isEmpty()) {
      var message = new ServerMessage.StatusUpdate(List.copyOf(members));
      context.fanOut().send(room.id(), message, true);
    }
    if (!changed.isEmpty()) {
      sendOrWait();
    }
  }

  private static MemberStatus status(UserId user, ViewerReport report) {
    ViewerReport.State state = report.state();
    return new MemberStatus(
        user.toString(),
        rounded(report.drift()),
        rounded(report.bound()),
        state == null ? null : state.name().toLowerCase(Locale.ROOT));
  }

  private static @Nullable Long rounded(@Nullable Double ms) {
    return ms == null ? null : (Long) Math.round(ms);
  }

  /** Whether the difference is large enough to be sent. */
  private static boolean differ(@Nullable MemberStatus old, MemberStatus now) {
    return old == null
        ? now.drift() != null || now.bound() != null || now.state() != null
        : !Objects.equals(old.state(), now.state())
            || moved(old.drift(), now.drift(), DRIFT_STEP_MS)
            || moved(old.bound(), now.bound(), BOUND_STEP_MS);
  }

  private static boolean moved(@Nullable Long old, @Nullable Long now, long stepMs) {
    return (old == null || now == null) ? !Objects.equals(old, now) : Math.abs(now - old) > stepMs;
  }
}
