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
    boolean welcome = tokenIsRight || former != null;
    if (!welcome && AdmissionRules.bans(room, join.session(), join.identity(), nowMs)) {
      return Decision.rejected(room, Rejection.BANNED);
    }
    Admission admission =
        welcome
            ? new Admission(null, room.entry(), false)
            : AdmissionRules.admit(room, join, nowMs);
    // Names come after a password, so that the room tells a stranger none. They come before the
    // question to the hosts, so that nobody is let in under a name that is taken.
    boolean mustAsk = admission.rejection() == Rejection.APPROVAL_REQUIRED;
    if (admission.rejection() != null && !mustAsk) {
      return Decision.rejected(room, admission.rejection());
    }
    Member host = first(sameName, Member::host);
    if (host != null) {
      return tokenIsRight
          ? takeSeat(room, join, host, SeatKind.TAKEN_OVER, join.newSession(), nowMs)
          : Decision.rejected(room, Rejection.BAD_HOST_CREDENTIALS);
    }
    if (first(sameName, member -> !member.away()) != null) {
      return Decision.rejected(room, Rejection.NAME_TAKEN);
    }
    if (join.hostToken() != null && !tokenIsRight) {
      return Decision.rejected(room, Rejection.BAD_HOST_CREDENTIALS);
    }
    boolean claimsOwner = room.creator() != null && join.name().sameAs(room.creator());
    if (join.hostToken() == null && claimsOwner) {
      return Decision.rejected(room, Rejection.BAD_HOST_CREDENTIALS);
    }
    int leaving = sameName.size() + (former == null ? 0 : 1);
    if (room.members().size() - leaving >= limits.membersMax()) {
      return Decision.rejected(room, Rejection.ROOM_FULL);
    }
    return mustAsk
        ? Decision.rejected(room, Rejection.APPROVAL_REQUIRED)
        : newSeat(room, join, admission, sameName, tokenIsRight, nowMs);
  }

  /**
   * Adds a new member. Away guests with the same name leave before (RS5), and the socket's former
   * seat is given up afterwards (JN10).
   */
  private Decision newSeat(
      Room room,
      Join join,
      Admission admission,
      List<Member> awayMembers,
      boolean asHost,
      long nowMs) {
    var events = new ArrayList<RoomEvent>();
    Room next = room.withEntry(admission.entry());
    Member former = join.current() == null ? null : room.members().find(join.current());
    for (Member away : awayMembers) {
      next = next.changed(nowMs).withMembers(next.members().minus(away.id()), nowMs);
      events.add(new RoomEvent.UserLeft(next.seq(), away.id()));
    }
    var member =
        new Member(
            join.newUser(),
            join.name(),
            asHost,
            nowMs,
            join.newSession(),
            null,
            join.instance(),
            join.identity(),
            !asHost && staysMuted(room, former, join.identity()),
            former == null ? 0 : former.spokeAtMs());
    next = next.changed(nowMs).withMembers(next.members().plus(member), nowMs);
    events.add(new RoomEvent.UserJoined(next.seq(), member));
    if (admission.invited()) {
      events.add(new RoomEvent.InvitationsChanged(next.seq(), null));
    }
    if (asHost) {
      next = HostRules.owned(next, member, null, events);
    }
    next = leaveFormerSeat(next, join.current(), events, nowMs);
    return Decision.joined(next, events, new JoinResult(member.id(), SeatKind.NEW));
  }

  /** Returns whether a new member is muted: no mute ends by another name or by a rejoin (EN11). */
  private static boolean staysMuted(Room room, @Nullable Member former, MemberIdentity identity) {
    return (former != null && former.muted()) || AdmissionRules.staysMuted(room, identity);
  }

  private static @Nullable Member first(List<Member> members, Predicate<Member> test) {
    for (Member member : members) {
      if (test.test(member)) {
        return member;
      }
    }
    return null;
  }

  /** Gives the seat of an existing member to the joining socket. */
  private static Decision takeSeat(
      Room room,
      Join join,
      Member member,
      SeatKind kind,
      @Nullable SecretHash session,
      long nowMs) {
    var events = new ArrayList<RoomEvent>();
    Member back = member.asPresent(session, join.instance()).identifiedBy(join.identity());
    Room next = room;
    if (!back.equals(member)) {
      next = room.changed(nowMs).withMembers(room.members().with(back), nowMs);
      // Sent even when the member was not away: a change without an event would be a gap for
      // clients (SQ1).
      events.add(new RoomEvent.UserReturned(next.seq(), member.id()));
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
