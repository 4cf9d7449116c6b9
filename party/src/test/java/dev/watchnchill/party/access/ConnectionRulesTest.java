package dev.watchnchill.party.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionRulesTest {
  private static final InstanceId ONE = new InstanceId("one");
  private static final InstanceId TWO = new InstanceId("two");

  private final RoomFixture room = RoomFixture.room();

  private Decision comes(JoinRequest entry, InstanceId server) {
    return room.join(entry.on(server));
  }

  private Decision orphaned(InstanceId server, long seenMs) {
    return room.act(new RoomCommand.MarkInstancesDead(Set.of(server), seenMs));
  }

  private Member member(String name) {
    Member member = room.state().members().findByName(new DisplayName(name));
    assertThat(member).isNotNull();
    return java.util.Objects.requireNonNull(member);
  }

  @Test
  void IN2_the_room_knows_which_server_holds_a_connection() {
    comes(JoinRequest.as("Ben"), ONE);
    assertThat(member("Ben").presentOn(ONE)).isTrue();
    assertThat(member("Ben").presentOn(TWO)).isFalse();
    room.resumable("Cleo");
    assertThat(member("Cleo").instance()).isNull();
  }

  @Test
  void IN2_seat_resumed_on_another_instance_is_published_even_if_its_member_was_not_away() {
    comes(JoinRequest.as("Ben").keeping(RoomFixture.secretOf("Ben")), ONE);
    Decision back = comes(JoinRequest.as("Ben").resuming(RoomFixture.secretOf("Ben")), TWO);
    assertThat(back.events())
        .containsExactly(new RoomEvent.UserReturned(back.next().seq(), member("Ben").id()));
    assertThat(member("Ben").presentOn(TWO)).isTrue();
  }

  @Test
  void IN3_only_members_of_a_dead_instance_are_away_base_clients_too() {
    comes(JoinRequest.as("Ben"), ONE);
    comes(JoinRequest.as("Cleo").keeping(RoomFixture.secretOf("Cleo")), ONE);
    comes(JoinRequest.as("Dan"), TWO);
    Decision decision = orphaned(ONE, room.now());
    assertThat(decision.events())
        .containsExactly(
            new RoomEvent.UserAway(decision.next().seq() - 1, member("Ben").id()),
            new RoomEvent.UserAway(decision.next().seq(), member("Cleo").id()));
    assertThat(member("Dan").away()).isFalse();
    assertThat(member("Hana").away()).isFalse();
  }

  @Test
  void IN3_the_same_death_twice_changes_nothing() {
    comes(JoinRequest.as("Ben"), ONE);
    Decision first = orphaned(ONE, room.now());
    assertThat(orphaned(ONE, room.now()).next()).isSameAs(first.next());
  }

  @Test
  void IN3_they_leave_when_the_grace_has_passed() {
    comes(JoinRequest.as("Ben"), ONE);
    orphaned(ONE, room.now());
    room.later(Limits.DEFAULT.reconnectGraceMs() - 1);
    assertThat(room.tick().events()).isEmpty();
    var ben = member("Ben").id();
    Decision gone = room.later(1).tick();
    assertThat(gone.events()).containsExactly(new RoomEvent.UserLeft(gone.next().seq(), ben));
  }

  @Test
  void IN3_base_client_that_lost_its_server_comes_back_under_its_name() {
    comes(JoinRequest.as("Ben"), ONE);
    orphaned(ONE, room.now());
    assertThat(comes(JoinRequest.as("Ben"), TWO).rejection()).isNull();
    assertThat(member("Ben").presentOn(TWO)).isTrue();
  }

  @Test
  void IN3_film_continues_during_a_short_outage() {
    comes(JoinRequest.as("Hana").resuming(RoomFixture.secretOf("Hana")), ONE);
    room.withMedia(RoomFixture.FILM).playingFrom(10);
    long seen = room.now();
    room.later(Limits.DEFAULT.reconnectGraceMs());
    orphaned(ONE, seen);
    assertThat(room.state().timeline().playing()).isTrue();
  }

  @Test
  void IN3_film_pauses_where_it_was_seen_last_when_it_had_no_viewers_for_long() {
    comes(JoinRequest.as("Hana").resuming(RoomFixture.secretOf("Hana")), ONE);
    room.withMedia(RoomFixture.FILM).playingFrom(10);
    long seen = room.later(5_000).now();
    room.later(Limits.DEFAULT.reconnectGraceMs() + 1);
    Decision decision = orphaned(ONE, seen);
    assertThat(decision.events().getLast())
        .isInstanceOfSatisfying(
            RoomEvent.TimelineChanged.class,
            changed -> assertThat(changed.reason()).isEqualTo(RoomEvent.Reason.PAUSE));
    assertThat(room.state().timeline().playing()).isFalse();
    assertThat(room.state().timeline().position()).isEqualTo(15);
  }

  @Test
  void IN3_film_continues_for_present_members() {
    comes(JoinRequest.as("Hana").resuming(RoomFixture.secretOf("Hana")), ONE);
    comes(JoinRequest.as("Ben"), TWO);
    room.withMedia(RoomFixture.FILM).playingFrom(10);
    long seen = room.now();
    room.later(Limits.DEFAULT.reconnectGraceMs() + 1);
    orphaned(ONE, seen);
    assertThat(room.state().timeline().playing()).isTrue();
  }

  @Test
  void IN4_member_who_is_still_connected_is_present_again() {
    comes(JoinRequest.as("Ben"), ONE);
    orphaned(ONE, room.now());
    Decision decision = room.act(new RoomCommand.ReclaimSeats(ONE, List.of(member("Ben"))));
    assertThat(decision.events())
        .containsExactly(new RoomEvent.UserReturned(decision.next().seq(), member("Ben").id()));
    assertThat(member("Ben").presentOn(ONE)).isTrue();
    assertThat(room.act(new RoomCommand.ReclaimSeats(ONE, List.of(member("Ben")))).next())
        .isSameAs(decision.next());
  }

  @Test
  void IN4_member_who_was_wrongly_removed_is_back_with_the_same_id_and_rights() {
    comes(JoinRequest.as("Ben"), ONE);
    room.promote("Hana", "Ben");
    Member before = member("Ben");
    room.leave("Ben");
    room.act(new RoomCommand.ReclaimSeats(TWO, List.of(before)));
    Member after = member("Ben");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.host()).isTrue();
    assertThat(after.presentOn(TWO)).isTrue();
  }

  @Test
  void IN4_seat_is_not_restored_when_another_member_has_the_name_or_the_last_place() {
    comes(JoinRequest.as("Ben"), ONE);
    Member before = member("Ben");
    room.leave("Ben");
    comes(JoinRequest.as("Ben"), TWO);
    assertThat(room.act(new RoomCommand.ReclaimSeats(ONE, List.of(before))).events()).isEmpty();

    RoomFixture small = RoomFixture.room(Limits.DEFAULT.withSizes(1, 5));
    assertThat(small.act(new RoomCommand.ReclaimSeats(ONE, List.of(before))).events()).isEmpty();
  }

  @Test
  void IN4_seat_that_another_server_has_stays_there() {
    comes(JoinRequest.as("Ben").keeping(RoomFixture.secretOf("Ben")), ONE);
    Member before = member("Ben");
    comes(JoinRequest.as("Ben").resuming(RoomFixture.secretOf("Ben")), TWO);
    assertThat(room.act(new RoomCommand.ReclaimSeats(ONE, List.of(before))).events()).isEmpty();
    assertThat(member("Ben").presentOn(TWO)).isTrue();
  }
}
