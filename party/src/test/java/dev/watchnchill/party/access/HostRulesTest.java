package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.HostTokenIssued;
import dev.watchnchill.party.RoomEvent.RoomTransferred;
import dev.watchnchill.party.RoomEvent.UserDemoted;
import dev.watchnchill.party.RoomEvent.UserJoined;
import dev.watchnchill.party.RoomEvent.UserLeft;
import dev.watchnchill.party.RoomEvent.UserPromoted;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules RT1, RT2 and RT6. */
class HostRulesTest {
  private static final String NEW_TOKEN = "0b7a0c44-50a1-4d6c-8b6e-6d2b8e5d3c12";

  private final RoomFixture room = RoomFixture.room().guest("Ben").guest("Cleo");

  private Decision demote(String by, String target) {
    return room.act(new RoomCommand.Demote(room.id(by), room.id(target)));
  }

  private Decision transfer(String by, String target) {
    return room.act(new RoomCommand.TransferRoom(room.id(by), room.id(target)));
  }

  private Decision issue(String owner) {
    return room.act(new RoomCommand.IssueHostToken(room.id(owner), SecretHash.of(NEW_TOKEN)));
  }

  private String owner() {
    return room.state().hostName().value();
  }

  @Test
  void RT1_creator_owns_the_room() {
    assertThat(room.state().isOwner(room.id("Hana"))).isTrue();
    assertThat(room.state().isOwner(room.id("Ben"))).isFalse();
  }

  @Test
  void RT1_host_who_joined_first_owns_the_room_when_the_owner_leaves() {
    room.promote("Hana", "Cleo");
    room.promote("Hana", "Ben");
    UserId hana = room.id("Hana");

    Decision left = room.leave("Hana");

    assertThat(left.events())
        .containsExactly(
            new UserLeft(6, hana),
            new RoomTransferred(6, room.id("Ben"), room.member("Ben").name(), null));
    assertThat(owner()).isEqualTo("Ben");
  }

  @Test
  void RT1_present_host_comes_before_an_away_one_who_joined_earlier() {
    room.resumable("Dan").guest("Eve").promote("Hana", "Dan");
    room.promote("Hana", "Eve");
    room.drop("Dan");

    room.leave("Hana");

    assertThat(owner()).isEqualTo("Eve");
  }

  @Test
  void RT1_away_owner_keeps_the_room_until_the_grace_has_passed() {
    room.promote("Hana", "Ben");
    room.drop("Hana");

    room.later(29_999).tick();
    assertThat(owner()).isEqualTo("Hana");

    room.later(1).tick();
    assertThat(owner()).isEqualTo("Ben");
  }

  @Test
  void RT1_departure_of_another_host_changes_no_owner() {
    room.promote("Hana", "Ben");

    assertThat(room.leave("Ben").events()).hasSize(1);
    assertThat(owner()).isEqualTo("Hana");
  }

