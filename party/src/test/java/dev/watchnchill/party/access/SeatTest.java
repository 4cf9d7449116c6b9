package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.JoinResult;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomEvent.UserJoined;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules RS5 to RS7: the socket that a seat belongs to. */
class SeatTest {

  private final RoomFixture room = RoomFixture.room();

  @Test
  void RS5_newcomer_takes_the_name_of_a_guest_who_is_away() {
    room.resumable("Ben").drop("Ben");
    UserId former = room.id("Ben");

    Decision joined = room.join(JoinRequest.as("BEN"));

    assertThat(joined.events())
        .containsExactly(new UserLeft(4, former), new UserJoined(5, room.member("BEN")));
    assertThat(room.id("BEN")).isNotEqualTo(former);
    assertThat(room.names()).containsExactly("Hana", "BEN");
  }

  @Test
  void RS5_guest_whose_name_was_taken_finds_no_seat() {
    room.resumable("Ben").drop("Ben");
    room.guest("Ben");

    Decision back = room.join(JoinRequest.as("Ben").resuming(secretOf("Ben")));

    assertThat(back.rejection()).isEqualTo(Rejection.NAME_TAKEN);
  }

  @Test
  void RS5_full_room_has_room_for_the_successor() {
    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(2, 20)).resumable("Ben");
    small.drop("Ben");

    small.guest("Ben");

    assertThat(small.names()).containsExactly("Hana", "Ben");
  }

  @Test
  void RS6_present_seat_goes_to_the_socket_with_the_secret_without_broadcast() {
    room.resumable("Ben");
    var before = room.state();

    Decision taken = room.join(JoinRequest.as("Ben").resuming(secretOf("Ben")));

    assertThat(taken.joined()).isEqualTo(new JoinResult(room.id("Ben"), SeatKind.RESUMED));
    assertThat(taken.events()).isEmpty();
    assertThat(taken.next()).isSameAs(before);
  }

  @Test
  void RS7_client_without_secret_is_removed_at_once_when_it_is_lost() {
    room.guest("Ben");
    UserId ben = room.id("Ben");

    assertThat(room.drop("Ben").events()).containsExactly(new UserLeft(3, ben));
  }

  @Test
  void RS7_base_creator_comes_back_as_host_by_token() {
    room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN));
    room.guest("Ben").drop("Hana");
    assertThat(room.hosts()).containsExactly("Ben");

    room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN));

    assertThat(room.hosts()).containsExactly("Ben", "Hana");
    assertThat(room.state().hostId()).isEqualTo(room.id("Hana"));
  }

  @Test
  void RS4_all_members_that_were_lost_leaves_in_one_tick() {
    RoomFixture room = RoomFixture.room();
    for (int i = 0; i < 4_999; i++) {
      room.resumable("Guest " + i);
    }
    List.copyOf(room.names()).forEach(room::drop);

    Decision tick = room.later(Limits.DEFAULT.reconnectGraceMs()).tick();

    assertThat(tick.events()).hasSize(5_000).allMatch(event -> event instanceof UserLeft);
    assertThat(room.names()).isEmpty();
  }
}
