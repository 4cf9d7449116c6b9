package dev.watchnchill.party.queue;

import static dev.watchnchill.party.queue.QueueRoom.at;
import static dev.watchnchill.party.queue.QueueRoom.moved;
import static dev.watchnchill.party.queue.QueueRoom.nothingEnds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.playback.Timeline.Phase;
import dev.watchnchill.party.playback.ViewerReport.State;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule QU14. */
class PauseAtEndTest {
  private static Decision pause(QueueRoom room, double at, @Nullable Double pressedAtMs) {
    return room.room.act(new RoomCommand.Pause(room.room.id("Hana"), at, pressedAtMs));
  }

  @ParameterizedTest(name = "{0} s of {1} s by a host, {2} s by guests: {3}")
  @CsvSource({
    "98.9, 100, 0, X",
    "99,   100, 0, A",
    "130,  100, 0, A",
    "100,  0, 100, A",
    "100,  0,   0, X",
  })
  void QU14_player_that_stops_at_the_end_pauses_the_film_and_the_next_one_follows(
      double position, double hostsLength, double guestsLength, String current) {
    QueueRoom room = QueueRoom.showing("A").playing(95, hostsLength);
    room.report("Ben", State.SYNCED, guestsLength);
    room.report("Cleo", State.SYNCED, guestsLength);
    room.room.later(5_000);

    Decision paused = pause(room, position, null);

    assertThat(paused.events().getFirst())
        .isInstanceOfSatisfying(
            RoomEvent.Controlled.class,
            controlled -> assertThat(controlled.action()).isEqualTo(RoomEvent.Action.PAUSED));
    assertThat(moved(paused).timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(room.room.later(999).tick().events()).isEmpty();
    room.room.later(1).tick();
    assertThat(room.current()).isEqualTo(current);
    assertThat(room.room.timeline().phase())
        .isEqualTo(current.equals("A") ? Phase.PREPARING : Phase.PAUSED);
  }

  @Test
  void QU14_host_of_an_extended_client_pauses_at_the_end() {
    QueueRoom room = QueueRoom.showing("A").playing(95, 100);
    room.room.later(4_500);
    pause(room, 99.5, (double) room.room.now());

    nothingEnds(room);
  }

  @Test
  void QU14_command_within_the_second_decides() {
    QueueRoom room = QueueRoom.showing("A").playing(95, 100);
    pause(room, 100, null);
    room.playing(20, 0);
    room.room.later(1_000).tick();

    assertThat(room.current()).isEqualTo("X");
  }

  @Test
  void QU14_film_that_nothing_follows_ends_once() {
    QueueRoom room = QueueRoom.showing("A").playing(95, 100);
    room.mode(null, false, null);
    pause(room, 100, null);

    Decision ended = at(room, 1_000);

    assertThat(moved(ended).reason()).isEqualTo(Reason.ENDED);
    nothingEnds(room);
  }
}
