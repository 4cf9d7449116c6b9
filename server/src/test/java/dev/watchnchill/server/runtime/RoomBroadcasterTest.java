package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Action;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.wire.ClientEvent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RoomBroadcasterTest {
  private static final UserId SOMEBODY = new UserId(new UUID(1, 1));

  @Test
  void EV8_what_one_command_tells_goes_out_together_and_in_order() {
    var house = new RuntimeHarness();
    RuntimeHarness.Instance server = house.new Instance();
    RuntimeHarness.Client host = server.client(false);
    host.create("Ann");
    server.client(false).join("Bob");
    host.say(
        ClientEvent.SET_VIDEO,
        MemberRequests.setVideo(
            RuntimeHarness.ROOM, Media.parse("https://films.example/one.mp4").orElseThrow()));
    house.sent.clear();
    host.say(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 10));
    assertThat(house.sent).containsExactly(List.of("video-played", "timeline"));
  }

  @Test
  void CH3_what_is_said_in_a_hall_may_wait_for_more() {
    var typing = new RoomEvent.Typing(SOMEBODY, new DisplayName("Ann"), true);
    assertThat(RoomBroadcaster.gapMicros(typing, 199)).as("a room of friends").isZero();
    assertThat(RoomBroadcaster.gapMicros(typing, 200)).isEqualTo(5_000);
    assertThat(RoomBroadcaster.gapMicros(typing, 2_000)).isEqualTo(50_000);
  }

  @Test
  void CH3_what_moves_the_film_never_waits() {
    var played = new RoomEvent.Controlled(7, Action.PLAYED, 1, 1_000, SOMEBODY);
    assertThat(RoomBroadcaster.gapMicros(played, 5_000)).isZero();
  }
}
