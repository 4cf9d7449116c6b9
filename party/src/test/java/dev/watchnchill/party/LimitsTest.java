package dev.watchnchill.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds and the relations between them (rules LF1, LF2, LV4, RS2, TL3 to TL5, TL9). */
class LimitsTest {
  private static final Limits ALL = Limits.DEFAULT;

  @Test
  void LF1_defaults_are_those_of_the_contract() {
    assertThat(ALL.chatHistory()).isEqualTo(20);
    assertThat(ALL.chatKeep()).isEqualTo(500);
    assertThat(ALL.messageLengthMax()).isEqualTo(1000);
    assertThat(ALL.reconnectGraceMs()).isEqualTo(30_000);
    assertThat(ALL.emptyRoomGraceMs()).isEqualTo(300_000);
    assertThat(ALL.roomLifeMs()).isEqualTo(86_400_000);
    assertThat(ALL.startLeadMinMs()).isEqualTo(100);
    assertThat(ALL.startLeadUnknownMs()).isEqualTo(300);
    assertThat(ALL.startLeadMaxMs()).isEqualTo(600);
    assertThat(ALL.readyBarrierMs()).isEqualTo(3000);
    assertThat(ALL.readyAwaitedMax()).isEqualTo(100);
    assertThat(ALL.syncToleranceSeconds()).isEqualTo(0.5);
    assertThat(ALL.pressedAtWindowMs()).isEqualTo(1000);
  }

  @Test
  void LV4_graces_longer_than_the_expiry_of_a_room_are_rejected() {
    refused(() -> ALL.withGraces(30_000, ALL.roomLifeMs()));
    refused(() -> ALL.withGraces(ALL.roomLifeMs(), 300_000));
    assertThatCode(() -> ALL.withGraces(ALL.roomLifeMs() - 1, 0)).doesNotThrowAnyException();
  }

  @Test
  void LF1_expiry_so_long_that_a_deadline_would_overflow_is_rejected() {
    refused(() -> ALL.withRoomLife(Long.MAX_VALUE));
    assertThatCode(() -> ALL.withRoomLife(Limits.ROOM_LIFE_MS_MAX)).doesNotThrowAnyException();
  }

  @Test
  void LF2_bounds_out_of_range_are_rejected() {
    refused(() -> ALL.withSizes(0, 20));
    refused(() -> ALL.withSizes(1, -1));
    refused(() -> ALL.withChatKeep(19));
    refused(() -> ALL.withGraces(-1, 0));
    refused(() -> ALL.withGraces(0, -1));
    refused(() -> ALL.withRoomLife(0));
    refused(() ->
        new Limits(2, 20, 20, 0, 0, 0, 1000, 100, 600, 300, 3000, 8000, 100, 0.5, 1000, 200, 8));
    refused(() -> sync(0, 1000));
    refused(() -> sync(Double.NaN, 1000));
    refused(() -> sync(0.5, -1));
  }

  @ParameterizedTest
  @CsvSource({"-1, 300, 600", "301, 300, 600", "100, 601, 600", "100, 300, 5001", "700, 700, 600"})
  void TL3_contradictory_leads_are_rejected(long min, long unknown, long max) {
    refused(() -> leads(min, unknown, max, 6000, 100));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 5000", "5000, 5000"})
  void TL3_leads_in_order_are_taken(long min, long max) {
    assertThatCode(() -> leads(min, min, max, 6000, 100)).doesNotThrowAnyException();
  }

  @Test
  void TL9_barrier_shorter_than_a_lead_endless_or_without_members_is_rejected() {
    refused(() -> leads(0, 0, 0, 0, 100));
    refused(() -> leads(100, 300, 600, 599, 100));
    refused(() -> leads(100, 300, 600, 60_001, 100));
    refused(() -> leads(100, 300, 600, 3000, 0));
    assertThatCode(() -> leads(0, 0, 0, 1, 1)).doesNotThrowAnyException();
  }

  @Test
  void VO1_voice_group_is_bounded() {
    assertThat(ALL.voiceMax()).isEqualTo(8);
    assertThat(ALL.withVoice(0).voiceMax()).isZero();
    assertThat(ALL.withVoice(16).withPresenceEach(9).voiceMax()).isEqualTo(16);
    refused(() -> ALL.withVoice(-1));
    refused(() -> ALL.withVoice(17));
  }

  private static Limits leads(long min, long unknown, long max, long barrier, int awaited) {
    return new Limits(
        2,
        20,
        20,
        1000,
        0,
        0,
        1000,
        min,
        max,
        unknown,
        barrier,
        Math.max(barrier, 8000),
        awaited,
        0.5,
        1000,
        200,
        8);
  }

  private static Limits sync(double tolerance, long window) {
    return new Limits(
        2, 20, 20, 1000, 0, 0, 1000, 100, 600, 300, 3000, 8000, 100, tolerance, window, 200, 8);
  }

  private static void refused(ThrowingCallable construction) {
    assertThatIllegalArgumentException().isThrownBy(construction);
  }
}
