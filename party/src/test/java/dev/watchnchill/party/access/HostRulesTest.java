package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.HostTokenIssued;
import dev.watchnchill.party.RoomEvent.RoomTransferred;
import dev.watchnchill.party.RoomEvent.UserDemoted;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomEvent.UserPromoted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules RT1, RT2, RT6 and RT7. */
class HostRulesTest {
  private static final long GRACE = 30_000;
  private static final InstanceId HERE = new InstanceId("here");

  private final RoomFixture room = RoomFixture.room();

  private RoomTransferred transferred(long seq, String name, String by) {
    return new RoomTransferred(
        seq, room.id(name), room.member(name).name(), by.isEmpty() ? null : room.id(by));
  }

  private String owner() {
    return room.state().hostName().value();
  }

  @Test
  void RT1_other_host_becomes_owner_when_the_owner_leaves() {
    room.guest("Ben").guest("Cleo").promote("Hana", "Cleo");
    UserId hana = room.id("Hana");

    Decision left = room.leave("Hana");

    assertThat(left.events()).containsExactly(new UserLeft(5, hana), transferred(5, "Cleo", ""));
    assertThat(owner()).isEqualTo("Cleo");
    assertThat(room.hosts()).containsExactly("Cleo");
  }

  @Test
  void RT1_owner_whose_grace_has_passed_is_followed_by_a_present_host() {
    room.resumable("Ben").guest("Cleo");
    room.promote("Hana", "Ben");
    room.promote("Hana", "Cleo");
    room.drop("Hana");
    room.later(1).drop("Ben");

    room.later(GRACE - 1).tick();

    assertThat(room.names()).containsExactly("Ben", "Cleo");
    assertThat(owner()).isEqualTo("Cleo");
  }

  @Test
  void RT1_owner_who_is_away_stays_the_owner() {
    room.guest("Ben").promote("Hana", "Ben");

    room.drop("Hana");

    assertThat(owner()).isEqualTo("Hana");
    assertThat(room.later(GRACE - 1).tick().events()).isEmpty();
  }

  @Test
  void RT1_host_token_makes_its_bearer_the_owner_of_a_seat_that_it_takes_over() {
    room.guest("Ben").promote("Hana", "Ben");

    Decision taken = room.join(JoinRequest.as("Ben").withToken(HOST_TOKEN));

    assertThat(taken.joined())
        .isEqualTo(new Decision.JoinResult(room.id("Ben"), SeatKind.TAKEN_OVER));
    assertThat(taken.events()).contains(transferred(4, "Ben", ""));
    assertThat(owner()).isEqualTo("Ben");
    assertThat(room.state().seq()).isEqualTo(4);
  }

