package dev.watchnchill.party.access;

import static dev.watchnchill.party.RoomFixture.HOST_TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.RoomEvent.ClosureReason;
import dev.watchnchill.party.RoomEvent.RoomClosed;
import dev.watchnchill.party.RoomEvent.RoomTransferred;
import dev.watchnchill.party.RoomEvent.UserPromoted;
import dev.watchnchill.party.RoomFixture;
import org.junit.jupiter.api.Test;

/** Rules LV4, LV5 and LF1: rooms without members, without a host, without a change. */
class EmptyRoomTest {
  private static final long GRACE = Limits.DEFAULT.reconnectGraceMs();
  private static final long EMPTY_GRACE = Limits.DEFAULT.emptyRoomGraceMs();

  private final RoomFixture room = RoomFixture.room();

  @Test
  void LV4_empty_room_waits_for_its_grace_and_closes() {
    room.later(10).leave("Hana");
    assertThat(room.state().emptySinceMs()).isEqualTo(room.now());
    assertThat(room.deadline()).isEqualTo(room.now() + EMPTY_GRACE);

    assertThat(room.later(EMPTY_GRACE - 1).tick().events()).isEmpty();
    assertThat(room.state().closed()).isFalse();

    assertThat(room.later(1).tick().events())
        .containsExactly(new RoomClosed(3, ClosureReason.EMPTY));
    assertThat(room.state().closed()).isTrue();
  }

  @Test
  void LV4_creator_who_comes_back_in_time_finds_the_room_as_it_was() {
    room.withMedia(RoomFixture.FILM).withDuration(7200).playingFrom(60);
    var before = room.state();
    room.leave("Hana");

    room.later(EMPTY_GRACE - 1).join(JoinRequest.as("Hana").withToken(HOST_TOKEN));

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
        .containsExactly(
            new UserPromoted(5, room.id("Ben"), room.member("Ben").name()),
            new RoomTransferred(5, room.id("Ben"), room.member("Ben").name(), null));
    assertThat(room.state().hostId()).isEqualTo(room.id("Ben"));
    assertThat(room.state().hostlessSinceMs()).isNull();
  }

  @Test
  void LV5_creator_who_comes_in_time_is_the_only_host() {
    room.leave("Hana");
    room.guest("Ben").later(GRACE - 1).join(JoinRequest.as("Hana").withToken(HOST_TOKEN));

    room.later(GRACE).tick();

    assertThat(room.hosts()).containsExactly("Hana");
  }

  @Test
  void LF1_room_expires_a_day_after_its_last_write() {
    long day = 24L * 3_600_000;
    room.later(1000).guest("Ben");

    assertThat(room.later(day - 1).tick().events()).isEmpty();
    assertThat(room.later(1).tick().events())
        .containsExactly(new RoomClosed(3, ClosureReason.EXPIRED));
  }

  @Test
  void LF1_every_change_renews_the_expiry() {
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
