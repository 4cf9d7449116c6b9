package dev.watchnchill.party.entry;

import static dev.watchnchill.party.JoinRequest.identity;
import static dev.watchnchill.party.RoomFixture.secretOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomCommand.AnswerKnock;
import dev.watchnchill.party.RoomCommand.RequestEntry;
import dev.watchnchill.party.RoomCommand.SetSettings;
import dev.watchnchill.party.RoomCommand.WithdrawKnock;
import dev.watchnchill.party.RoomEvent.KnockClosed;
import dev.watchnchill.party.RoomEvent.KnockOutcome;
import dev.watchnchill.party.RoomEvent.Knocked;
import dev.watchnchill.party.RoomEvent.SettingsChanged;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.RoomSettings.Change;
import dev.watchnchill.party.RoomSettings.EntryMode;
import dev.watchnchill.party.access.MemberIdentity;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule EN4. */
class KnockTest {
  private final RoomFixture room = RoomFixture.room().withEntry(EntryMode.APPROVAL);

  private static UUID knock(int number) {
    return new UUID(6, number);
  }

  /** An extended client knocks. */
  private Decision knocks(String name, int number) {
    return room.act(
        new RequestEntry(
            new DisplayName(name), secretOf(name), knock(number), MemberIdentity.NONE));
  }

  /** A base client knocks, from a browser at an address. */
  private Decision knocks(String name, int number, MemberIdentity identity) {
    return room.act(new RequestEntry(new DisplayName(name), null, knock(number), identity));
  }

  private Decision answers(String host, int number, boolean accept) {
    return room.act(new AnswerKnock(room.id(host), knock(number), accept));
  }

  private List<UUID> waiting() {
    return room.state().entry().knocks().stream()
        .filter(one -> !one.accepted())
        .map(Knock::id)
        .toList();
  }

  @Test
  void EN4_client_waits_and_hosts_receive_it() {
    Decision asked = knocks("Ben", 1);

    var expected =
        new Knock(
            knock(1),
            new DisplayName("Ben"),
            secretOf("Ben"),
            MemberIdentity.NONE,
            room.now(),
            false);
    assertThat(asked.events()).containsExactly(new Knocked(3, expected));
    assertThat(room.state().entry().knocks()).containsExactly(expected);
    assertThat(room.names()).containsExactly("Hana");
  }

  @Test
  void EN4_same_client_waits_once() {
    knocks("Ben", 1);
    knocks("Cleo", 2, identity(3, 4));
    var before = room.state();

    assertThat(knocks("Ben", 5).next()).isSameAs(before);
    assertThat(knocks("Cleo", 6, identity(3, 4)).next()).isSameAs(before);
    assertThat(waiting()).containsExactly(knock(1), knock(2));
  }

  @Test
  void EN4_another_client_with_the_same_name_waits_too() {
    knocks("Ben", 1);
    knocks("Ben", 2, identity(0, 4));
    knocks("Ben", 3, identity(5, 4));

    assertThat(waiting()).containsExactly(knock(1), knock(2), knock(3));
  }

  @Test
  void EN4_room_without_approval_knows_no_waiting() {
    room.withEntry(EntryMode.LINK);
    var before = room.state();

    assertThat(knocks("Ben", 1)).isEqualTo(Decision.unchanged(before));
  }

  @Test
  void EN4_accepted_client_enters_and_its_knock_is_gone() {
    knocks("Ben", 1);

    Decision accepted = answers("Hana", 1, true);

    assertThat(accepted.events())
        .containsExactly(new KnockClosed(4, knock(1), KnockOutcome.ACCEPTED, room.id("Hana")));
    assertThat(waiting()).isEmpty();
    assertThat(room.join(JoinRequest.as("Ben").resuming(secretOf("Ben"))).rejection()).isNull();
    assertThat(room.state().entry().knocks()).isEmpty();
    room.leave("Ben");
    assertThat(room.join(JoinRequest.as("Ben").resuming(secretOf("Ben"))).rejection())
        .as("an acceptance is good for one join")
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
  }

  @Test
  void EN4_base_client_enters_by_the_knock_of_its_socket() {
    knocks("Ben", 1, MemberIdentity.NONE);
    answers("Hana", 1, true);

    assertThat(room.join(JoinRequest.as("Ben")).rejection()).isEqualTo(Rejection.APPROVAL_REQUIRED);
    assertThat(room.join(JoinRequest.as("Ben").after(knock(1))).rejection()).isNull();
  }

  @Test
  void EN4_acceptance_is_bound_to_the_name_and_to_the_client() {
    knocks("Ben", 1);
    knocks("Dan", 2);
    answers("Hana", 1, true);

    assertThat(room.join(JoinRequest.as("Cleo").resuming(secretOf("Ben"))).rejection())
        .as("the host has accepted another name")
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
    assertThat(room.join(JoinRequest.as("Ben").resuming(secretOf("Dan"))).rejection())
        .as("the host has accepted another client")
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
    assertThat(room.join(JoinRequest.as("Dan").after(knock(2))).rejection())
        .as("this one still waits")
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
    assertThat(room.join(JoinRequest.as("BEN").resuming(secretOf("Ben"))).rejection()).isNull();
  }

