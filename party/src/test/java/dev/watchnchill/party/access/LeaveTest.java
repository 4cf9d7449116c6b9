package dev.watchnchill.party.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand.Leave;
import dev.watchnchill.party.RoomEvent.RoomTransferred;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomEvent.UserPromoted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;

/** Rules LV1 to LV3. */
class LeaveTest {
  private static final long GRACE = Limits.DEFAULT.reconnectGraceMs();

  private final RoomFixture room = RoomFixture.room();

  @Test
  void LV1_stranger_who_leaves_changes_nothing() {
    Decision refused = room.act(new Leave(RoomFixture.user("stranger")));

    assertThat(refused.rejection()).isEqualTo(Rejection.NOT_A_MEMBER);
    assertThat(room.state().seq()).isEqualTo(1);
  }

  @Test
  void LV2_user_who_leaves_is_removed_and_the_others_receive_it() {
    room.guest("Ben");
    UserId ben = room.id("Ben");

    assertThat(room.leave("Ben").events()).containsExactly(new UserLeft(3, ben));
    assertThat(room.names()).containsExactly("Hana");
  }

  @Test
  void LV3_longest_in_the_room_becomes_host_when_the_last_host_leaves() {
    room.guest("Ben").guest("Cleo");
    UserId hana = room.id("Hana");

    Decision left = room.leave("Hana");

    assertThat(left.events())
        .containsExactly(
            new UserLeft(4, hana),
            new UserPromoted(5, room.id("Ben"), room.member("Ben").name()),
            new RoomTransferred(5, room.id("Ben"), room.member("Ben").name(), null));
    assertThat(room.hosts()).containsExactly("Ben");
    assertThat(room.state().hostId()).isEqualTo(room.id("Ben"));
    assertThat(room.state().hostName()).isEqualTo(room.member("Ben").name());
  }

  @Test
  void LV3_no_member_is_promoted_while_another_host_remains() {
    room.guest("Ben").guest("Cleo").promote("Hana", "Cleo");

    room.leave("Hana");

    assertThat(room.hosts()).containsExactly("Cleo");
  }

  @Test
  void LV3_present_user_is_promoted_before_an_away_one() {
    room.resumable("Ben").guest("Cleo").drop("Ben");

    room.leave("Hana");

    assertThat(room.hosts()).containsExactly("Cleo");
  }

  @Test
  void LV3_longest_away_becomes_host_when_all_are_away() {
    room.resumable("Ben").resumable("Cleo");
    room.drop("Cleo");
    room.drop("Ben");

    room.leave("Hana");

    assertThat(room.hosts()).containsExactly("Ben");
  }

  @Test
  void LV3_host_who_is_away_keeps_the_role_until_the_grace_has_passed() {
    room.guest("Ben").drop("Hana");

    room.later(GRACE - 1).tick();
    assertThat(room.hosts()).containsExactly("Hana");

    room.later(1).tick();
    assertThat(room.hosts()).containsExactly("Ben");
  }

  @Test
  void LV3_user_whose_own_grace_has_passed_too_is_no_heir() {
    room.resumable("Ben").resumable("Cleo").drop("Hana");
    room.drop("Ben");
    room.later(1).drop("Cleo");
    UserId hana = room.id("Hana");
    UserId ben = room.id("Ben");

    Decision tick = room.later(GRACE - 1).tick();

    assertThat(tick.events())
        .containsExactly(
            new UserLeft(7, hana),
            new UserLeft(8, ben),
            new UserPromoted(9, room.id("Cleo"), room.member("Cleo").name()),
            new RoomTransferred(9, room.id("Cleo"), room.member("Cleo").name(), null));
  }

  @Test
  void LV3_no_member_is_promoted_when_all_leave_at_once() {
    room.resumable("Ben").drop("Hana");
    room.drop("Ben");
    UserId hana = room.id("Hana");
    UserId ben = room.id("Ben");

    Decision tick = room.later(GRACE).tick();

    assertThat(tick.events()).containsExactly(new UserLeft(5, hana), new UserLeft(6, ben));
    assertThat(room.state().hostId()).isEqualTo(hana);
  }
}
