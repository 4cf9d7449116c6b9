package dev.watchnchill.party.queue;

import static dev.watchnchill.party.generate.Generators.integers;
import static dev.watchnchill.party.generate.Generators.lists;
import static dev.watchnchill.party.generate.Generators.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.RoomEvent.TimelineChanged;
import dev.watchnchill.party.generate.Generator;
import dev.watchnchill.party.generate.Property;
import dev.watchnchill.party.playback.ViewerReport.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Rules QU8, QU9 and QU14: a film ends a second after it has reached its length, in any order of
 * play, pause, seek, rate and reports of its length, and neither sooner nor later.
 */
class FilmEndPropertyTest {
  private static final List<String> MEMBERS = List.of("Hana", "Ben", "Cleo");

  private record Step(long waitMs, int kind, int who, double seconds) {}

  private static final Generator<Step> STEPS =
      choices ->
          new Step(
              oneOf(0L, 1L, 500L, 999L, 1_000L, 1_001L, 3_000L, 7_000L).generate(choices),
              integers(0, 9).generate(choices),
              integers(0, 2).generate(choices),
              integers(0, 40).generate(choices) / 2.0);

  /** The film, followed apart from the timeline. */
  private static final class Film {
    private final Map<String, Double> lengths = new HashMap<>();
    private boolean playing;
    private boolean stopped; // by a player, at its end
    private double position;
    private double rate = 1;
    private double anchorMs;
    private double hostLength;
    private double knownMs; // since when all of this is known

    /** Returns the length that counts; infinite while unknown. */
    double length() {
      if (hostLength > 0) {
        return hostLength;
      }
      List<Double> sorted = lengths.values().stream().sorted().toList();
      return sorted.isEmpty() ? Double.POSITIVE_INFINITY : sorted.get(sorted.size() / 2);
    }

    void anchor(double there, double nowMs) {
      position = hostLength > 0 ? Math.min(there, hostLength) : there;
      anchorMs = nowMs;
    }

    double at(double nowMs) {
      return playing ? position + rate * (nowMs - anchorMs) / 1_000 : position;
    }

    /** Returns when the film has been at its end for a second. */
    double endMs() {
      double left = stopped ? 0 : Math.max(0, length() - position);
      boolean ends = playing || stopped;
      return ends ? anchorMs + left / rate * 1_000 + 1_000 : Double.POSITIVE_INFINITY;
    }
  }

  @Test
  void QU8_film_ends_a_second_after_it_has_reached_its_length() {
    var ends = new int[2];
    Property.check(
        1_500,
        choices -> {
          boolean hosts = choices.draw(integers(0, 1)) == 0;
          QueueRoom room = QueueRoom.showing("A");
          var film = new Film();
          film.anchorMs = room.room.now();
          for (Step step : choices.draw(lists(STEPS, 1, 30))) {
            if (passes(room, film, room.room.now() + step.waitMs())) {
              ends[hosts ? 0 : 1]++;
              return;
            }
            act(room, film, step, hosts);
          }
          passes(room, film, room.room.now() + 60_000);
        });
    assertThat(ends[0]).isPositive();
    assertThat(ends[1]).isPositive();
  }

  /** Advances the time with a tick at every deadline, and returns whether the film has ended. */
  private static boolean passes(QueueRoom room, Film film, long toMs) {
    while (room.room.deadline() <= toMs) {
      room.room.later(Math.max(0, room.room.deadline() - room.room.now()));
      if (ends(room.room.tick())) {
        assertThat((double) room.room.now())
            .as("not sooner than a second after its end, nor later")
            .isBetween(film.endMs() - 1e-3, Math.max(film.endMs(), film.knownMs) + 1 + 1e-3);
        return true;
      }
    }
    assertThat(film.endMs()).as("it has not ended by then").isGreaterThan(toMs - 1);
    room.room.later(toMs - room.room.now());
    return false;
  }

  private static boolean ends(Decision decision) {
    return decision.events().stream()
        .anyMatch(event ->
            event instanceof TimelineChanged changed
                && (changed.reason() == Reason.NEXT || changed.reason() == Reason.ENDED));
  }

  private static void act(QueueRoom room, Film film, Step step, boolean hosts) {
    var hana = room.room.id("Hana");
    double now = room.room.now();
    film.knownMs = now;
    switch (step.kind()) {
      case 0, 1 -> {
        room.room.act(new RoomCommand.Play(hana, step.seconds(), false));
        film.playing = true;
        film.stopped = false;
        film.anchor(step.seconds(), now);
      }
      case 2 -> {
        room.room.act(new RoomCommand.Pause(hana, step.seconds(), null));
        film.stopped = film.playing && step.seconds() >= film.length() - 1;
        film.playing = false;
        film.anchor(step.seconds(), now);
      }
      case 3, 4 -> {
        room.room.act(new RoomCommand.Seek(hana, step.seconds(), false));
        film.stopped = false;
        film.anchor(step.seconds(), now);
      }
      case 5 -> {
        double rate = 0.5 * (1 + step.who());
        if (rate != film.rate) {
          film.anchor(film.at(now), now);
          film.rate = rate;
        }
        room.room.act(new RoomCommand.SetRate(hana, rate));
      }
      default -> report(room, film, step, hosts);
    }
  }

  private static void report(QueueRoom room, Film film, Step step, boolean hosts) {
    double length = 1 + step.seconds();
    if (hosts) {
      room.room.withDuration(length);
      film.hostLength = length;
      film.position = Math.min(film.position, length);
    } else {
      String who = MEMBERS.get(step.who());
      Decision reported = room.report(who, State.SYNCED, length);
      assertThat(reported.events()).singleElement().isInstanceOf(RoomEvent.PlayerReported.class);
      film.lengths.put(who, length);
    }
  }
}
