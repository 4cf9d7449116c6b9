package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Bounds and the relations between them (rules LF1, LF2, LV4, RS2, TL3 to TL5). */
class LimitsTest {
  private static final Limits ALL = Limits.DEFAULT;

  @Test
  void LF1_defaults_are_those_of_the_contract() {
    assertThat(ALL.chatHistory()).isEqualTo(20);
    assertThat(ALL.messageLengthMax()).isEqualTo(1000);
    assertThat(ALL.reconnectGraceMs()).isEqualTo(30_000);
    assertThat(ALL.emptyRoomGraceMs()).isEqualTo(300_000);
    assertThat(ALL.roomLifeMs()).isEqualTo(86_400_000);
    assertThat(ALL.startLeadMs()).isEqualTo(150);
    assertThat(ALL.syncToleranceSeconds()).isEqualTo(0.5);
    assertThat(ALL.pressedAtWindowMs()).isEqualTo(1000);
  }

  @Test
  void LV4_graces_longer_than_the_life_of_a_room_are_refused() {
    refused(() -> ALL.withGraces(30_000, ALL.roomLifeMs()));
    refused(() -> ALL.withGraces(ALL.roomLifeMs(), 300_000));
    assertThatCode(() -> ALL.withGraces(ALL.roomLifeMs() - 1, 0)).doesNotThrowAnyException();
  }

  @Test
  void LF1_life_so_long_that_a_deadline_would_overflow_is_refused() {
    refused(() -> new Limits(2, 20, 1000, 0, 0, Long.MAX_VALUE, 150, 0.5, 1000));
    assertThatCode(() -> new Limits(2, 20, 1000, 0, 0, Limits.ROOM_LIFE_MS_MAX, 150, 0.5, 1000))
        .doesNotThrowAnyException();
  }

  @Test
  void LF2_bounds_out_of_range_are_refused() {
    refused(() -> ALL.withSizes(0, 20));
    refused(() -> ALL.withSizes(1, -1));
    refused(() -> ALL.withGraces(-1, 0));
    refused(() -> ALL.withGraces(0, -1));
    refused(() -> new Limits(2, 20, 0, 0, 0, 1000, 150, 0.5, 1000));
    refused(() -> new Limits(2, 20, 1, 0, 0, 0, 150, 0.5, 1000));
    refused(() -> new Limits(2, 20, 1, 0, 0, 1000, 5_001, 0.5, 1000));
    refused(() -> new Limits(2, 20, 1, 0, 0, 1000, -1, 0.5, 1000));
    refused(() -> new Limits(2, 20, 1, 0, 0, 1000, 150, 0, 1000));
    refused(() -> new Limits(2, 20, 1, 0, 0, 1000, 150, Double.NaN, 1000));
    refused(() -> new Limits(2, 20, 1, 0, 0, 1000, 150, 0.5, -1));
  }

  private static void refused(ThrowingCallable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction);
  }
}
