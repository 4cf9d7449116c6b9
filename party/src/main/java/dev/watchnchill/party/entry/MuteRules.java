package dev.watchnchill.party.entry;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand.MuteMember;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.access.KeyedHash;
import dev.watchnchill.party.access.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides on mutes (rule EN11). */
public final class MuteRules {
  /** Most muted browsers. */
  static final int MUTED_MAX = 500;

  private MuteRules() {}

  /** Mutes the members of a browser, or ends that. */
  public static Decision mute(Room room, MuteMember mute, long nowMs) {
    Member target = room.members().find(mute.target());
    if (target == null) {
      return Decision.rejected(room, Rejection.USER_NOT_FOUND);
    }
    List<Member> members = RemovalRules.sameBrowser(room.members(), target);
    for (Member member : members) {
      Rejection rejection = mayMute(room, mute, member);
      if (rejection != null) {
        return Decision.rejected(room, rejection);
      }
    }
    List<Member> others =
        members.stream().filter(member -> member.muted() != mute.muted()).toList();
    if (others.isEmpty()) {
      return Decision.unchanged(room);
    }
    Room next = room.changed(nowMs).withEntry(withBrowser(room.entry(), mute, target));
    var events = new ArrayList<RoomEvent>();
    for (Member member : others) {
      next = next.withMembers(next.members().with(member.asMuted(mute.muted())), nowMs);
      events.add(
          new RoomEvent.MemberMuted(
              next.seq(), member.id(), member.name(), mute.muted(), mute.actor()));
    }
    return Decision.done(next, events);
  }

  /** A muted member may have become the owner, whom nobody else could unmute. */
  private static @Nullable Rejection mayMute(Room room, MuteMember mute, Member target) {
    boolean ownersOwn = room.isOwner(mute.actor()) && room.isOwner(target.id());
    return ownersOwn && !mute.muted()
        ? null
        : RemovalRules.missingRightOver(room, mute.actor(), target);
  }

  private static EntryState withBrowser(EntryState entry, MuteMember mute, Member target) {
    KeyedHash browser = target.identity().browser();
    if (browser == null) {
      return entry;
    }
    List<KeyedHash> others = entry.muted().stream().filter(one -> !one.matches(browser)).toList();
    return entry.withMuted(
        mute.muted() ? EntryState.newest(others, List.of(browser), MUTED_MAX) : others);
  }
}
