package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.wire.Payloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets right what the others think of the sockets here: whoever was taken for gone and is not, is
 * here (rule IN4); whose seat another server has, is not (rule IN2).
 */
final class SeatReconciler {
  private static final Logger log = LoggerFactory.getLogger(SeatReconciler.class);

  /** How soon it is said again when the store did not take it. */
  private static final long RETRY_MS = 500;

  private final RoomActor room;
  private final RoomContext context;
  // Who was taken for gone while the socket is still here, as the room knew them.
  private final Map<UserId, Member> missing = new HashMap<>();
  private boolean willLook;

  SeatReconciler(RoomActor room, RoomContext context) {
    this.room = room;
    this.context = context;
  }

  /** That is told next; whom others take for gone while the socket is here, is remembered. */
  void hears(RoomEvent.Told event, Room before) {
    UserId gone =
        switch (event) {
          case RoomEvent.UserLeft left -> left.userId();
          case RoomEvent.UserAway lost -> lost.userId();
          default -> null;
        };
    if (gone != null && room.seats().of(gone) != null) {
      remember(gone, before);
      lookLater();
    }
  }

  /** That has come of it. */
  void heard(RoomEvent.Told event, Room now) {
    switch (event) {
      case RoomEvent.UserJoined _ -> lookLater();
      case RoomEvent.UserReturned returned -> {
        lookLater();
        Member member = now.members().find(returned.userId());
        boolean here = member != null && context.instances().self().equals(member.instance());
        if (!here || !missing.containsKey(returned.userId())) {
          // The seat is another socket's now, so what follows is not for this one (rule RS6).
          room.seats().lost(returned.userId());
        }
      }
      default -> {}
    }
  }

  /** What is known of the members is another thing now. */
  void jumped(Room before) {
    // Whoever is there all the same is told by the resync.
    for (UserId user : room.seats().all().keySet()) {
      if (!isHere(user)) {
        remember(user, before);
      }
    }
    lookLater();
  }

  private void remember(UserId user, Room before) {
    Member member = before.members().find(user);
    if (member != null) {
      missing.put(user, member);
    }
  }

  void clear() {
    missing.clear();
  }

  /** Compares the room with the seats when what is going on in the room is done. */
  void lookLater() {
    if (!willLook) {
      willLook = true;
      room.inTurn(this::look);
    }
  }

  /**
   * Whether the room takes that user for connected here. If it does not, it is told first: nobody
   * is ever shown a room that takes them for gone, for what follows would not correct that.
   */
  boolean certain(UserId user) {
    if (isHere(user)) {
      return true;
    }
    look();
    return isHere(user);
  }

  private boolean isHere(UserId user) {
    Room now = room.known();
    Member member = now == null ? null : now.members().find(user);
    return member != null && member.presentOn(context.instances().self());
  }

  private void look() {
    willLook = false;
    Room now = room.known();
    if (now == null) {
      return;
    }
    InstanceId self = context.instances().self();
    var lost = new ArrayList<Member>();
    for (UserId user : Set.copyOf(room.seats().all().keySet())) {
      Member member = now.members().find(user);
      Member known = member == null ? missing.get(user) : member;
      if (known != null && (member == null || member.away())) {
        lost.add(known);
      } else if (member == null || !self.equals(member.instance())) {
        room.seats().lost(user);
      } else {
        // It was said that it is here, and the answer was lost.
        tellWhereItIs(user, missing.get(user), member, now);
      }
    }
    missing.clear();
    if (!lost.isEmpty()) {
      lost.forEach(member -> missing.put(member.id(), member));
      reassert(self, lost);
    }
    Room then = room.known();
    for (Member member : then == null ? List.<Member>of() : then.members().list()) {
      if (member.presentOn(self) && room.seats().of(member.id()) == null) {
        // The answer to its entry was lost, or the store has lost its leaving.
        room.owe(member.id(), new RoomCommand.Drop(member.id()));
      }
    }
  }

  private void reassert(InstanceId self, List<Member> lost) {
    @Nullable Decision decision;
    try {
      decision = room.apply(new RoomCommand.Reassert(self, lost));
    } catch (RuntimeException e) {
      log.atLevel(FailureLogLevel.level(e))
          .log("Room {} cannot be told who is still here: {}", room.id(), e.toString());
      room.storeLost();
      context.scheduler().after(RETRY_MS, () -> room.inTurn(this::lookLater));
      return;
    }
    for (Member member : lost) {
      Room next = decision == null ? null : decision.next();
      Member here = next == null ? null : next.members().find(member.id());
      if (next == null || here == null || !here.presentOn(self)) {
        room.seats().lost(member.id());
      } else {
        // More may have become known of it since it was found missing.
        tellWhereItIs(member.id(), missing.getOrDefault(member.id(), member), here, next);
      }
    }
    missing.clear();
  }

  private void tellWhereItIs(UserId user, @Nullable Member was, Member is, Room now) {
    Session session = room.seats().of(user);
    if (session == null || was == null) {
      return;
    }
    if (session.resumable()) {
      session
          .connection()
          .send(
              "stream-position",
              new Payloads.StreamPosition(room.id().value(), now.epoch(), room.news().told()));
    } else if (was.host() && !is.host()) {
      // For the others it had left, and is no host any more; no base event tells it so.
      room.welcome().send(session, now, user, null, true);
    }
  }
}
