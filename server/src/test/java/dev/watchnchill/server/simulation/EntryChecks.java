package dev.watchnchill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.entry.Ban;
import dev.watchnchill.party.entry.BanRules;
import dev.watchnchill.party.entry.Knock;
import java.util.List;
import java.util.Set;

/** Checks a change of a room by the rules of rights and entry (RT1, EN4, EN5, EN9). */
final class EntryChecks {
  private final Room before;
  private final Room next;
  private final List<RoomEvent> events;
  private final long nowMs;

  EntryChecks(Room before, Room next, List<RoomEvent> events, long nowMs) {
    this.before = before;
    this.next = next;
    this.events = events;
    this.nowMs = nowMs;
  }

  /**
   * Checks that each new member was let in.
   *
   * @param known all users that the room has ever had; their instance may put them back (IN4)
   * @param byHostToken receives those who pass all rules of entry (EN1)
   */
  void newMembers(Set<UserId> known, Set<UserId> byHostToken) {
    for (RoomEvent event : events) {
      if (event instanceof RoomEvent.UserJoined joined) {
        Member member = joined.member();
        boolean returns = known.contains(member.id());
        if (!returns && next.isOwner(member.id())) {
          byHostToken.add(member.id());
        } else {
          letIn(member, returns);
        }
      }
    }
  }

  private void letIn(Member member, boolean returns) {
    assertThat(BanRules.bans(before.entry(), member.session(), member.identity(), nowMs))
        .as("%s comes in while banned", member)
        .isFalse();
    assertThat(before.entry().wasRemoved(member.id()))
        .as("%s comes back after a removal", member)
        .isFalse();
    EntryMode mode = before.settings().entry();
    if (returns) {
      return;
    }
    assertThat(mode).as("the entry of %s", member).isNotEqualTo(EntryMode.CLOSED);
    if (mode == EntryMode.APPROVAL) {
      assertThat(acceptedKnocksUsed(member) == 1 || hasInvitation())
          .as("%s comes in without one accepted knock and without an invitation", member)
          .isTrue();
    }
  }

  private long acceptedKnocksUsed(Member member) {
    return before.entry().knocks().stream()
        .filter(knock -> knock.accepted() && knock.name().sameAs(member.name()))
        .filter(
            knock -> next.entry().knocks().stream().map(Knock::id).noneMatch(knock.id()::equals))
        .count();
  }

  private boolean hasInvitation() {
    return before.entry().invitations().stream().anyMatch(one -> !one.expired(nowMs));
  }

  /** Checks that a room with hosts has one of them as its owner. */
  static void owner(Room room) {
    List<UserId> hosts =
        room.members().list().stream().filter(Member::host).map(Member::id).toList();
    if (!hosts.isEmpty()) {
      assertThat(hosts).as("the hosts, with the owner").contains(room.hostId());
    }
  }

  /**
   * Checks that no browser and no seat that a ban names is in the room.
   *
   * @param byHostToken the members whom no ban keeps out
   */
  static void bans(Room room, Set<UserId> byHostToken, long nowMs) {
    for (Ban ban : room.entry().bans()) {
      for (Member member : room.members().list()) {
        boolean seat =
            ban.session() != null
                && member.session() != null
                && ban.session().matches(member.session());
        if ((seat || ban.identity().sharesBrowser(member.identity())) && !ban.expired(nowMs)) {
          assertThat(byHostToken).as("%s is a member while banned", member).contains(member.id());
        }
      }
    }
  }
}