  @Test
  void EN4_rejected_client_waits_no_more_and_may_ask_again() {
    knocks("Ben", 1);

    assertThat(answers("Hana", 1, false).events())
        .containsExactly(new KnockClosed(4, knock(1), KnockOutcome.REFUSED, room.id("Hana")));
    assertThat(room.join(JoinRequest.as("Ben").after(knock(1))).rejection())
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
    knocks("Ben", 2);
    assertThat(waiting()).containsExactly(knock(2));
  }

  @Test
  void EN4_only_hosts_answer_and_only_once() {
    knocks("Ben", 1);
    room.withEntry(EntryMode.LINK).guest("Cleo").withEntry(EntryMode.APPROVAL);
    knocks("Ben", 2);

    assertThat(answers("Cleo", 2, true).rejection()).isEqualTo(Rejection.NOT_HOST);
    assertThat(answers("Hana", 9, true).rejection()).isEqualTo(Rejection.KNOCK_NOT_FOUND);
    answers("Hana", 2, true);
    assertThat(answers("Hana", 2, false).rejection()).isEqualTo(Rejection.KNOCK_NOT_FOUND);
  }

  @Test
  void EN4_client_takes_its_knock_back() {
    knocks("Ben", 1);

    assertThat(room.act(new WithdrawKnock(knock(1))).events())
        .containsExactly(new KnockClosed(4, knock(1), KnockOutcome.WITHDRAWN, null));
    var before = room.state();
    assertThat(room.act(new WithdrawKnock(knock(1))).next()).isSameAs(before);
    assertThat(answers("Hana", 1, true).rejection()).isEqualTo(Rejection.KNOCK_NOT_FOUND);
  }

  @Test
  void EN4_wait_ends_after_ten_minutes() {
    knocks("Ben", 1);
    assertThat(room.deadline()).isEqualTo(room.now() + KnockRules.WAIT_MS);

    assertThat(room.later(KnockRules.WAIT_MS - 1).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events())
        .containsExactly(new KnockClosed(4, knock(1), KnockOutcome.EXPIRED, null));
    assertThat(room.deadline()).isGreaterThan(room.now());
  }

  @Test
  void EN4_waits_end_each_at_its_own_time() {
    knocks("Ben", 1);
    room.later(1_000);
    knocks("Cleo", 2);

    room.later(KnockRules.WAIT_MS - 1_000).tick();

    assertThat(waiting()).containsExactly(knock(2));
    assertThat(room.deadline()).isEqualTo(room.now() + 1_000);
  }

  @Test
  void EN4_acceptance_ends_ten_minutes_after_it_was_given() {
    knocks("Ben", 1);
    room.later(KnockRules.WAIT_MS - 1);
    answers("Hana", 1, true);

    room.later(KnockRules.WAIT_MS - 1).tick();
    assertThat(room.state().entry().knocks()).hasSize(1);
    room.later(1).tick();
    assertThat(room.join(JoinRequest.as("Ben").resuming(secretOf("Ben"))).rejection())
        .isEqualTo(Rejection.APPROVAL_REQUIRED);
  }

  @Test
  void EN4_fifty_clients_wait_at_most() {
    for (int i = 0; i < KnockRules.WAITING_MAX; i++) {
      assertThat(knocks("Guest " + i, i).rejection()).isNull();
    }
    assertThat(knocks("Ben", 100).rejection()).isEqualTo(Rejection.TOO_MANY_WAIT);
    assertThat(knocks("Guest 7", 101).rejection()).as("it waits already").isNull();

    room.act(new WithdrawKnock(knock(7)));
    assertThat(knocks("Ben", 100).rejection()).isNull();
  }

  @Test
  void EN4_ten_clients_of_one_address_wait_at_most() {
    for (int i = 0; i < KnockRules.WAITING_PER_ADDRESS_MAX; i++) {
      assertThat(knocks("Guest " + i, i, identity(10 + i, 4)).rejection()).isNull();
    }

    assertThat(knocks("Ben", 100, identity(50, 4)).rejection()).isEqualTo(Rejection.TOO_MANY_WAIT);
    assertThat(knocks("Ben", 100, identity(50, 5)).rejection()).isNull();
  }

  @Test
  void EN4_all_waits_end_with_the_approval() {
    knocks("Ben", 1);
    knocks("Cleo", 2);
    answers("Hana", 2, true);

    Decision open = room.act(new SetSettings(room.id("Hana"), Change.entry(EntryMode.LINK)));

    assertThat(open.events())
        .containsExactly(
            new SettingsChanged(6, room.state().settings(), false, room.id("Hana")),
            new KnockClosed(6, knock(1), KnockOutcome.WITHDRAWN, room.id("Hana")),
            new KnockClosed(6, knock(2), KnockOutcome.WITHDRAWN, room.id("Hana")));
    assertThat(room.state().entry().knocks()).isEmpty();
  }

  @Test
  void EN4_ban_ends_the_waits_that_it_covers() {
    room.withEntry(EntryMode.LINK).guest("Ben", 3, 4).withEntry(EntryMode.APPROVAL);
    knocks("Ben two", 1, identity(3, 9));
    knocks("Neighbour", 2, identity(7, 4));
    knocks("Cleo", 3, identity(8, 5));

    Decision banned = room.remove("Hana", "Ben", knock(99), null);

    assertThat(banned.events())
        .contains(
            new KnockClosed(room.state().seq(), knock(1), KnockOutcome.REFUSED, room.id("Hana")));
    assertThat(waiting()).containsExactly(knock(3));
    assertThat(knocks("Ben", 4, identity(3, 9)).rejection()).isEqualTo(Rejection.BANNED);
  }
}
