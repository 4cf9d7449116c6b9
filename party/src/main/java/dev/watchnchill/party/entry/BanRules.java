package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.LiftBan;
import dev.watchnchill.party.RoomCommand.RemoveMember;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on bans (rules EN9, EN10). */
public final class BanRules {
  /** Most bans of a room; the oldest ends for one more. */
  static final int BANS_MAX = 200;

  /** Most browsers that no address bans. */
  static final int EXEMPT_MAX = 500;

  private static final long MINUTE_MS = 60_000;

  private BanRules() {}

  /** Returns a room that bans a member whom a host has just removed. */
  static Room ban(
      Room room, RemoveMember remove, Member target, List<RoomEvent> events, long nowMs) {
    Member actor = room.members().find(remove.actor());
    if (actor == null || remove.ban() == null) {
      throw new IllegalStateException("the right was checked before");
    }
    Long minutes = remove.minutes();
    var ban =
        new Ban(
            remove.ban(),
            target.name(),
            actor.id(),
            actor.name(),
            nowMs,
            minutes == null ? null : nowMs + minutes * MINUTE_MS,
            target.session(),
            target.identity());
    List<Ban> held = room.entry().bans().stream().filter(one -> !one.expired(nowMs)).toList();
    List<KeyedHash> before = held.isEmpty() ? List.of() : room.entry().exempt();
    Room next =
        room.withEntry(
            room.entry()
                .withBans(
                    EntryState.newest(held, List.of(ban), BANS_MAX),
                    exempt(before, room, target.identity())));
    events.add(new RoomEvent.BansChanged(next.seq(), actor.id()));
    return KnockRules.refuseBanned(next, actor.id(), events, nowMs);
  }

  /** Everybody else at the address keeps coming in, and the banned browser does not. */
  private static List<KeyedHash> exempt(List<KeyedHash> before, Room room, MemberIdentity banned) {
    KeyedHash browser = banned.browser();
    List<KeyedHash> kept =
        browser == null ? before : before.stream().filter(one -> !one.matches(browser)).toList();
    var others = new ArrayList<KeyedHash>();
    for (Member member : room.members().list()) {
      KeyedHash own = member.identity().browser();
      if (own != null
          && member.identity().sharesAddress(banned)
          && !kept.contains(own)
          && !others.contains(own)) {
        others.add(own);
      }
    }
    return EntryState.newest(kept, others, EXEMPT_MAX);
  }

  /** Ends a ban. Bans of others at the address do not keep that browser out either. */
  public static Decision lift(Room room, LiftBan lift, long nowMs) {
    EntryState entry = room.entry();
    var left = new ArrayList<Ban>();
    var lifted = new ArrayList<KeyedHash>();
    for (Ban ban : entry.bans()) {
      if (!ban.id().equals(lift.ban())) {
        left.add(ban);
      } else if (ban.identity().browser() != null
          && !entry.exempt().contains(ban.identity().browser())) {
        lifted.add(ban.identity().browser());
      }
    }
    if (left.size() == entry.bans().size()) {
      return Decision.rejected(room, Rejection.BAN_NOT_FOUND);
    }
    List<KeyedHash> exempt =
        left.isEmpty() ? List.of() : EntryState.newest(entry.exempt(), lifted, EXEMPT_MAX);
    Room next = room.changed(nowMs).withEntry(entry.withBans(left, exempt));
    return Decision.done(next, List.of(new RoomEvent.BansChanged(next.seq(), lift.actor())));
  }

  /**
   * Returns whether a ban keeps a client out: by the session token of the banned seat, by the
   * browser, or by the address unless the browser is exempt.
   */
  public static boolean bans(
      EntryState entry, @Nullable SecretHash session, MemberIdentity identity, long nowMs) {
    KeyedHash browser = identity.browser();
    boolean exempt = browser != null && entry.exempt().stream().anyMatch(browser::matches);
    for (Ban ban : entry.bans()) {
      SecretHash seat = ban.session();
      boolean same =
          (seat != null && session != null && seat.matches(session))
              || ban.identity().sharesBrowser(identity)
              || (!exempt && ban.identity().sharesAddress(identity));
      if (same && !ban.expired(nowMs)) {
        return true;
      }
    }
    return false;
  }
}
