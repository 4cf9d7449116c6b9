package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static dev.watchnchill.server.contract.VoiceSpeaker.description;
import static dev.watchnchill.server.contract.VoiceSpeaker.rejected;
import static dev.watchnchill.server.contract.VoiceSpeaker.speakersIn;
import static dev.watchnchill.server.contract.VoiceSpeaker.takeState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.app.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Rules VO1 to VO7 and VO9 over sockets. */
class VoiceContractTest extends ContractTest {
  private static final String SDP = "v=0\r\ns=-\r\n";
  private static final String SECRET = "a secret of sixteen";

  VoiceContractTest() {
    super(
        "VOICE_MAX",
        "3",
        "ICE_SERVERS",
        "stun:stun.example:3478",
        "TURN_URLS",
        "turn:turn.example?transport=udp,turns:turn.example",
        "TURN_SECRET",
        SECRET);
  }

  private TestClient member(TestClient host, String name) {
    TestClient client = extended();
    client.join(host.roomId(), name);
    return client;
  }

  @Test
  void VO1_members_join_and_all_read_who_speaks() {
    TestClient ann = extended().create("Ann");
    TestClient bob = member(ann, "Bob");
    JsonNode answer = ann.must("voice-join", ann.here());
    assertThat(text(answer, "peerId")).matches(UUID_FORM);
    assertThat(answer.get("max").intValue()).isEqualTo(3);
    assertThat(speakersIn(answer)).containsExactly(ann.userId());
    JsonNode state = takeState(bob, 1);
    assertThat(state.get("seq")).isEqualTo(answer.get("seq"));
    assertThat(state.get("speakers")).isEqualTo(answer.get("speakers"));
    bob.must("voice-join", bob.here("muted", true));
    JsonNode both = takeState(ann, 2);
    assertThat(speakersIn(both)).containsExactly(ann.userId(), bob.userId());
    assertThat(both.get("speakers").get(1).get("muted").booleanValue()).isTrue();
    bob.must("voice-leave", bob.here());
    assertThat(speakersIn(takeState(ann, 1))).containsExactly(ann.userId());
  }

  @Test
  void VO1_group_that_is_full_rejects_another_member_but_no_second_page() {
    TestClient ann = extended().create("Ann");
    TestClient last = ann;
    for (String name : List.of("Bob", "Cleo", "Dan")) {
      last = member(ann, name);
      VoiceSpeaker.join(last);
    }
    rejected(ann.call("voice-join", ann.here()), "voice_full");
    assertThat(text(ann.take("error"), "error")).isEqualTo("As many people speak as can at once");
    String second = VoiceSpeaker.join(last).peerId();
    JsonNode again = last.must("voice-join", last.here("muted", true));
    assertThat(again.get("speakers")).hasSize(3);
    assertThat(text(again, "peerId")).isNotEqualTo(second);
  }

  @Test
  void VO1_server_without_voice_says_so_and_shows_none() {
    try (TestServer silent = TestServer.start("VOICE_MAX", "0");
        TestClient ann = TestClient.extended(silent).create("Ann");
        TestClient bob = TestClient.extended(silent)) {
      assertThat(room(bob.join(ann.roomId(), "Bob")).has("voice")).isFalse();
      rejected(bob.call("voice-join", bob.here()), "voice_off");
      rejected(bob.call("voice-leave", bob.here()), "voice_off");
    }
  }

  @Test
  void VO2_joiner_reads_the_group_and_a_base_client_does_not() {
    TestClient ann = extended().create("Ann");
    VoiceSpeaker speaker = VoiceSpeaker.join(ann);
    JsonNode joined = extended().join(ann.roomId(), "Bob");
    JsonNode voice = room(joined).get("voice");
    assertThat(voice.get("max").intValue()).isEqualTo(3);
    assertThat(texts(voice.get("speakers"), "peerId")).containsExactly(speaker.peerId());
    assertThat(room(base().join(ann.roomId(), "Cleo")).has("voice")).isFalse();
  }

