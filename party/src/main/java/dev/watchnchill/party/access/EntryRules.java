package dev.watchnchill.party.access;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.Seat;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Join;
import dev.watchnchill.party.RoomCommand.Promote;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Decides who gets a seat, under which name, and with which right (JN1 to JN11, RS3, RS5, PR1). */
public final class EntryRules {
  private final Limits limits;

  /** The rules within these bounds. */
  public EntryRules(Limits limits) {
    this.limits = limits;
  }

  /** Gives a seat to whoever may have it. */
  public Decision join(Room room, Join join, long nowMs) {
    Member resumed = join.session() == null ? null : room.members().holding(join.session());
    if (resumed != null) {
      return takeSeat(room, join, resumed, SeatKind.RESUMED, join.session(), nowMs);
    }
    List<Member> namesakes = room.members().allNamed(join.name());
    Member own = first(namesakes, member -> member.id().equals(join.current()));
    if (own != null) {
      return takeSeat(room, join, own, SeatKind.SAME, own.session(), nowMs);
    }
    boolean tokenIsRight = join.hostToken() != null && room.hostToken().matches(join.hostToken());
    Member host = first(namesakes, Member::host);
    if (host != null) {
      return tokenIsRight
          ? takeSeat(room, join, host, SeatKind.TAKEN_OVER, join.newSession(), nowMs)
          : Decision.rejected(room, Rejection.BAD_HOST_CREDENTIALS);
    }
    if (first(namesakes, member -> !member.away()) != null) {
      return Decision.rejected(room, Rejection.NAME_TAKEN);
    }
    if (join.hostToken() != null && !tokenIsRight) {
      return Decision.rejected(room, Rejection.BAD_HOST_CREDENTIALS);
    }
    if (join.hostToken() == null && join.name().sameAs(room.creator())) {
      return Decision.rejected(room, Rejection.BAD_HOST_CREDENTIALS);
    }
    Member former = join.current() == null ? null : room.members().find(join.current());
    int leaving = namesakes.size() + (former == null ? 0 : 1);
    if (room.members().size() - leaving >= limits.membersMax()) {
      return Decision.rejected(room, Rejection.ROOM_FULL);
    }
    return newSeat(room, join, namesakes, tokenIsRight, nowMs);
  }

  /** Gives another user a host's right. */
  public Decision promote(Room room, Promote promote, long nowMs) {
    Member target = room.members().find(promote.target());
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    if (target.host()) {
      return Decision.rejected(room, Rejection.ALREADY_HOST);
    }
    Room next = room.changed(nowMs).with(room.members().with(target.promoted()), nowMs);
    return Decision.done(
        next, List.of(new RoomEvent.UserPromoted(next.seq(), target.id(), target.name())));
  }

  /**
   * A new user; away guests of that name go first (RS5), the socket's own former seat last (JN10).
   */
  private Decision newSeat(
      Room room, Join join, List<Member> awayNamesakes, boolean asHost, long nowMs) {
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member away : awayNamesakes) {
      next = next.changed(nowMs).with(next.members().minus(away.id()), nowMs);
      events.add(new RoomEvent.UserLeft(next.seq(), away.id()));
    }
    var member =
        new Member(
            join.newUser(), join.name(), asHost, nowMs, join.newSession(), null, join.instance());
    next = next.changed(nowMs).with(next.members().plus(member), nowMs);
    if (asHost) {
      next = next.withHost(member.id(), member.name());
    }
    events.add(new RoomEvent.UserJoined(next.seq(), member));
    next = leaveFormerSeat(next, join.current(), events, nowMs);
    return Decision.seated(next, events, new Seat(member.id(), SeatKind.NEW));
  }

  private static @Nullable Member first(List<Member> members, Predicate<Member> test) {
    for (Member member : members) {
      if (test.test(member)) {
        return member;
      }
    }
    return null;
  }

  /** The seat of a user who is there already goes to this socket. */
  private static Decision takeSeat(
      Room room,
      Join join,
      Member member,
      SeatKind kind,
      @Nullable SecretHash session,
      long nowMs) {
    var events = new ArrayList<RoomEvent>();
    Member back = member.returned(session, join.instance());
    Room next = room;
    if (!back.equals(member)) {
      next = room.changed(nowMs).with(room.members().with(back), nowMs);
      // Told even when the user was not away: every change has an event, or clients would see a
      // hole (SQ1).
      events.add(new RoomEvent.UserReturned(next.seq(), member.id()));
    }
    UserId former = member.id().equals(join.current()) ? null : join.current();
    next = leaveFormerSeat(next, former, events, nowMs);
    return Decision.seated(next, events, new Seat(member.id(), kind));
  }

  private static Room leaveFormerSeat(
      Room room, @Nullable UserId former, List<RoomEvent> events, long nowMs) {
    return former == null ? room : DepartureRules.remove(room, former, events, nowMs);
  }
}
