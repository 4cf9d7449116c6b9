package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static dev.watchnchill.server.contract.VoiceSpeaker.rejected;
import static dev.watchnchill.server.contract.VoiceSpeaker.takeState;
import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Speakers who attack the other pages of their group; nobody but themselves is hurt by it. */
class VoiceAbuseTest extends ContractTest {
  private static final String SDP = "v=0\r\ns=-\r\n";

  private TestClient ann;
  private VoiceSpeaker attacker;
  private VoiceSpeaker bob;
  private VoiceSpeaker cleo;

  VoiceAbuseTest() {
    super("EVENT_RATE_SCALE", "1");
  }

  @BeforeEach
  void speak() {
    ann = extended().create("Ann");
    attacker = VoiceSpeaker.join(ann);
    bob = guest("Bob");
    cleo = guest("Cleo");
    takeState(bob.client(), 3);
  }

  private VoiceSpeaker guest(String name) {
    TestClient client = extended();
    client.join(ann.roomId(), name);
    return VoiceSpeaker.join(client);
  }

  private void attackerIsGoneAndTheOthersGoOn() {
    JsonNode state = bob.client().take("voice-state");
    while (!state.get("speakers").get(0).has("away")) {
      state = bob.client().take("voice-state");
    }
    assertThat(cleo.offer(bob.peerId(), SDP).get("ok").booleanValue()).isTrue();
    JsonNode signal = bob.client().take("voice-signal");
    while (!text(signal, "from").equals(cleo.peerId())) {
      signal = bob.client().take("voice-signal");
    }
  }

  private long signalsAt(VoiceSpeaker speaker) {
    return speaker.client().settle().everything().stream()
        .filter(heard -> heard.event().equals("voice-signal"))
        .count();
  }

  @Test
  void RL5_RL19_ten_thousand_candidates_end_the_connection_that_sends_them() {
    JSONObject candidate =
        with("candidate", with("candidate", "candidate:1 1 udp 1 192.0.2.7 5000 typ host"));
    for (int i = 0; i < 10_000; i++) {
      ann.emit("voice-signal", ann.here("to", bob.peerId(), "data", candidate));
    }
    attackerIsGoneAndTheOthersGoOn();
    assertThat(signalsAt(bob)).isBetween(2L, 1_000L);
    assertThat(signalsAt(cleo)).isZero();
  }

  @Test
  void RL5_joins_in_a_loop_are_limited_and_leave_one_place() {
    String last = attacker.peerId();
    JsonNode answer = ann.call("voice-join", ann.here());
    int joins = 0;
    while (answer.get("ok").booleanValue() && joins < 1_000) {
      last = text(answer, "peerId");
      joins++;
      answer = ann.call("voice-join", ann.here());
    }
    rejected(answer, "rate_limited");
    ann.take("error");
    assertThat(joins).isLessThan(200);
    JsonNode voice = room(extended().join(ann.roomId(), "Dan")).get("voice");
    assertThat(texts(voice.get("speakers"), "peerId"))
        .containsExactly(last, bob.peerId(), cleo.peerId());
  }

  @Test
  void FR18_keys_that_mean_something_to_script_are_not_passed_on() {
    JSONObject description =
        with("type", "offer", "sdp", SDP, "__proto__", with("admin", true), "constructor", "x");
    JSONObject data = with("description", description, "__proto__", with("then", "x"));
    ann.must("voice-signal", ann.here("to", bob.peerId(), "data", data));
    assertThat(bob.client().take("voice-signal").get("data"))
        .isEqualTo(json("{\"description\":{\"type\":\"offer\",\"sdp\":\"v=0\\r\\ns=-\\r\\n\"}}"));
    JSONObject hidden = with("__proto__", with("description", description));
    rejected(
        ann.call("voice-signal", ann.here("to", bob.peerId(), "data", hidden)), "invalid_data");
    rejected(attacker.offer("__proto__", SDP), "invalid_data");
    assertThat(signalsAt(bob)).isOne();
  }

  @Test
  void RL18_signal_that_is_nested_ends_the_connection_that_sends_it() {
    Object nested = "x";
    for (int i = 0; i < 60; i++) {
      nested = new JSONArray().put(nested);
    }
    ann.emit("voice-signal", ann.here("to", bob.peerId(), "data", with("description", nested)));
    attackerIsGoneAndTheOthersGoOn();
    assertThat(signalsAt(bob)).isOne();
  }
}
