package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.LiftBan;
import dev.watchnchill.party.RoomCommand.MuteMember;
import dev.watchnchill.party.RoomCommand.RemoveMember;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on removals, bans and mutes (rules EN8 to EN11). */
public final class BanRules {
  /** Most bans of a room; the oldest ends for one more. */
  static final int BANS_MAX = 200;

  /** Most browsers that no address bans. */
  static final int EXEMPT_MAX = 500;

  /** Most muted browsers. */
  static final int MUTED_MAX = 500;

  /** Most removed users that a room remembers. */
  static final int REMOVED_MAX = 100;

  private static final long MINUTE_MS = 60_000;

  private BanRules() {}

  /** Removes a member, and every other one of the same browser when it is banned. */
  public static Decision remove(Room room, RemoveMember remove, long nowMs) {
    if (remove.target().equals(remove.actor())) {
      return Decision.rejected(room, Rejection.TARGET_IS_SELF);
    }
    Member target = room.members().find(remove.target());
    Rejection rejection = mayAct(room, remove.actor(), target);
    if (rejection != null || target == null) {
      return Decision.rejected(room, rejection == null ? Rejection.USER_NOT_FOUND : rejection);
    }
    boolean banned = remove.ban() != null;
    var removal = new RoomEvent.Removal(remove.actor(), banned);
    var events = new ArrayList<RoomEvent>();
    Room next = room;
    for (Member member : room.members().list()) {
      boolean sameBrowser = banned && sameBrowser(member, target);
      if (member.equals(target) || (sameBrowser && mayAct(room, remove.actor(), member) == null)) {
        next = next.changed(nowMs).withMembers(next.members().minus(member.id()), nowMs);
        next =
            next.withEntry(
                next.entry()
                    .withRemoved(
                        latest(next.entry().removed(), List.of(member.id()), REMOVED_MAX)));
        events.add(new RoomEvent.UserLeft(next.seq(), member.id(), removal));
      }
    }
    return Decision.done(banned ? ban(next, remove, target, events, nowMs) : next, events);
  }

  private static Room ban(
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
    EntryState entry = room.entry();
    List<Ban> held = entry.bans().stream().filter(one -> !one.expired(nowMs)).toList();
    Room next =
        room.withEntry(
            entry.withBans(
                latest(held, List.of(ban), BANS_MAX), exemptions(room, target.identity())));
    events.add(new RoomEvent.BansChanged(next.seq(), actor.id()));
    return KnockRules.refuseBanned(next, actor.id(), events, nowMs);
  }

  /** Everybody else at the address keeps coming in, and the banned browser does not. */
  private static List<KeyedHash> exemptions(Room room, MemberIdentity banned) {
    KeyedHash browser = banned.browser();
    List<KeyedHash> before =
        room.entry().exempt().stream()
            .filter(one -> browser == null || !one.matches(browser))
            .toList();
    var others = new ArrayList<KeyedHash>();
    for (Member member : room.members().list()) {
      KeyedHash own = member.identity().browser();
      if (own != null
          && member.identity().sharesAddress(banned)
          && !before.contains(own)
          && !others.contains(own)) {
        others.add(own);
      }
    }
    return latest(before, others, EXEMPT_MAX);
  }

  /** Ends a ban. */
  public static Decision lift(Room room, LiftBan lift, long nowMs) {
    List<Ban> left =
        room.entry().bans().stream().filter(ban -> !ban.id().equals(lift.ban())).toList();
    if (left.size() == room.entry().bans().size()) {
      return Decision.rejected(room, Rejection.BAN_NOT_FOUND);
    }
    Room next = room.changed(nowMs).withEntry(room.entry().withBans(left, room.entry().exempt()));
    return Decision.done(next, List.of(new RoomEvent.BansChanged(next.seq(), lift.actor())));
  }

  /** Mutes a member, or ends that. */
  public static Decision mute(Room room, MuteMember mute, long nowMs) {
    Member target = room.members().find(mute.target());
    Rejection rejection = mayMute(room, mute, target);
    if (rejection != null || target == null) {
      return Decision.rejected(room, rejection == null ? Rejection.USER_NOT_FOUND : rejection);
    }
    if (target.muted() == mute.muted()) {
      return Decision.unchanged(room);
    }
    KeyedHash browser = target.identity().browser();
    List<KeyedHash> muted = room.entry().muted();
    if (browser != null) {
      List<KeyedHash> others = muted.stream().filter(one -> !one.matches(browser)).toList();
      muted = mute.muted() ? latest(others, List.of(browser), MUTED_MAX) : others;
    }
    Room next =
        room.changed(nowMs)
            .withMembers(room.members().with(target.asMuted(mute.muted())), nowMs)
            .withEntry(room.entry().withMuted(muted));
    return Decision.done(
        next,
        List.of(
            new RoomEvent.MemberMuted(
                next.seq(), target.id(), target.name(), mute.muted(), mute.actor())));
  }

  /**
   * Returns why a host may not mute a member or end that, or null. A muted member may become the
   * owner, who then ends the mute.
   */
  private static @Nullable Rejection mayMute(Room room, MuteMember mute, @Nullable Member target) {
    boolean ownersOwn = target != null && !mute.muted() && target.id().equals(mute.actor());
    return ownersOwn && room.isOwner(mute.actor()) ? null : mayAct(room, mute.actor(), target);
  }

  /** Returns why a host may not remove or mute a member, or null. */
  private static @Nullable Rejection mayAct(Room room, UserId actor, @Nullable Member target) {
    if (target == null) {
      return Rejection.USER_NOT_FOUND;
    }
    if (room.isOwner(target.id())) {
      return Rejection.TARGET_IS_OWNER;
    }
    return target.host() && !room.isOwner(actor) ? Rejection.NOT_OWNER : null;
  }

  /** Returns whether a ban keeps a client out. */
  static boolean bans(
      EntryState entry, @Nullable SecretHash session, MemberIdentity identity, long nowMs) {
    KeyedHash browser = identity.browser();
    boolean exempt = browser != null && entry.exempt().stream().anyMatch(browser::matches);
    for (Ban ban : entry.bans()) {
      if (!ban.expired(nowMs)) {
        SecretHash seat = ban.session();
        KeyedHash banned = ban.identity().browser();
        if ((seat != null && session != null && seat.matches(session))
            || (banned != null && browser != null && banned.matches(browser))
            || (!exempt && ban.identity().sharesAddress(identity))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean sameBrowser(Member one, Member other) {
    KeyedHash browser = one.identity().browser();
    KeyedHash its = other.identity().browser();
    return browser != null && its != null && browser.matches(its);
  }

  private static <T> List<T> latest(List<T> before, List<T> added, int max) {
    var all = new ArrayList<>(before);
    all.addAll(added);
    return all.subList(Math.max(0, all.size() - max), all.size());
  }
}
