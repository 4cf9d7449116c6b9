package dev.watchnchill.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoopCountersTest {
  private final Schedule schedule = Schedule.lasting(MicrosClock.micros() - 3_000_000, 2, 1.5);
  private final LoopCounters one = new LoopCounters();
  private final LoopCounters other = new LoopCounters();

  @Test
  void missing_and_unexpected_deliveries_are_found_command_by_command() {
    begin();
    DeliveryCounts expected = new DeliveryCounts(3);
    for (int i = 0; i < 3; i++) {
      expected.add(i, 2);
    }
    one.delivered(schedule.dueMicros(0));
    other.delivered(schedule.dueMicros(0));
    one.delivered(schedule.dueMicros(1));
    for (int i = 0; i < 3; i++) {
      other.answered(2);
    }
    Counts counts = Counts.sum(List.of(one.counts(), other.counts()));

    assertThat(expected.notIn(counts.delivered())).isEqualTo(1);
    assertThat(counts.delivered().notIn(expected)).isEqualTo(1);
  }

  @Test
  void latency_counts_from_when_a_command_was_due() {
    begin();
    one.delivered(schedule.dueMicros(0));
    other.delivered(schedule.dueMicros(2));
    Counts counts = Counts.sum(List.of(one.counts(), other.counts()));

    assertThat(counts.latencies().all().getTotalCount()).isEqualTo(2);
    assertThat(counts.latencies().all().getMaxValue()).isGreaterThanOrEqualTo(3_000_000);
    assertThat(counts.latencies().all().getMinValue()).isGreaterThanOrEqualTo(1_990_000);
  }

  @Test
  void deliveries_of_another_phase_are_not_counted() {
    begin();
    one.delivered(schedule.startMicros() - 500_000);
    one.delivered(-1);
    one.answered(3);
    assertThat(one.counts().latencies().all().getTotalCount()).isZero();

    one.delivered(schedule.dueMicros(0));
    one.begin(Schedule.lasting(MicrosClock.micros(), 1, 1));
    assertThat(one.counts().latencies().all().getTotalCount()).isZero();
    assertThat(one.counts().delivered().notIn(new DeliveryCounts(1))).isZero();
  }

  private void begin() {
    one.begin(schedule);
    other.begin(schedule);
  }

  @Test
  void messages_and_controls_have_latencies_of_their_own_and_reactions_are_counted() {
    LoopCounters counters = new LoopCounters();
    Schedule schedule = new Schedule(MicrosClock.micros(), 10, 2);
    counters.begin(schedule);
    counters.message(schedule.dueMicros(0));
    counters.control(schedule.dueMicros(1));
    counters.control(schedule.dueMicros(1));
    counters.filmReactions(7);
    counters.messageReactions();
    Counts counts = counters.counts();
    assertThat(counts.latencies().messages.getTotalCount()).isEqualTo(1);
    assertThat(counts.latencies().controls.getTotalCount()).isEqualTo(2);
    assertThat(counts.latencies().all().getTotalCount()).isEqualTo(3);
    assertThat(counts.talk()).isEqualTo(new TalkCounts(1, 7, 1));
  }
}
