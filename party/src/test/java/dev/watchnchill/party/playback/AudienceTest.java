package dev.watchnchill.party.playback;

import static dev.watchnchill.party.RoomFixture.FILM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.RoomCommand.Report;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.UserId;
import org.junit.jupiter.api.Test;

/** The known state of the viewers' players (rules TL7, TL9, WT2). */
class AudienceTest {
  private final RoomFixture room = RoomFixture.room().resumable("Ben").guest("Cleo");

  private void reportsAll() {
    for (String name : room.names()) {
      room.act(new Report(room.id(name), ViewerReport.EMPTY));
    }
  }

  @Test
  void TL7_last_report_and_its_time_are_kept() {
    var report = new ViewerReport(1.0, 2.0, 3.0, 4.0, -5.0, 6.0, ViewerReport.State.SYNCED, 7L);
    reportsAll();

    room.later(10).act(new Report(room.id("Ben"), report));

    assertThat(room.audience().of(room.id("Ben")).report()).isEqualTo(report);
    assertThat(room.audience().of(room.id("Ben")).reportedAtMs()).isEqualTo(room.now());
  }

  @Test
  void TL9_member_who_leaves_is_forgotten() {
    reportsAll();
    UserId ben = room.id("Ben");
    assertThat(room.audience().size()).isEqualTo(3);

    room.leave("Ben");

    assertThat(room.audience().size()).isEqualTo(2);
    assertThat(room.audience().of(ben)).isEqualTo(Viewer.UNKNOWN);
  }

  @Test
  void TL9_signal_of_a_former_or_away_member_is_ignored() {
    UserId ben = room.id("Ben");
    room.drop("Ben");
    Audience before = room.audience();
    var late = new RoomEvent.PlayerStalled(ben);
    assertThat(before.after(late, room.state(), room.now())).isEqualTo(before);
    room.leave("Ben");

    assertThat(room.audience().after(late, room.state(), room.now()).size()).isZero();
  }

  @Test
  void TL9_seat_that_runs_out_or_is_taken_is_forgotten() {
    reportsAll();
    room.drop("Ben");
    assertThat(room.audience().of(room.id("Ben")).report()).isNull();
    room.join(JoinRequest.as("Ben"));
    assertThat(room.audience().size()).isEqualTo(2);
    room.drop("Hana");
    room.later(30_000).tick();
    assertThat(room.audience().size()).isEqualTo(1);
  }

  @Test
  void TL9_end_of_the_room_ends_all_knowledge() {
    reportsAll();
    room.later(86_400_000).tick();

    assertThat(room.state().closed()).isTrue();
    assertThat(room.audience()).isEqualTo(Audience.NONE);
  }

  @Test
  void TL9_after_a_reload_only_members_are_known() {
    reportsAll();
    Audience stale = room.audience();
    room.leave("Cleo");

    assertThat(stale.within(room.state())).isEqualTo(room.audience());
    assertThat(room.audience().within(room.state())).isSameAs(room.audience());
  }

  @Test
  void TL9_same_events_give_the_same_audience() {
    room.withMedia(FILM).playingFrom(0);
    Audience one = room.audience();
    Audience two = Audience.NONE;
    for (RoomEvent event : room.stalls("Ben").events()) {
      one = one.after(event, room.state(), room.now());
      two = two.after(event, room.state(), room.now());
    }

    assertThat(one).isEqualTo(two).hasSameHashCodeAs(two).hasToString(two.toString());
    assertThat(one).isNotEqualTo(Audience.NONE);
  }
}
