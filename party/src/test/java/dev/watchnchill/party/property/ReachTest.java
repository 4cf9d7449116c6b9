package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision.SeatKind;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.generate.Property;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The scripts reach every case: a property of an unreached case would hold trivially. */
class ReachTest {
  private static final int SCRIPTS = 20_000;

  @Test
  void SQ1_scripts_reach_every_event_every_rejection_and_every_kind_of_seat() {
    Map<Class<?>, Integer> events = new HashMap<>();
    Map<Rejection, Integer> refusals = new EnumMap<>(Rejection.class);
    var seatsByKnock = new AtomicInteger();
    Map<SeatKind, Integer> seats = new EnumMap<>(SeatKind.class);
    Map<RoomEvent.ClosureReason, Integer> ends = new EnumMap<>(RoomEvent.ClosureReason.class);
    Map<RoomEvent.KnockOutcome, Integer> outcomes = new EnumMap<>(RoomEvent.KnockOutcome.class);
    Map<RoomEvent.Reason, Integer> reasons = new EnumMap<>(RoomEvent.Reason.class);
    Property.samples(ScriptedCommand.scripts())
        .limit(SCRIPTS)
        .flatMap(script -> ScriptRun.through(script).stream())
        .forEach(moment -> {
          var decision = moment.decision();
          if (decision.joined() != null
              && moment.after().entry().knocks().size() < moment.before().entry().knocks().size()) {
            seatsByKnock.incrementAndGet();
          }
          for (RoomEvent event : decision.events()) {
            events.merge(event.getClass(), 1, Integer::sum);
            if (event instanceof RoomEvent.RoomClosed closed) {
              ends.merge(closed.why(), 1, Integer::sum);
            }
            if (event instanceof RoomEvent.KnockClosed closed) {
              outcomes.merge(closed.outcome(), 1, Integer::sum);
            }
            if (event instanceof RoomEvent.TimelineChanged changed) {
              reasons.merge(changed.reason(), 1, Integer::sum);
            }
          }
          if (decision.rejection() != null) {
            refusals.merge(decision.rejection(), 1, Integer::sum);
          }
          if (decision.joined() != null) {
            seats.merge(decision.joined().kind(), 1, Integer::sum);
          }
        });

    assertThat(events.keySet()).containsAll(kindsOfEvents());
    assertThat(reasons).containsOnlyKeys(RoomEvent.Reason.values());
    // A script is too short for most bounds; there are examples of them.
    var reachable =
        EnumSet.complementOf(
            EnumSet.of(
                Rejection.TOO_MANY_WAIT,
                Rejection.TOO_MANY_INVITATIONS,
                Rejection.QUEUE_FULL,
                Rejection.TOO_MANY_ITEMS,
                Rejection.TOO_MANY_VOTES,
                Rejection.TOO_MANY_REACTIONS,
                Rejection.VOICE_OFF));
    assertThat(EnumSet.allOf(Rejection.class))
        .filteredOn(reachable::contains)
        .allSatisfy(rejection -> assertThat(refusals).containsKey(rejection));
    // The scripts' rooms live for a shorter time than a client waits.
    assertThat(outcomes.keySet())
        .isEqualTo(EnumSet.complementOf(EnumSet.of(RoomEvent.KnockOutcome.EXPIRED)));
    assertThat(seatsByKnock).hasPositiveValue();
    assertThat(seats).containsOnlyKeys(SeatKind.values());
    assertThat(ends).containsOnlyKeys(RoomEvent.ClosureReason.values());
  }

  private static List<Class<?>> kindsOfEvents() {
    return records(RoomEvent.class).toList();
  }

  private static Stream<Class<?>> records(Class<?> kind) {
    return kind.isSealed()
        ? Stream.of(kind.getPermittedSubclasses()).flatMap(ReachTest::records)
        : Stream.of(kind);
  }
}
