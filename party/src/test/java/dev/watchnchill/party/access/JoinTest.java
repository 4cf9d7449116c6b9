package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.JoinResult;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.UserJoined;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules JN1 to JN6. */
class JoinTest {
  private static final String WRONG_TOKEN = "00000000-0000-4000-8000-000000000000";

  private final RoomFixture room = RoomFixture.room();

  @Test
  void JN1_socket_that_joins_again_under_its_own_name_keeps_its_seat_without_broadcast() {
    room.guest("Ben");
    Room before = room.state();

    Decision again = room.join(JoinRequest.as("bEN").from(room.id("Ben")));

    assertThat(again.joined()).isEqualTo(new JoinResult(room.id("Ben"), SeatKind.SAME));
    assertThat(again.events()).isEmpty();
    assertThat(again.next()).isSameAs(before);
  }

  @Test
  void JN1_host_that_joins_again_needs_no_token() {
    Decision again = room.join(JoinRequest.as("Hana").from(room.id("Hana")));

    assertThat(again.joined()).isEqualTo(new JoinResult(room.id("Hana"), SeatKind.SAME));
  }

  @Test
  void JN1_socket_whose_seat_was_thought_lost_is_back_when_it_joins_again() {
    room.resumable("Ben").drop("Ben");

    Decision again = room.join(JoinRequest.as("Ben").from(room.id("Ben")));

    assertThat(again.joined()).isEqualTo(new JoinResult(room.id("Ben"), SeatKind.SAME));
    assertThat(room.member("Ben").away()).isFalse();
    assertThat(room.member("Ben").session()).isEqualTo(secretOf("Ben"));
  }

  @Test
  void JN2_right_token_takes_over_a_present_host() {
    UserId hana = room.id("Hana");

    Decision taken = room.join(JoinRequest.as("hana").withToken(HOST_TOKEN));

    assertThat(taken.joined()).isEqualTo(new JoinResult(hana, SeatKind.TAKEN_OVER));
    assertThat(taken.events())
        .containsExactly(new RoomEvent.UserReturned(taken.next().seq(), hana));
    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void JN2_take_over_puts_the_new_secret_in_the_place_of_the_old() {
    room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN).keeping(secretOf("laptop")));
    assertThat(room.member("Hana").session()).isEqualTo(secretOf("laptop"));

    Decision old = room.join(JoinRequest.as("Hana").resuming(secretOf("Hana")));

    assertThat(old.rejection()).isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void JN2_right_token_takes_over_a_promoted_host_too() {
    room.guest("Ben").promote("Hana", "Ben");
    UserId ben = room.id("Ben");

    Decision taken = room.join(JoinRequest.as("Ben").withToken(HOST_TOKEN));

    assertThat(taken.joined()).isEqualTo(new JoinResult(ben, SeatKind.TAKEN_OVER));
  }

  @Test
  void JN3_host_name_without_token_is_rejected() {
    assertThat(room.join(JoinRequest.as("HANA")).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void JN3_host_name_with_wrong_token_is_rejected() {
    assertThat(room.join(JoinRequest.as("Hana").withToken(WRONG_TOKEN)).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void JN3_name_of_a_host_who_is_away_is_rejected() {
    room.drop("Hana");

    assertThat(room.join(JoinRequest.as("Hana")).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void JN3_guest_with_taken_name_is_rejected() {
    room.guest("Ben");

    assertThat(room.join(JoinRequest.as("ben")).rejection()).isEqualTo(Rejection.NAME_TAKEN);
    assertThat(room.join(JoinRequest.as("ben").withToken(WRONG_TOKEN)).rejection())
        .isEqualTo(Rejection.NAME_TAKEN);
  }

  @Test
  void JN4_right_token_joins_as_host_under_any_free_name() {
    room.leave("Hana");

    Decision joined = room.join(JoinRequest.as("Somebody else").withToken(HOST_TOKEN));

    assertThat(joined.rejection()).isNull();
    assertThat(room.hosts()).containsExactly("Somebody else");
    assertThat(room.state().hostId()).isEqualTo(room.id("Somebody else"));
    assertThat(room.state().hostName().value()).isEqualTo("Somebody else");
  }

  @Test
  void JN4_token_is_read_without_case_as_uuids_are() {
    room.leave("Hana");

    room.join(JoinRequest.as("Hana").withToken("3F0E8C7A-2F7E-4A61-9A55-0D3C5A0B8F11"));

    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void JN4_wrong_token_is_rejected_under_a_free_name() {
    Decision refused = room.join(JoinRequest.as("Ben").withToken(WRONG_TOKEN));

    assertThat(refused.rejection()).isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
    assertThat(refused.events()).isEmpty();
    assertThat(room.names()).containsExactly("Hana");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hana", "hana", "HANA"})
  void JN5_name_of_the_creator_who_left_is_rejected_without_token(String name) {
    room.guest("Ben").leave("Hana");

    assertThat(room.join(JoinRequest.as(name)).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void JN6_any_other_joiner_is_a_new_guest_and_the_join_is_broadcast() {
    room.later(1234);

    Decision joined = room.join(JoinRequest.as("Ben").keeping(secretOf("Ben")));

    var ben = new Member(room.id("Ben"), ben(), false, room.now(), secretOf("Ben"), null, null);
    assertThat(joined.events()).containsExactly(new UserJoined(2, ben));
    assertThat(joined.joined()).isEqualTo(new JoinResult(ben.id(), SeatKind.NEW));
    assertThat(room.member("Ben")).isEqualTo(ben);
    assertThat(room.hosts()).containsExactly("Hana");
    assertThat(room.state().hostId()).isEqualTo(room.id("Hana"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Hana  Lee", "hana\u00a0lee", "Hana\ufeffLee", "Hana\nLee", "Ha\ufeffna Lee"})
  void JN11_look_alike_of_a_host_a_guest_or_the_creator_is_rejected(String typed) {
    var named = RoomFixture.roomOf("Hana Lee");
    assertThat(named.join(JoinRequest.as(typed)).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);

    named.guest("Ben").leave("Hana Lee");
    assertThat(named.join(JoinRequest.as(typed)).rejection())
        .as("JN5: the creator's name is kept")
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);

    room.guest("Hana Lee");
    assertThat(room.join(JoinRequest.as(typed)).rejection()).isEqualTo(Rejection.NAME_TAKEN);
  }

  @Test
  void JN11_RS5_newcomer_takes_the_name_of_every_look_alike_who_is_away() {
    room.resumable("Al Coop").resumable("AlCoop");
    room.drop("Al Coop");
    room.drop("AlCoop");

    Decision joined = room.join(JoinRequest.as("Al\ufeffCoop"));

    assertThat(joined.rejection()).isNull();
    assertThat(room.names()).containsExactly("Hana", "Al\ufeffCoop");
  }

  @Test
  void JN11_RS5_one_present_look_alike_is_enough_to_reject() {
    room.resumable("Al Coop").guest("AlCoop");
    room.drop("Al Coop");

    assertThat(room.join(JoinRequest.as("Al\ufeffCoop")).rejection())
        .isEqualTo(Rejection.NAME_TAKEN);
  }

  private static DisplayName ben() {
    return new DisplayName("Ben");
  }
}
