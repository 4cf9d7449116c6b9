package dev.watchnchill.server.runtime.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.UserId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RoomBroadcasterTest {
  private static final UserId MEMBER = new UserId(new UUID(1, 1));

  @Test
  void CH3_typing_in_a_large_room_may_wait_for_other_messages() {
    var typing = new RoomEvent.Typing(MEMBER, new DisplayName("Ann"), true);
    assertThat(RoomBroadcaster.gapMicros(typing, 199)).as("a small room").isZero();
    assertThat(RoomBroadcaster.gapMicros(typing, 200)).isEqualTo(5_000);
    assertThat(RoomBroadcaster.gapMicros(typing, 2_000)).isEqualTo(50_000);
  }

  @Test
  void CH3_playback_never_waits() {
    var played = new RoomEvent.Controlled(7, Action.PLAYED, 1, 1_000, MEMBER);
    assertThat(RoomBroadcaster.gapMicros(played, 5_000)).isZero();
  }
}
