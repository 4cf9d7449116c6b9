package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.Media;
import dev.watchnchill.server.wire.ClientEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandBroadcastTest {
  @Test
  void EV8_events_of_one_command_go_out_together_and_in_order() {
    var harness = new RuntimeHarness();
    RuntimeHarness.Instance instance = harness.new Instance();
    RuntimeHarness.Client host = instance.client(false);
    host.create("Ann");
    instance.client(false).join("Bob");
    host.request(
        ClientEvent.SET_VIDEO,
        MemberRequests.setVideo(
            RuntimeHarness.ROOM, Media.parse("https://films.example/one.mp4").orElseThrow()));
    harness.sent.clear();
    host.request(ClientEvent.PLAY_VIDEO, MemberRequests.play(RuntimeHarness.ROOM, 10));
    assertThat(harness.sent).containsExactly(List.of("video-played", "timeline"));
  }
}