  @Test
  void RT1_host_token_makes_its_bearer_the_owner_again() {
    room.guest("Ben").promote("Hana", "Ben");
    room.leave("Hana");

    Decision back = room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN));

    assertThat(back.events()).contains(transferred(room.state().seq(), "Hana", ""));
    assertThat(room.hosts()).containsExactly("Ben", "Hana");
  }

  @Test
  void RT1_host_who_comes_back_from_a_stuck_instance_owns_a_room_without_owner() {
    room.join(JoinRequest.as("Ben").keeping(RoomFixture.secretOf("Ben")).on(HERE));
    room.promote("Hana", "Ben");
    Member ben = room.member("Ben");
    room.leave("Hana");
    room.act(new RoomCommand.MarkInstancesDead(Set.of(HERE), room.now()));
    room.later(GRACE).tick();
    assertThat(room.names()).isEmpty();
    room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN));
    room.leave("Hana");
    assertThat(owner()).isEqualTo("Hana");

    room.act(new RoomCommand.ReclaimSeats(HERE, List.of(ben)));

    assertThat(room.hosts()).containsExactly("Ben");
    assertThat(owner()).isEqualTo("Ben");
  }

  @Test
  void RT2_room_that_was_handed_over_has_a_new_owner_and_no_valid_token() {
    room.guest("Ben");

    Decision handed = room.transfer("Hana", "Ben");

    assertThat(handed.events())
        .containsExactly(
            new UserPromoted(3, room.id("Ben"), room.member("Ben").name(), room.id("Hana")),
            transferred(3, "Ben", "Hana"));
    assertThat(room.hosts()).containsExactly("Hana", "Ben");
    assertThat(room.state().hostToken()).isNull();
    assertThat(room.join(JoinRequest.as("Zoe").withToken(HOST_TOKEN)).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
  }

  @Test
  void RT2_new_owner_gets_a_token_once_and_only_the_owner_does() {
    room.guest("Ben").transfer("Hana", "Ben");
    var fresh = SecretHash.of("fresh");

    assertThat(room.act(new RoomCommand.IssueHostToken(room.id("Hana"), fresh)).events())
        .isEmpty();
    assertThat(room.act(new RoomCommand.IssueHostToken(room.id("Ben"), fresh)).events())
        .containsExactly(new HostTokenIssued(4, room.id("Ben")));
    assertThat(
            room.act(new RoomCommand.IssueHostToken(room.id("Ben"), SecretHash.of("x"))).events())
        .isEmpty();
    assertThat(room.state().hostToken()).isEqualTo(fresh);
  }

  @Test
  void RT2_new_owners_name_is_kept_and_the_creators_is_free() {
    room.guest("Ben").transfer("Hana", "Ben");
    room.leave("Ben");
    room.leave("Hana");

    assertThat(room.join(JoinRequest.as("Ben")).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
    assertThat(room.join(JoinRequest.as("Hana")).rejection()).isNull();
  }

  @Test
  void RT2_name_of_an_owner_who_never_got_a_token_is_free_again() {
    room.resumable("Ben").drop("Ben");
    room.transfer("Hana", "Ben");
    assertThat(owner()).isEqualTo("Ben");

    room.later(GRACE).tick();

    assertThat(owner()).isEqualTo("Hana");
    assertThat(room.join(JoinRequest.as("Ben")).rejection()).isNull();
    assertThat(room.act(new RoomCommand.IssueHostToken(room.id("Hana"), SecretHash.of("x"))).events())
        .hasSize(1);
    assertThat(room.state().creator()).isEqualTo(room.member("Hana").name());
  }

  @Test
  void RT2_nobody_but_the_owner_hands_the_room_over_and_not_to_anybody() {
    room.guest("Ben").guest("Cleo").promote("Hana", "Ben");

    assertThat(room.transfer("Ben", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.transfer("Cleo", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.transfer("Hana", "Nobody").rejection()).isEqualTo(Rejection.USER_NOT_FOUND);
    assertThat(room.transfer("Hana", "Hana").rejection()).isEqualTo(Rejection.ALREADY_OWNER);
  }

  @Test
  void RT6_owner_makes_a_host_a_guest() {
    room.guest("Ben").promote("Hana", "Ben");

    Decision demoted = room.demote("Hana", "Ben");

    assertThat(demoted.events())
        .containsExactly(
            new UserDemoted(4, room.id("Ben"), room.member("Ben").name(), room.id("Hana")));
    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void RT6_nobody_else_makes_another_host_a_guest() {
    room.guest("Ben").guest("Cleo").guest("Dan").promote("Hana", "Ben");
    room.promote("Hana", "Cleo");

    assertThat(room.demote("Ben", "Hana").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.demote("Ben", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.demote("Dan", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(room.demote("Dan", "Dan").rejection()).isEqualTo(Rejection.NOT_A_HOST);
    assertThat(room.demote("Hana", "Dan").rejection()).isEqualTo(Rejection.NOT_A_HOST);
    assertThat(room.demote("Hana", "Nobody").rejection()).isEqualTo(Rejection.USER_NOT_FOUND);
  }

  @Test
  void RT6_host_becomes_a_guest_by_choice() {
    room.guest("Ben").promote("Hana", "Ben");

    assertThat(room.demote("Ben", "Ben").rejection()).isNull();
    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void RT6_owner_who_becomes_a_guest_is_followed_by_another_host() {
    room.guest("Ben").promote("Hana", "Ben");

    Decision demoted = room.demote("Hana", "Hana");

    assertThat(demoted.events()).hasSize(2).contains(transferred(4, "Ben", ""));
    assertThat(room.hosts()).containsExactly("Ben");
  }

  @Test
  void RT6_room_keeps_a_present_host() {
    room.resumable("Ben").promote("Hana", "Ben");
    room.drop("Ben");

    assertThat(room.demote("Hana", "Hana").rejection()).isEqualTo(Rejection.LAST_HOST);
    assertThat(room.demote("Hana", "Ben").rejection()).isNull();
    assertThat(room.member("Ben").away()).isTrue();
  }

  @Test
  void RT7_promotion_by_a_host_names_the_host_and_one_by_the_room_does_not() {
    room.guest("Ben").guest("Cleo");

    assertThat(room.promote("Hana", "Ben").events())
        .allSatisfy(event ->
            assertThat(((UserPromoted) event).by()).isEqualTo(room.id("Hana")));
    room.demote("Ben", "Ben");
    assertThat(room.leave("Hana").events())
        .contains(new UserPromoted(room.state().seq(), room.id("Ben"), room.member("Ben").name()));
  }
}
