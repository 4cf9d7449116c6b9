package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ServerMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles the member list with this instance's sockets: members wrongly marked away or gone are
 * marked present again (rule IN4), and sockets whose seat another instance has lose it (rule IN2).
 */
public final class SeatReconciler {
  private static final Logger log = LoggerFactory.getLogger(SeatReconciler.class);

  /** Delay before a reassertion is tried again when the store did not take it. */
  private static final long RETRY_MS = 500;

  private final RoomActor room;
  private final RoomContext context;
  // Members marked gone while their socket is still here, as the room knew them.
  private Map<UserId, Member> missing = Collections.emptyMap();
  private boolean willCheck;
  private boolean willRetry;

  SeatReconciler(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /**
   * Remembers a member whom an event marks away or gone while the socket is here, before the
   * broadcast.
   */
  void beforeBroadcast(RoomEvent.BroadcastEvent event, Room before) {
    switch (event) {
      case RoomEvent.UserLeft left -> {
        if (left.removal() == null) {
          markedGone(left.userId(), before);
        }
      }
      case RoomEvent.UserAway lost -> markedGone(lost.userId(), before);
      case RoomEvent.UserJoined _,
          RoomEvent.UserReturned _,
          RoomEvent.UserPromoted _,
          RoomEvent.UserDemoted _,
          RoomEvent.RoomTransferred _,
          RoomEvent.SettingsChanged _,
          RoomEvent.MemberMuted _,
          RoomEvent.HostsChange _,
          RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.TimelineChanged _,
          RoomEvent.WaitingSet _,
          RoomEvent.QueueChanged _,
          RoomEvent.SubtitlesChanged _,
          RoomEvent.ChatChange _,
          RoomEvent.VoiceChanged _,
          RoomEvent.RoomClosed _,
          RoomEvent.TransientEvent _ -> {}
    }
  }

  private void markedGone(UserId user, Room before) {
    if (room.seats().of(user) != null) {
      remember(user, before);
      checkLater();
    }
  }

  /** Follows an event that has been broadcast. */
  void afterBroadcast(RoomEvent.BroadcastEvent event, Room now) {
    switch (event) {
      case RoomEvent.UserJoined _ -> checkLater();
      case RoomEvent.UserReturned returned -> {
        checkLater();
        Member member = now.members().find(returned.userId());
        boolean here = member != null && context.instances().self().equals(member.instance());
        if (!here || !missing.containsKey(returned.userId())) {
          // The seat is another socket's now, so what follows is not for this one (rule RS6).
          room.seats().lost(returned.userId());
        }
      }
      case RoomEvent.UserLeft left -> {
        if (left.removal() != null) {
          room.seats().removed(left.userId(), left.removal().banned());
        }
      }
      case RoomEvent.UserAway _,
          RoomEvent.UserPromoted _,
          RoomEvent.UserDemoted _,
          RoomEvent.RoomTransferred _,
          RoomEvent.SettingsChanged _,
          RoomEvent.MemberMuted _,
          RoomEvent.HostsChange _,
          RoomEvent.VideoSet _,
          RoomEvent.Controlled _,
          RoomEvent.TimelineChanged _,
          RoomEvent.WaitingSet _,
          RoomEvent.QueueChanged _,
          RoomEvent.SubtitlesChanged _,
          RoomEvent.ChatChange _,
          RoomEvent.VoiceChanged _,
          RoomEvent.RoomClosed _,
          RoomEvent.TransientEvent _ -> {}
    }
  }

  /** Follows a resync, which replaced the member list. */
  void resynced(Room before) {
    // Members who are present nevertheless get the resync.
    for (UserId user : room.seats().all().keySet()) {
      if (!isHere(user)) {
        remember(user, before);
      }
    }
    checkLater();
  }

  private void remember(UserId user, Room before) {
    Member member = before.members().find(user);
    if (member != null) {
      addMissing(member);
    }
  }

  private void addMissing(Member member) {
    if (missing.isEmpty()) {
      missing = new HashMap<>(2);
    }
    missing.put(member.id(), member);
  }

  void clear() {
    missing.clear();
  }

  /** Compares the room with the seats when the task under way has ended. */
  void checkLater() {
    if (!willCheck) {
      willCheck = true;
      room.enqueueTask(this::check);
    }
  }

  /**
   * Returns whether the room has a member as present here. When it does not, the member list is
   * corrected first: no client is shown a room that marks itself as gone, as later events would not
   * correct that.
   */
  public CompletableFuture<Boolean> ensurePresent(UserId user) {
    return isHere(user) ? Futures.of(true) : check().thenApply(_ -> isHere(user));
  }

  private boolean isHere(UserId user) {
    Room now = room.cachedState();
    Member member = now == null ? null : now.members().find(user);
    return member != null && member.presentOn(context.instances().self());
  }

  private CompletableFuture<?> check() {
    willCheck = false;
    Room now = room.cachedState();
    if (now == null) {
      return Futures.done();
    }
    InstanceId self = context.instances().self();
    var lost = new ArrayList<Member>();
    for (UserId user : Set.copyOf(room.seats().all().keySet())) {
      Member member = now.members().find(user);
      Member known = member == null ? missing.get(user) : member;
      if (member == null && now.entry().wasRemoved(user)) {
        room.seats().removed(user, false);
      } else if (known != null && (member == null || member.away())) {
        lost.add(known);
      } else if (member == null || !self.equals(member.instance())) {
        room.seats().lost(user);
      } else {
        // It was reasserted, and the answer was lost.
        sendPosition(user, missing.get(user), member, now);
      }
    }
    missing.clear();
    lost.forEach(this::addMissing);
    CompletableFuture<?> reasserted = lost.isEmpty() ? Futures.done() : reassert(self, lost);
    return reasserted.thenRun(this::deferMissedDepartures);
  }

  private void deferMissedDepartures() {
    Room now = room.cachedState();
    for (Member member : now == null ? List.<Member>of() : now.members().list()) {
      if (member.presentOn(context.instances().self()) && room.seats().of(member.id()) == null) {
        // The answer to its join was lost, or the store has lost its departure.
        room.departures().defer(member.id(), new RoomCommand.Disconnect(member.id()));
      }
    }
  }

  private CompletableFuture<?> reassert(InstanceId self, List<Member> lost) {
    return room.apply(new RoomCommand.ReclaimSeats(self, lost))
        .handle((decision, failure) -> {
          if (failure != null) {
            notReasserted(Futures.cause(failure));
          } else {
            reasserted(self, lost, decision == null ? null : decision.next());
          }
          return true;
        });
  }

  private void notReasserted(Throwable cause) {
    log.atLevel(FailureLogLevel.level(cause))
        .log("Members of room {} cannot be reasserted yet: {}", room.id(), cause.toString());
    room.storeLost();
    retryLater();
  }

  /** Checks again later, once for all that has failed: each rejected resume comes here. */
  private void retryLater() {
    if (!willRetry) {
      willRetry = true;
      context
          .scheduler()
          .after(
              RETRY_MS,
              () ->
                  room.enqueue(() -> {
                    willRetry = false;
                    checkLater();
                  }));
    }
  }

  private void reasserted(InstanceId self, List<Member> lost, @Nullable Room next) {
    for (Member member : lost) {
      Member here = next == null ? null : next.members().find(member.id());
      if (next == null || here == null || !here.presentOn(self)) {
        room.seats().lost(member.id());
      } else {
        // More may have become known of it since it was found missing.
        sendPosition(member.id(), missing.getOrDefault(member.id(), member), here, next);
      }
    }
    missing.clear();
  }

  private void sendPosition(UserId user, @Nullable Member was, Member is, Room now) {
    Session session = room.seats().of(user);
    if (session == null || was == null) {
      return;
    }
    if (session.resumable()) {
      // Not up to where events were sent: a host was sent none for hosts while it was gone.
      session
          .connection()
          .send(new ServerMessage.StreamPosition(room.id().value(), now.epoch(), now.seq()));
    } else if (was.host() && !is.host()) {
      // For the others it had left, and is no host any more; no base event tells it so.
      room.snapshot().send(session, now, user, null, true);
    }
  }
}
