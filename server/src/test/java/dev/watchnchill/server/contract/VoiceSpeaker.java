package dev.watchnchill.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import tools.jackson.databind.JsonNode;

/** A client in the voice group of its room, and what it sends there. */
record VoiceSpeaker(TestClient client, String peerId) {
  /** Joins the voice group. */
  static VoiceSpeaker join(TestClient client) {
    return new VoiceSpeaker(
        client, ContractTest.text(client.must("voice-join", client.here()), "peerId"));
  }

  /** Sends an offer to another page; returns the answer. */
  JsonNode offer(String to, String sdp) {
    return client.call("voice-signal", client.here("to", to, "data", description(sdp)));
  }

  static JSONObject description(String sdp) {
    return TestClient.with("description", TestClient.with("type", "offer", "sdp", sdp));
  }

  /** The user ids of the speakers in a message. */
  static List<String> speakersIn(JsonNode message) {
    return ContractTest.texts(message.get("speakers"), "userId");
  }

  /** Takes states until the group has that many speakers, and returns that one. */
  static JsonNode takeState(TestClient client, int speakers) {
    JsonNode state;
    do {
      state = client.take("voice-state");
    } while (state.get("speakers").size() != speakers);
    return state;
  }

  /** The texts of the signals that the client has received so far. */
  List<String> received() {
    var all = new ArrayList<String>();
    for (TestClient.Heard heard : client.settle().everything()) {
      if (heard.event().equals("voice-signal")) {
        all.add(heard.payload().get("data").get("description").get("sdp").stringValue());
      }
    }
    return all;
  }

  static void rejected(JsonNode answer, String code) {
    assertThat(ContractTest.text(answer, "code")).isEqualTo(code);
  }
}