  @Test
  void RT1_host_token_takes_the_room_back() {
    room.promote("Hana", "Ben");
    room.leave("Hana");

    Decision back = room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN));

    assertThat(back.events())
        .containsExactly(
            new UserJoined(6, room.member("Hana")),
            new RoomTransferred(6, room.id("Hana"), room.member("Hana").name(), null));
    assertThat(room.hosts()).containsExactly("Ben", "Hana");
  }

  @Test
  void RT1_host_who_is_put_back_first_owns_a_room_whose_owner_is_gone() {
    room.promote("Hana", "Ben");
    Member ben = room.member("Ben");
    room.act(new RoomCommand.Leave(ben.id()));
    room.leave("Cleo");
    room.leave("Hana");

    room.act(new RoomCommand.ReclaimSeats(new InstanceId("one"), List.of(ben)));

    assertThat(room.hosts()).containsExactly("Ben");
    assertThat(owner()).isEqualTo("Ben");
  }

  @Test
  void RT2_owner_hands_the_room_over_and_stays_a_host() {
    UserId ben = room.id("Ben");
    UserId hana = room.id("Hana");

    Decision done = transfer("Hana", "Ben");

    assertThat(done.events())
        .containsExactly(
            new UserPromoted(4, ben, room.member("Ben").name(), hana),
            new RoomTransferred(4, ben, room.member("Ben").name(), hana));
    assertThat(room.hosts()).containsExactly("Hana", "Ben");
  }

  @Test
  void RT2_only_the_owner_hands_the_room_over_and_only_to_another_member() {
    room.promote("Hana", "Ben");

    assertThat(transfer("Ben", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(transfer("Cleo", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(transfer("Hana", "Nobody").rejection()).isEqualTo(Rejection.USER_NOT_FOUND);
    assertThat(transfer("Hana", "Hana").rejection()).isEqualTo(Rejection.ALREADY_OWNER);
  }

  @Test
  void RT2_old_host_token_is_void_after_a_transfer() {
    transfer("Hana", "Ben");
    room.leave("Hana");

    assertThat(room.join(JoinRequest.as("Hana").withToken(HOST_TOKEN)).rejection())
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
    assertThat(room.join(JoinRequest.as("Hana")).rejection()).isNull();
    assertThat(room.member("Hana").host()).isFalse();
  }

  @Test
  void RT2_new_owner_gets_a_token_that_opens_the_room() {
    transfer("Hana", "Ben");
    assertThat(issue("Ben").events()).containsExactly(new HostTokenIssued(5, room.id("Ben")));
    room.leave("Ben");
    assertThat(owner()).isEqualTo("Hana");

    assertThat(room.join(JoinRequest.as("Ben")).rejection())
        .as("the name is the owner's alone")
        .isEqualTo(Rejection.BAD_HOST_CREDENTIALS);
    assertThat(room.join(JoinRequest.as("Ben").withToken(NEW_TOKEN)).rejection()).isNull();
    assertThat(owner()).isEqualTo("Ben");
  }

  @Test
  void RT2_token_is_issued_once_and_to_the_owner_alone() {
    assertThat(issue("Hana").next()).as("there is one already").isSameAs(room.state());
    transfer("Hana", "Ben");

    var before = room.state();
    assertThat(issue("Hana").next()).isSameAs(before);
    issue("Ben");
    var issued = room.state();
    assertThat(issue("Ben").next()).isSameAs(issued);
  }

  @Test
  void RT6_owner_makes_a_host_a_guest() {
    room.promote("Hana", "Ben");
    UserId ben = room.id("Ben");

    assertThat(demote("Hana", "Ben").events())
        .containsExactly(new UserDemoted(5, ben, room.member("Ben").name(), room.id("Hana")));
    assertThat(room.hosts()).containsExactly("Hana");
    assertThat(room.act(new RoomCommand.Play(ben, 0, false)).rejection())
        .isEqualTo(Rejection.NOT_HOST);
  }

  @Test
  void RT6_host_demotes_only_themselves() {
    room.promote("Hana", "Ben");
    room.promote("Hana", "Cleo");

    assertThat(demote("Ben", "Cleo").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(demote("Ben", "Hana").rejection()).isEqualTo(Rejection.NOT_OWNER);
    assertThat(demote("Ben", "Ben").rejection()).isNull();
  }

  @Test
  void RT6_guest_and_stranger_cannot_be_demoted() {
    assertThat(demote("Hana", "Ben").rejection()).isEqualTo(Rejection.NOT_A_HOST);
    assertThat(demote("Hana", "Nobody").rejection()).isEqualTo(Rejection.USER_NOT_FOUND);
  }

  @Test
  void RT6_room_keeps_a_present_host() {
    assertThat(demote("Hana", "Hana").rejection()).isEqualTo(Rejection.LAST_HOST);

    room.resumable("Dan").promote("Hana", "Dan");
    room.drop("Dan");
    assertThat(demote("Hana", "Hana").rejection())
        .as("an away host is none that could act")
        .isEqualTo(Rejection.LAST_HOST);
  }

  @Test
  void RT6_owner_who_becomes_a_guest_passes_the_room_to_the_next_host() {
    room.promote("Hana", "Ben");
    UserId hana = room.id("Hana");

    Decision done = demote("Hana", "Hana");

    assertThat(done.events())
        .containsExactly(
            new UserDemoted(5, hana, room.member("Hana").name(), hana),
            new RoomTransferred(5, room.id("Ben"), room.member("Ben").name(), null));
    assertThat(room.hosts()).containsExactly("Ben");
  }

  @Test
  void RT6_owner_demotes_an_away_host() {
    room.resumable("Dan").promote("Hana", "Dan");
    room.drop("Dan");

    assertThat(demote("Hana", "Dan").rejection()).isNull();
    room.returns("Dan");
    assertThat(room.member("Dan").host()).isFalse();
    assertThat(room.hosts()).containsExactly("Hana");
  }
}
