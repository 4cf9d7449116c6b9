package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.JoinResult;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomEvent.UserAway;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomEvent.UserReturned;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;

/** Rules RS1 to RS4, as far as the room decides them. */
class ResumeTest {
  private static final long GRACE = Limits.DEFAULT.reconnectGraceMs();

  private final RoomFixture room = RoomFixture.room();

  @Test
  void RS1_seat_of_an_extended_client_keeps_the_hash_of_its_secret() {
    room.resumable("Ben").guest("Cleo");

    assertThat(room.member("Ben").session()).isEqualTo(secretOf("Ben"));
    assertThat(room.member("Cleo").session()).isNull();
  }

  @Test
  void RS2_lost_user_is_away_and_the_others_receive_it() {
    room.resumable("Ben").later(500);

    Decision dropped = room.drop("Ben");

    assertThat(dropped.events()).containsExactly(new UserAway(3, room.id("Ben")));
    assertThat(room.member("Ben").awaySinceMs()).isEqualTo(room.now());
    assertThat(room.deadline()).isEqualTo(room.now() + GRACE);
  }

  @Test
  void RS2_second_loss_of_the_same_user_neither_broadcasts_nor_extends() {
    room.resumable("Ben").drop("Ben");
    var before = room.state();

    assertThat(room.later(GRACE - 1).drop("Ben").next()).isSameAs(before);
  }

  @Test
  void RS3_secret_takes_back_the_same_user() {
    room.resumable("Ben").drop("Ben");
    UserId ben = room.id("Ben");

    Decision back =
        room.later(GRACE - 1)
            .join(JoinRequest.as("Ben").resuming(secretOf("Ben")).keeping(secretOf("another")));

    assertThat(back.joined()).isEqualTo(new JoinResult(ben, SeatKind.RESUMED));
    assertThat(back.events()).containsExactly(new UserReturned(4, ben));
    assertThat(room.member("Ben").session()).isEqualTo(secretOf("Ben"));
    assertThat(room.later(GRACE).tick().events()).isEmpty();
  }

  @Test
  void RS3_rights_come_back_with_the_seat() {
    room.resumable("Ben").promote("Hana", "Ben");
    room.drop("Ben");

    room.join(JoinRequest.as("Ben").resuming(secretOf("Ben")));

    assertThat(room.hosts()).containsExactly("Hana", "Ben");
  }

  @Test
  void RS3_only_host_comes_back_as_host_without_the_host_token() {
    room.guest("Ben").drop("Hana");

    room.later(GRACE - 1).join(JoinRequest.as("Hana").resuming(secretOf("Hana")));

    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void RS3_secret_finds_its_seat_whatever_name_comes_with_it() {
    room.resumable("Ben").drop("Ben");

    Decision back = room.join(JoinRequest.as("Cleo").resuming(secretOf("Ben")));

    assertThat(back.joined()).isEqualTo(new JoinResult(room.id("Ben"), SeatKind.RESUMED));
    assertThat(room.names()).containsExactly("Hana", "Ben");
  }

  @Test
  void RS3_unknown_secret_is_ignored() {
    Decision joined = room.join(JoinRequest.as("Ben").resuming(secretOf("nobody")));
    assertThat(joined.joined()).isEqualTo(new JoinResult(room.id("Ben"), SeatKind.NEW));

    Decision refused = room.join(JoinRequest.as("Hana").resuming(secretOf("nobody")));
    assertThat(refused.rejection()).isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void RS3_full_room_lets_its_away_members_resume() {
    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(2, 20)).guest("Ben").later(1);
    small.drop("Hana");

    assertThat(small.join(JoinRequest.as("Hana").resuming(secretOf("Hana"))).rejection()).isNull();
  }

  @Test
  void RS4_user_left_follows_when_the_grace_has_passed() {
    room.resumable("Ben").drop("Ben");
    UserId ben = room.id("Ben");

    assertThat(room.later(GRACE - 1).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events()).containsExactly(new UserLeft(4, ben));
  }

  @Test
  void RS4_leaving_ends_the_session_at_once() {
    room.resumable("Ben").leave("Ben");

    Decision joined = room.join(JoinRequest.as("Ben").resuming(secretOf("Ben")));

    assertThat(joined.joined()).isEqualTo(new JoinResult(room.id("Ben"), SeatKind.NEW));
  }

  @Test
  void RS4_user_who_is_away_can_still_leave() {
    room.resumable("Ben").drop("Ben");
    UserId ben = room.id("Ben");

    assertThat(room.leave("Ben").events()).containsExactly(new UserLeft(4, ben));
  }
}
