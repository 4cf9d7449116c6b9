package dev.watchnchill.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 3, 7, 100, 333.3, 1_000, 12_345})
  void due_time_identifies_its_command(double perSecond) {
    Schedule schedule = Schedule.lasting(1_234_567, perSecond, 20);
    assertThat(schedule.count()).isEqualTo((int) Math.round(perSecond * 20));
    for (int i = 0; i < schedule.count(); i++) {
      assertThat(schedule.indexOf(schedule.dueMicros(i))).isEqualTo(i);
    }
  }

  @Test
  void commands_are_due_evenly() {
    Schedule schedule = Schedule.lasting(5_000, 100, 1);
    assertThat(schedule.dueMicros(0)).isEqualTo(5_000);
    assertThat(schedule.dueMicros(1)).isEqualTo(15_000);
    assertThat(schedule.dueMicros(99)).isEqualTo(995_000);
  }

  @Test
  void another_time_belongs_to_no_command() {
    Schedule schedule = Schedule.lasting(1_000_000, 10, 1);
    assertThat(schedule.indexOf(900_000)).isEqualTo(-1);
    assertThat(schedule.indexOf(1_050_000)).isEqualTo(-1);
    assertThat(schedule.indexOf(2_000_000)).isEqualTo(-1);
    assertThat(schedule.indexOf(-1)).isEqualTo(-1);
    assertThat(Schedule.lasting(0, 0, 10).indexOf(0)).isEqualTo(-1);
  }
}
