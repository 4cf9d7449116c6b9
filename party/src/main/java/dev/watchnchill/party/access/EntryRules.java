package dev.watchnchill.party.access;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.JoinResult;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.Join;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.AdmissionRules;
import dev.watchnchill.party.entry.AdmissionRules.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides which client gets a seat, under which name, and with which right (JN1 to JN11, RS3, RS5,
 * EN1).
 */
public final class EntryRules {
  private final Limits limits;

  /** Creates the rules with the given bounds. */
  public EntryRules(Limits limits) {
    this.limits = limits;
  }

  /** Decides on a join. */
  public Decision join(Room room, Join join, long nowMs) {
    Member resumed = join.session() == null ? null : room.members().findBySession(join.session());
    if (resumed != null) {
      return takeSeat(room, join, resumed, SeatKind.RESUMED, join.session(), nowMs);
    }
    List<Member> sameName = room.members().findAllByName(join.name());
    Member own = first(sameName, member -> member.id().equals(join.current()));
    if (own != null) {
      return takeSeat(room, join, own, SeatKind.SAME, own.session(), nowMs);
    }
    boolean tokenIsRight = room.opensAsHost(join.hostToken());
    Member former = join.current() == null ? null : room.members().find(join.current());
    // Nobody is asked twice: not the owner, and not a member who takes another name.
    Admission admission =
        tokenIsRight || former != null
            ? Admission.notNeeded(room)
            : AdmissionRules.admit(room, join, nowMs);
    // Names come after a password, so that the room tells a stranger none. They come before the
    // question to the hosts, so that nobody is let in under a name that is taken.
    if (admission.rejection() != null && !admission.needsApproval()) {
      return Decision.rejected(room, admission.rejection());
    }
    Member host = first(sameName, Member::host);
    if (host != null && tokenIsRight) {
      return takeSeat(room, join, host, SeatKind.TAKEN_OVER, join.newSession(), nowMs);
    }
    Rejection rejection = missingSpace(room, join, sameName, former, tokenIsRight);
    if (rejection != null || admission.needsApproval()) {
      return Decision.rejected(room, rejection == null ? Rejection.APPROVAL_REQUIRED : rejection);
    }
    return newSeat(room, join, admission, sameName, former, tokenIsRight, nowMs);
  }

  /** Returns why there is no new seat under this name, or null. */
  private @Nullable Rejection missingSpace(
      Room room, Join join, List<Member> sameName, @Nullable Member former, boolean tokenIsRight) {
    if (first(sameName, Member::host) != null) {
      return Rejection.BAD_HOST_CREDENTIALS;
    }
    if (first(sameName, member -> !member.away()) != null) {
      return Rejection.NAME_TAKEN;
    }
    boolean claimsHost =
        join.hostToken() != null || (room.creator() != null && join.name().sameAs(room.creator()));
    if (claimsHost && !tokenIsRight) {
      return Rejection.BAD_HOST_CREDENTIALS;
    }
    int leaving = sameName.size() + (former == null ? 0 : 1);
    return room.members().size() - leaving >= limits.membersMax() ? Rejection.ROOM_FULL : null;
  }

  /**
   * Adds a new member. Away guests with the same name leave before (RS5), and the socket's former
   * seat is given up afterwards (JN10).
   */
  private static Decision newSeat(
      Room room,
      Join join,
      Admission admission,
      List<Member> awayMembers,
      @Nullable Member former,
      boolean asHost,
      long nowMs) {
    var events = new ArrayList<RoomEvent>();
    Room next = room.withEntry(admission.entry());
    for (Member away : awayMembers) {
      next = next.changed(nowMs).withMembers(next.members().minus(away.id()), nowMs);
      events.add(new RoomEvent.UserLeft(next.seq(), away.id()));
    }
    Member member = newMember(room, join, former, asHost, nowMs);
    next = next.changed(nowMs).withMembers(next.members().plus(member), nowMs);
    events.add(new RoomEvent.UserJoined(next.seq(), member));
    if (admission.invited()) {
      events.add(new RoomEvent.InvitationsChanged(next.seq(), null));
    }
    if (asHost) {
      next = HostRules.ownedBy(member, next, null, events);
    }
    next = leaveFormerSeat(next, join.current(), events, nowMs);
    return Decision.joined(next, events, new JoinResult(member.id(), SeatKind.NEW));
  }

  /** Another name ends no mute and no wait of slow mode (rules EN11, RT5). */
  private static Member newMember(
      Room room, Join join, @Nullable Member former, boolean asHost, long nowMs) {
    boolean muted =
        (former != null && former.muted()) || AdmissionRules.staysMuted(room, join.identity());
    return new Member(
        join.newUser(),
        join.name(),
        asHost,
        nowMs,
        join.newSession(),
        null,
        join.instance(),
        join.identity(),
        muted && !asHost,
        former == null ? 0 : former.spokeAtMs());
  }

  private static @Nullable Member first(List<Member> members, Predicate<Member> test) {
    for (Member member : members) {
      if (test.test(member)) {
        return member;
      }
    }
    return null;
  }

  /**
   * Gives the seat of an existing member to the joining socket. Who takes it over with the host
   * token owns the room (RT1).
   */
  private static Decision takeSeat(
      Room room,
      Join join,
      Member member,
      SeatKind kind,
      @Nullable SecretHash session,
      long nowMs) {
    var events = new ArrayList<RoomEvent>();
    Member back = member.asPresent(session, join.instance()).identifiedBy(join.identity());
    boolean newOwner = kind == SeatKind.TAKEN_OVER && !room.isOwner(member.id());
    Room next = room;
    if (newOwner || !back.equals(member)) {
      next = room.changed(nowMs).withMembers(room.members().with(back), nowMs);
      // Sent even when the member was not away: a change without an event would be a gap for
      // clients (SQ1).
      events.add(new RoomEvent.UserReturned(next.seq(), member.id()));
    }
    if (newOwner) {
      next = HostRules.ownedBy(member, next, null, events);
    }
    UserId former = member.id().equals(join.current()) ? null : join.current();
    next = leaveFormerSeat(next, former, events, nowMs);
    return Decision.joined(next, events, new JoinResult(member.id(), kind));
  }

  private static Room leaveFormerSeat(
      Room room, @Nullable UserId former, List<RoomEvent> events, long nowMs) {
    return former == null ? room : DepartureRules.remove(room, former, events, nowMs);
  }
}
