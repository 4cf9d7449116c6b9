package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomEvent.UserJoined;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;

/** Rules JN6 and JN10: the most members of a room, and one seat for one socket. */
class SpaceTest {

  private final RoomFixture room = RoomFixture.room();

  @Test
  void JN6_full_room_rejects_joins() {
    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(2, 20)).guest("Ben");

    assertThat(small.join(JoinRequest.as("Cleo")).rejection()).isEqualTo(Rejection.ROOM_FULL);
    assertThat(small.join(JoinRequest.as("Cleo").withToken(HOST_TOKEN)).rejection())
        .isEqualTo(Rejection.ROOM_FULL);
  }

  @Test
  void JN6_full_room_is_not_fooled_by_a_seat_that_is_no_more() {
    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(2, 20)).guest("Ben");

    Decision refused = small.join(JoinRequest.as("Cleo").from(RoomFixture.user("long gone")));

    assertThat(refused.rejection()).isEqualTo(Rejection.ROOM_FULL);
  }

  @Test
  void JN6_full_room_still_lets_a_socket_change_its_own_name() {
    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(2, 20)).guest("Ben");

    small.join(JoinRequest.as("Cleo").from(small.id("Ben")));

    assertThat(small.names()).containsExactly("Hana", "Cleo");
  }

  @Test
  void JN10_joining_under_another_name_leaves_the_first_seat() {
    room.guest("Ben");
    UserId ben = room.id("Ben");

    Decision joined = room.join(JoinRequest.as("Cleo").from(ben));

    assertThat(joined.events())
        .containsExactly(new UserJoined(3, room.member("Cleo")), new UserLeft(4, ben));
    assertThat(room.names()).containsExactly("Hana", "Cleo");
  }

  @Test
  void JN10_taking_another_seat_leaves_the_first() {
    room.resumable("Ben").guest("Cleo").drop("Ben");
    UserId cleo = room.id("Cleo");

    room.join(JoinRequest.as("Cleo").from(cleo).resuming(secretOf("Ben")));

    assertThat(room.names()).containsExactly("Hana", "Ben");
    assertThat(room.member("Ben").away()).isFalse();
  }

  @Test
  void JN10_only_host_who_takes_another_name_without_token_hands_over() {
    room.guest("Ben");

    room.join(JoinRequest.as("Cleo").from(room.id("Hana")));

    assertThat(room.names()).containsExactly("Ben", "Cleo");
    assertThat(room.hosts()).containsExactly("Ben");
  }
}
