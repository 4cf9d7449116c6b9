package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Films that each viewer plays from its own disk, on the wire (rules OC1 to OC4). */
final class OwnCopyContractTest extends ContractTest {
  private static final String HASHES = "0".repeat(64) + "." + "1".repeat(64) + "." + "f".repeat(64);
  private static final String COPY =
      "local:name=My%20film_of.2024.mkv&size=734003200&duration=5400.5&sha256=" + HASHES;

  @Test
  void OC1_own_copy_is_shown_to_every_client_as_any_film() {
    TestClient ann = extended().create("Ann");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    ann.must("set-video", ann.here("videoUrl", COPY.replace("local:", "LOCAL:") + "&more=1"));
    for (TestClient client : new TestClient[] {ann, bob}) {
      JsonNode set = client.take("video-set");
      assertThat(text(set, "videoUrl")).isEqualTo(COPY);
      assertThat(text(set, "videoType")).isEqualTo("local");
    }
    JsonNode answer = ann.must("queue-add", ann.here("videoUrl", COPY));
    assertThat(answer.get("itemIds").size()).isEqualTo(1);
    ann.take("queue-changed");
    JsonNode item = ann.take("queue-changed").get("added").get(0);
    assertThat(text(item, "videoType")).isEqualTo("local");
    assertThat(text(item, "title")).isEqualTo("My film of.2024");
  }

  @Test
  void OC2_malformed_description_is_rejected_as_any_link() {
    TestClient ann = extended().create("Ann");
    JsonNode answer =
        ann.call("set-video", ann.here("videoUrl", COPY.replace("size=734003200", "size=0")));
    assertThat(text(answer, "code")).isEqualTo("invalid_data");
    assertThat(text(answer, "reason")).isEqualTo("not_a_link");
    ann.expectNothing("video-set");
  }

  @Test
  void OC4_nobody_waits_for_a_viewer_without_a_copy_and_everybody_sees_that() {
    TestClient ann = extended().create("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    ann.must("set-video", ann.here("videoUrl", COPY));
    int item = ann.take("timeline").get("item").intValue();
    bob.must("clock", with("t1", 1, "report", with("state", "no_copy", "item", item)));
    JsonNode member = ann.take("status").get("members").get(0);
    assertThat(text(member, "userId")).isEqualTo(bob.userId());
    assertThat(text(member, "state")).isEqualTo("no_copy");
    ann.must("play-video", ann.here("currentTime", 0));
    ann.forget();
    ann.must("seek-video", ann.here("currentTime", 60));
    JsonNode awaited = ann.take("timeline").get("waiting").get("for");
    assertThat(awaited.valueStream().map(JsonNode::stringValue)).containsExactly(ann.userId());
  }
}
