package dev.watchnchill.server.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.wire.EventClass;
import org.junit.jupiter.api.Test;

final class EventLimitsTest {
  private static final ClientKey HOME = ClientKey.of("203.0.113.7");
  private static final int FACTOR = 3;

  private final EventLimits limits = new EventLimits(1, FACTOR);

  private static int taken(ConnectionLimits connection, EventClass eventClass, long nowMs) {
    int count = 0;
    while (count < 1_000_000 && connection.mayDo(eventClass, nowMs)) {
      count++;
    }
    return count;
  }

  private int takenByNewConnections(ClientKey client, int connections, long nowMs) {
    int count = 0;
    for (int n = 0; n < connections; n++) {
      count += taken(limits.connection(client), EventClass.CHAT, nowMs);
    }
    return count;
  }

  @Test
  void RL23_new_connections_of_an_address_get_no_fresh_budget() {
    int burst = EventClass.CHAT.burst();
    int perSecond = EventClass.CHAT.perSecond();
    assertThat(takenByNewConnections(HOME, 20, 0)).isEqualTo(FACTOR * burst);
    assertThat(takenByNewConnections(HOME, 20, 1_000)).isEqualTo(FACTOR * perSecond);
    assertThat(takenByNewConnections(HOME, 20, 1_000_000)).isEqualTo(FACTOR * burst);
  }

  @Test
  void RL23_addresses_and_classes_do_not_share() {
    takenByNewConnections(HOME, FACTOR, 0);
    assertThat(limits.connection(HOME).mayDo(EventClass.CHAT, 0)).isFalse();
    assertThat(limits.connection(HOME).mayDo(EventClass.SYNC, 0)).isTrue();
    assertThat(limits.connection(ClientKey.of("203.0.113.8")).mayDo(EventClass.CHAT, 0)).isTrue();
  }

  @Test
  void RL23_one_connection_is_limited_by_its_own_buckets_first() {
    assertThat(taken(limits.connection(HOME), EventClass.CHAT, 0))
        .isEqualTo(EventClass.CHAT.burst());
    assertThat(taken(limits.connection(HOME), EventClass.CHAT, 0))
        .isEqualTo(EventClass.CHAT.burst());
  }

  @Test
  void RL5_scale_multiplies_the_buckets_of_an_address_too() {
    var doubled = new EventLimits(2, FACTOR);
    int count = 0;
    for (int n = 0; n < 20; n++) {
      count += taken(doubled.connection(HOME), EventClass.ENTRY, 0);
    }
    assertThat(count).isEqualTo(2 * FACTOR * EventClass.ENTRY.burst());
  }
}
