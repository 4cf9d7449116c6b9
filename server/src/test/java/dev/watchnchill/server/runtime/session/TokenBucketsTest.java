package dev.watchnchill.server.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.wire.EventClass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TokenBucketsTest {
  private static int taken(TokenBuckets buckets, EventClass eventClass, long nowMs) {
    int count = 0;
    while (count < 1_000_000 && buckets.take(eventClass, 1, nowMs)) {
      count++;
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource
  void RL5_burst_passes_at_once_and_then_a_rate_per_second(EventClass eventClass) {
    var buckets = new TokenBuckets(1);
    assertThat(taken(buckets, eventClass, 1_000)).isEqualTo(eventClass.burst());
    assertThat(taken(buckets, eventClass, 1_000)).isZero();
    assertThat(taken(buckets, eventClass, 2_000)).isEqualTo(eventClass.perSecond());
    assertThat(taken(buckets, eventClass, 1_000_000)).isEqualTo(eventClass.burst());
  }

  @Test
  void RL5_classes_do_not_share() {
    var buckets = new TokenBuckets(1);
    taken(buckets, EventClass.CHAT, 0);
    assertThat(buckets.take(EventClass.TYPING, 1, 0)).isTrue();
    assertThat(buckets.take(EventClass.ENTRY, 1, 0)).isTrue();
  }

  @Test
  void RL5_scale_multiplies_burst_and_rate() {
    var buckets = new TokenBuckets(0.5);
    assertThat(taken(buckets, EventClass.ENTRY, 0)).isEqualTo(EventClass.ENTRY.burst() / 2);
    assertThat(taken(new TokenBuckets(3), EventClass.ENTRY, 0))
        .isEqualTo(EventClass.ENTRY.burst() * 3);
    assertThat(taken(buckets, EventClass.CONTROL, 0)).isEqualTo(EventClass.CONTROL.burst() / 2);
    assertThat(taken(buckets, EventClass.CONTROL, 1_000))
        .isEqualTo(EventClass.CONTROL.perSecond() / 2);
  }

  @Test
  void RL5_clock_that_stands_or_steps_back_gives_nothing() {
    var buckets = new TokenBuckets(1);
    taken(buckets, EventClass.CHAT, 5_000);
    assertThat(buckets.take(EventClass.CHAT, 1, 4_000)).isFalse();
    assertThat(buckets.take(EventClass.CHAT, 1, 4_000)).isFalse();
  }

  @Test
  void RL5_fractions_add_up() {
    var buckets = new TokenBuckets(1);
    taken(buckets, EventClass.CHAT, 0);
    int count = 0;
    for (int ms = 1; ms <= 1_000; ms++) {
      count += buckets.take(EventClass.CHAT, 1, ms) ? 1 : 0;
    }
    assertThat(count).isBetween(EventClass.CHAT.perSecond() - 1, EventClass.CHAT.perSecond());
  }

  @Test
  void RL5_event_of_many_tokens_takes_all_or_none() {
    var buckets = new TokenBuckets(1);
    assertThat(buckets.take(EventClass.QUEUE, 50, 0)).isTrue();
    assertThat(buckets.take(EventClass.QUEUE, 49, 0)).isTrue();
    assertThat(buckets.take(EventClass.QUEUE, 2, 0)).isFalse();
    assertThat(buckets.take(EventClass.QUEUE, 1, 0)).isTrue();
    assertThat(buckets.take(EventClass.QUEUE, 1, 0)).isFalse();
    assertThat(buckets.take(EventClass.QUEUE, 6, 1_000)).isFalse();
    assertThat(buckets.take(EventClass.QUEUE, 5, 1_000)).isTrue();
  }

  @Test
  void RL5_event_of_many_tokens_is_possible_whatever_the_scale_is() {
    var buckets = new TokenBuckets(0.1);
    assertThat(buckets.take(EventClass.QUEUE, 49, 0)).isTrue();
    assertThat(buckets.take(EventClass.QUEUE, 49, 0)).isTrue();
    assertThat(buckets.take(EventClass.QUEUE, 1, 0)).isFalse();
  }
}
