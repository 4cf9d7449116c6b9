package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.VoiceSpeaker.rejected;
import static dev.watchnchill.server.contract.VoiceSpeaker.speakersIn;
import static dev.watchnchill.server.contract.VoiceSpeaker.takeState;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The voice group of a room whose members are on two servers. */
final class TwoServersVoiceTest extends TwoServers {
  private static final String SDP = "v=0\r\na=\u2028\\\"\r\n";

  private final TestClient ann = resumable(first).create("Ann");

  private TestClient guestOnSecond(String name) {
    TestClient guest = resumable(second);
    guest.join(ann.roomId(), name);
    ann.take("user-joined");
    return guest;
  }

  @Test
  void VO5_signal_crosses_servers_to_one_page_alone() {
    VoiceSpeaker speaker = VoiceSpeaker.join(ann);
    VoiceSpeaker bob = VoiceSpeaker.join(guestOnSecond("Bob"));
    VoiceSpeaker cleo = VoiceSpeaker.join(guestOnSecond("Cleo"));
    assertThat(speakersIn(takeState(ann, 3))).hasSize(3);
    assertThat(speaker.offer(bob.peerId(), SDP).get("ok").booleanValue()).isTrue();
    JsonNode signal = bob.client().take("voice-signal");
    assertThat(text(signal, "from")).isEqualTo(speaker.peerId());
    assertThat(text(signal.get("data").get("description"), "sdp")).isEqualTo(SDP);
    bob.offer(speaker.peerId(), "answer");
    assertThat(text(ann.take("voice-signal"), "userId")).isEqualTo(bob.client().userId());
    assertThat(cleo.received()).isEmpty();
  }

  @Test
  void VO3_speaker_of_a_server_that_ends_keeps_its_place_on_the_other() {
    TestClient cleo = resumable(first);
    String seat = text(cleo.join(ann.roomId(), "Cleo"), "sessionToken");
    VoiceSpeaker speaker = VoiceSpeaker.join(cleo);
    TestClient bob = guestOnSecond("Bob");
    VoiceSpeaker other = VoiceSpeaker.join(bob);
    takeState(bob, 2);
    closeFirst();
    TestClient again = resumable(second);
    again.join(bob.roomId(), "Cleo", "sessionToken", seat);
    assertThat(other.offer(speaker.peerId(), SDP).get("ok").booleanValue()).isTrue();
    again.take("voice-signal");
    String next = VoiceSpeaker.join(again).peerId();
    rejected(other.offer(speaker.peerId(), SDP), "voice_peer_gone");
    assertThat(other.offer(next, SDP).get("ok").booleanValue()).isTrue();
  }

  @Test
  void VO4_mute_by_a_host_on_one_server_holds_on_the_other() {
    TestClient bob = guestOnSecond("Bob");
    VoiceSpeaker.join(bob);
    takeState(ann, 1);
    ann.must("mute-voice", ann.here("userId", bob.userId(), "muted", true));
    JsonNode state = bob.take("voice-state");
    while (!state.get("speakers").get(0).get("mutedByHost").booleanValue()) {
      state = bob.take("voice-state");
    }
    rejected(bob.call("voice-mute", bob.here("muted", false)), "voice_muted");
    ann.must("mute-voice", ann.here("userId", bob.userId(), "muted", false));
    bob.must("voice-leave", bob.here());
    takeState(ann, 0);
  }
}