  @Test
  void VO3_away_speaker_is_marked_and_its_next_page_takes_its_place() {
    TestClient ann = extended().create("Ann");
    TestClient bob = extended();
    String seat = text(bob.join(ann.roomId(), "Bob"), "sessionToken");
    VoiceSpeaker.join(ann);
    String first = VoiceSpeaker.join(bob).peerId();
    takeState(ann, 2);
    ann.forget();
    bob.close();
    JsonNode lost = ann.take("voice-state");
    assertThat(lost.get("speakers").get(1).get("away").booleanValue()).isTrue();
    TestClient again = extended();
    again.join(ann.roomId(), "Bob", "sessionToken", seat);
    JsonNode back = ann.take("voice-state");
    assertThat(back.get("speakers").get(1).has("away")).isFalse();
    assertThat(text(back.get("speakers").get(1), "peerId")).isEqualTo(first);
    String second = VoiceSpeaker.join(again).peerId();
    assertThat(second).isNotEqualTo(first);
    assertThat(texts(ann.take("voice-state").get("speakers"), "peerId")).contains(second);
    rejected(new VoiceSpeaker(ann, "").offer(first, SDP), "voice_peer_gone");
    again.must("leave-room", again.here());
    assertThat(speakersIn(takeState(ann, 1))).containsExactly(ann.userId());
  }

  @Test
  void VO4_member_whom_a_host_has_muted_cannot_unmute() {
    TestClient ann = extended().create("Ann");
    TestClient bob = member(ann, "Bob");
    VoiceSpeaker.join(bob);
    bob.must("voice-mute", bob.here("muted", true));
    bob.must("voice-mute", bob.here("muted", false));
    rejected(bob.call("mute-voice", bob.here("userId", bob.userId(), "muted", true)), "not_host");
    assertThat(text(bob.take("error"), "error")).isEqualTo("Only hosts can mute people");
    ann.must("mute-voice", ann.here("userId", bob.userId(), "muted", true));
    rejected(bob.call("voice-mute", bob.here("muted", false)), "voice_muted");
    assertThat(text(bob.take("error"), "error")).isEqualTo("A host has muted you");
    bob.must("voice-leave", bob.here());
    JsonNode again = bob.must("voice-join", bob.here());
    assertThat(again.get("speakers").get(0).get("mutedByHost").booleanValue()).isTrue();
    rejected(ann.call("voice-mute", ann.here("muted", true)), "not_in_voice");
  }

  @Test
  void VO9_camera_of_a_speaker_is_read_by_all_until_a_host_mutes_the_speaker() {
    TestClient ann = extended().create("Ann");
    TestClient bob = member(ann, "Bob");
    rejected(bob.call("voice-camera", bob.here("on", true)), "not_in_voice");
    VoiceSpeaker.join(bob);
    assertThat(takeState(ann, 1).get("speakers").get(0).has("camera")).isFalse();
    rejected(bob.call("voice-camera", bob.here("on", "yes")), "invalid_data");
    bob.must("voice-camera", bob.here("on", true));
    assertThat(takeState(ann, 1).get("speakers").get(0).get("camera").booleanValue()).isTrue();
    ann.must("mute-voice", ann.here("userId", bob.userId(), "muted", true));
    assertThat(takeState(ann, 1).get("speakers").get(0).has("camera")).isFalse();
    rejected(bob.call("voice-camera", bob.here("on", true)), "voice_muted");
  }

  @Test
  void VO5_signal_reaches_one_page_alone_and_is_not_kept() {
    TestClient ann = extended().create("Ann");
    VoiceSpeaker speaker = VoiceSpeaker.join(ann);
    VoiceSpeaker bob = VoiceSpeaker.join(member(ann, "Bob"));
    VoiceSpeaker cleo = VoiceSpeaker.join(member(ann, "Cleo"));
    assertThat(speaker.offer(bob.peerId(), SDP).get("ok").booleanValue()).isTrue();
    JsonNode signal = bob.client().take("voice-signal");
    assertThat(text(signal, "from")).isEqualTo(speaker.peerId());
    assertThat(text(signal, "userId")).isEqualTo(ann.userId());
    assertThat(text(signal.get("data").get("description"), "sdp")).isEqualTo(SDP);
    ann.must(
        "voice-signal",
        ann.here("to", bob.peerId(), "data", with("candidate", JSONObject.NULL, "more", "text")));
    assertThat(bob.client().take("voice-signal").get("data"))
        .isEqualTo(json("{\"candidate\":null}"));
    assertThat(cleo.received()).isEmpty();
    assertThat(ann.settle().everything()).noneMatch(heard -> heard.event().equals("voice-signal"));
    JsonNode replay = ann.must("resume", ann.here("epoch", 0, "seq", 0));
    assertThat(replay.toString()).doesNotContain("v=0");
  }

