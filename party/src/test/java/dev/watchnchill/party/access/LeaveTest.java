package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Refusal;
import dev.watchnchill.party.RoomCommand.Leave;
import dev.watchnchill.party.RoomEvent.End;
import dev.watchnchill.party.RoomEvent.RoomClosed;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomEvent.UserPromoted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomFixture.Entry;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;

/** Rules LV1 to LV5 and LF1. */
class LeaveTest {
  private static final long GRACE = Limits.DEFAULT.reconnectGraceMs();
  private static final long EMPTY_GRACE = Limits.DEFAULT.emptyRoomGraceMs();

  private final RoomFixture room = RoomFixture.room();

  @Test
  void LV1_stranger_who_leaves_changes_nothing() {
    Decision refused = room.act(new Leave(RoomFixture.user("stranger")));

    assertThat(refused.refusal()).isEqualTo(Refusal.NOT_A_MEMBER);
    assertThat(room.state().seq()).isEqualTo(1);
  }

  @Test
  void LV2_user_who_leaves_is_removed_and_the_others_hear_of_it() {
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
            new UserLeft(4, hana), new UserPromoted(5, room.id("Ben"), room.member("Ben").name()));
    assertThat(room.hosts()).containsExactly("Ben");
    assertThat(room.state().hostId()).isEqualTo(room.id("Ben"));
    assertThat(room.state().hostName()).isEqualTo(room.member("Ben").name());
  }

  @Test
  void LV3_nobody_is_promoted_while_another_host_remains() {
    room.guest("Ben").guest("Cleo").promote("Hana", "Cleo");

    room.leave("Hana");

    assertThat(room.hosts()).containsExactly("Cleo");
  }

  @Test
  void LV3_user_who_is_present_goes_before_one_who_is_away() {
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
            new UserPromoted(9, room.id("Cleo"), room.member("Cleo").name()));
  }

  @Test
  void LV3_nobody_is_promoted_when_all_leave_in_one_moment() {
    room.resumable("Ben").drop("Hana");
    room.drop("Ben");
    UserId hana = room.id("Hana");
    UserId ben = room.id("Ben");

    Decision tick = room.later(GRACE).tick();

    assertThat(tick.events()).containsExactly(new UserLeft(5, hana), new UserLeft(6, ben));
    assertThat(room.state().hostId()).isEqualTo(hana);
  }

  @Test
  void LV4_empty_room_waits_for_its_grace_and_closes() {
    room.later(10).leave("Hana");
    assertThat(room.state().emptySinceMs()).isEqualTo(room.now());
    assertThat(room.deadline()).isEqualTo(room.now() + EMPTY_GRACE);

    assertThat(room.later(EMPTY_GRACE - 1).tick().events()).isEmpty();
    assertThat(room.state().closed()).isFalse();

    assertThat(room.later(1).tick().events()).containsExactly(new RoomClosed(3, End.EMPTY));
    assertThat(room.state().closed()).isTrue();
  }

  @Test
  void LV4_creator_who_comes_back_in_time_finds_the_room_as_it_was() {
    room.showing(RoomFixture.FILM).lasting(7200).playingFrom(60);
    var before = room.state();
    room.leave("Hana");

    room.later(EMPTY_GRACE - 1).join(Entry.as("Hana").withToken(HOST_TOKEN));

    assertThat(room.hosts()).containsExactly("Hana");
    assertThat(room.state().timeline()).isEqualTo(before.timeline());
    assertThat(room.state().media()).isEqualTo(before.media());
    assertThat(room.state().emptySinceMs()).isNull();
    assertThat(room.later(EMPTY_GRACE).tick().events()).isEmpty();
  }

  @Test
  void LV5_guest_in_an_empty_room_becomes_host_after_the_grace() {
    room.leave("Hana");
    room.later(1000).guest("Ben").later(5).guest("Cleo");
    assertThat(room.hosts()).isEmpty();
    assertThat(room.deadline()).isEqualTo(room.now() - 5 + GRACE);

    assertThat(room.later(GRACE - 6).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events())
        .containsExactly(new UserPromoted(5, room.id("Ben"), room.member("Ben").name()));
    assertThat(room.state().hostId()).isEqualTo(room.id("Ben"));
    assertThat(room.state().hostlessSinceMs()).isNull();
  }

  @Test
  void LV5_creator_who_comes_in_time_is_the_only_host() {
    room.leave("Hana");
    room.guest("Ben").later(GRACE - 1).join(Entry.as("Hana").withToken(HOST_TOKEN));

    room.later(GRACE).tick();

    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void LF1_room_expires_a_day_after_its_last_write() {
    long day = 24L * 3_600_000;
    room.later(1000).guest("Ben");

    assertThat(room.later(day - 1).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events()).containsExactly(new RoomClosed(3, End.EXPIRED));
  }

  @Test
  void LF1_every_change_extends_the_life() {
    long day = 24L * 3_600_000;
    room.guest("Ben").later(day - 1).playingFrom(0);

    assertThat(room.later(day - 1).tick().events()).isEmpty();
  }

  @Test
  void LV4_closed_room_has_nothing_more_to_do() {
    room.leave("Hana");
    room.later(EMPTY_GRACE).tick();
    var closed = room.state();

    assertThat(room.later(EMPTY_GRACE).tick().next()).isSameAs(closed);
    assertThat(room.deadline()).isGreaterThan(room.now());
  }
}