  @Test
  void VO5_signals_of_strangers_and_to_other_rooms_are_rejected() {
    TestClient ann = extended().create("Ann");
    VoiceSpeaker speaker = VoiceSpeaker.join(ann);
    TestClient bob = member(ann, "Bob");
    rejected(new VoiceSpeaker(bob, "").offer(speaker.peerId(), SDP), "not_in_voice");
    TestClient eve = extended().create("Eve");
    VoiceSpeaker other = VoiceSpeaker.join(eve);
    rejected(other.offer(speaker.peerId(), SDP), "voice_peer_gone");
    JSONObject intrusion =
        with("roomId", ann.roomId(), "to", speaker.peerId(), "data", description(SDP));
    rejected(eve.call("voice-signal", intrusion), "not_authenticated");
    rejected(extended().call("voice-signal", intrusion), "not_authenticated");
    rejected(speaker.offer(speaker.peerId(), SDP), "voice_peer_gone");
    rejected(speaker.offer(UUID.randomUUID().toString(), SDP), "voice_peer_gone");
    rejected(speaker.offer("everybody", SDP), "invalid_data");
    assertThat(speaker.received()).isEmpty();
  }

  @Test
  void FR18_long_signal_is_rejected_and_one_of_a_megabyte_ends_its_own_connection() {
    TestClient ann = extended().create("Ann");
    VoiceSpeaker speaker = VoiceSpeaker.join(ann);
    TestClient bob = member(ann, "Bob");
    VoiceSpeaker victim = VoiceSpeaker.join(bob);
    rejected(speaker.offer(victim.peerId(), "v".repeat(24_577)), "invalid_data");
    assertThat(speaker.offer(victim.peerId(), "v".repeat(24_576)).get("ok").booleanValue())
        .isTrue();
    bob.take("voice-signal");
    ann.emit(
        "voice-signal", ann.here("to", victim.peerId(), "data", description("v".repeat(1 << 20))));
    JsonNode state = bob.take("voice-state");
    while (!state.get("speakers").get(0).has("away")) {
      state = bob.take("voice-state");
    }
    assertThat(victim.received()).containsExactly("v".repeat(24_576));
  }

  @Test
  void VO7_speaking_reaches_the_others_and_is_not_kept() {
    TestClient ann = extended().create("Ann");
    TestClient bob = member(ann, "Bob");
    VoiceSpeaker.join(ann);
    ann.must("voice-speaking", ann.here("on", true));
    JsonNode speaking = bob.take("voice-speaking");
    assertThat(text(speaking, "userId")).isEqualTo(ann.userId());
    assertThat(speaking.get("on").booleanValue()).isTrue();
    ann.expectNothing("voice-speaking");
    rejected(bob.call("voice-speaking", bob.here("on", true)), "not_in_voice");
  }

  @Test
  void VO6_speaker_gets_the_servers_with_a_credential_of_its_own() {
    TestClient ann = extended().create("Ann");
    TestClient bob = member(ann, "Bob");
    var credentials = new ArrayList<String>();
    for (TestClient client : List.of(ann, bob)) {
      JsonNode servers = client.must("voice-join", client.here()).get("iceServers");
      assertThat(servers.get(0)).isEqualTo(json("{\"urls\":[\"stun:stun.example:3478\"]}"));
      assertThat(servers.get(1).get("urls")).hasSize(2);
      assertThat(text(servers.get(1), "username")).matches("\\d{10}:[0-9a-f]{16}");
      credentials.add(text(servers.get(1), "credential"));
    }
    assertThat(credentials).doesNotHaveDuplicates();
    assertThat(bob.settle().everything().toString()).doesNotContain(credentials.getFirst(), SECRET);
  }

  @Test
  void RL5_flood_of_signals_and_of_speaking_is_limited() {
    try (TestServer limited = TestServer.start("EVENT_RATE_SCALE", "1");
        TestClient ann = TestClient.extended(limited).create("Ann");
        TestClient bob = TestClient.extended(limited)) {
      bob.join(ann.roomId(), "Bob");
      VoiceSpeaker speaker = VoiceSpeaker.join(ann);
      VoiceSpeaker victim = VoiceSpeaker.join(bob);
      ann.forget();
      long began = System.nanoTime();
      JsonNode answer = speaker.offer(victim.peerId(), "v".repeat(24_000));
      int sent = 1;
      while (answer.get("ok").booleanValue() && sent < 300) {
        answer = speaker.offer(victim.peerId(), "v".repeat(24_000));
        sent++;
      }
      rejected(answer, "rate_limited");
      ann.take("error");
      // Each takes 11 of the 300 tokens, and 30 more come each second.
      long seconds = 1 + (System.nanoTime() - began) / 1_000_000_000L;
      assertThat((long) sent).isBetween(26L, 29 + 3 * seconds);
      for (int i = 0; i < 12; i++) {
        answer = ann.call("voice-speaking", ann.here("on", i % 2 == 0));
      }
      rejected(answer, "rate_limited");
      ann.expectNothing("error");
    }
  }
}
