package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Rules TL7, TL3 and ST1 on the wire: the reports that viewers send with a clock request, and their
 * receivers.
 */
final class ClockReportTest extends ContractTest {
  private static JSONObject clock(@Nullable Object... report) {
    return with("t1", 1, "report", with(report));
  }

  private static JSONObject doing(@Nullable Object drift, double bound, String state) {
    return clock("drift", drift, "bound", bound, "state", state);
  }

  @Test
  void TL7_clock_with_a_report_is_answered_as_ever() {
    TestClient ann = extended().create("Ann");
    JsonNode answer =
        ann.must(
            "clock",
            clock(
                "rtt90",
                40,
                "start",
                70.5,
                "startDev",
                4,
                "seek",
                120,
                "drift",
                -3.25,
                "bound",
                12,
                "state",
                "synced",
                "seeks",
                2));
    assertThat(answer.propertyNames())
        .containsExactlyInAnyOrder("ok", "t1", "t2", "t3", "clockEpoch", "epoch", "seq");
  }

  @Test
  void TL7_report_of_a_client_in_no_room_is_answered_and_sent_to_no_member() {
    TestClient ann = extended().create("Ann");
    TestClient stranger = extended();
    stranger.must("clock", doing(1, 2, "synced"));
    ann.expectNothing();
    stranger.must("join-room", with("roomId", ann.roomId(), "userName", "Bob"));
    assertThat(stranger.names()).containsExactly("room-joined", "timeline");
    ann.expectNothing("status");
  }

  @Test
  void TL7_invalid_report_is_rejected_and_changes_nothing() {
    TestClient ann = extended().create("Ann");
    JsonNode answer = ann.call("clock", clock("rtt90", 40, "state", "asleep"));
    assertThat(text(answer, "code")).isEqualTo("invalid_data");
    assertThat(text(answer, "error")).startsWith("Invalid data: Invalid option: expected one of");
    ann.take("room-error");
    ann.expectNothing();
  }

  @Test
  void TL3_start_lead_suits_the_slowest_who_has_reported() {
    TestClient ann = extended().create("Ann");
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("clock", clock("rtt90", 1000, "start", 200, "startDev", 60));
    ann.forget();
    ann.must("play-video", ann.here("currentTime", 5));
    JsonNode starts = ann.take("timeline");
    assertThat(starts.get("at").doubleValue() - starts.get("serverTime").doubleValue())
        .isBetween(400.0, 580.0);
  }

  @Test
  void ST1_status_is_sent_to_all_and_a_joiner_gets_the_status_of_all() {
    TestClient ann = extended().create("Ann");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    ann.must("clock", doing(-12.6, 3.4, "correcting"));
    for (TestClient client : java.util.List.of(ann, bob)) {
      JsonNode members = client.take("status").get("members");
      assertThat(members).hasSize(1);
      JsonNode member = members.get(0);
      assertThat(member.propertyNames())
          .containsExactlyInAnyOrder("userId", "drift", "bound", "state");
      assertThat(text(member, "userId")).isEqualTo(ann.userId());
      assertThat(member.get("drift").longValue()).isEqualTo(-13);
      assertThat(member.get("bound").longValue()).isEqualTo(3);
      assertThat(text(member, "state")).isEqualTo("correcting");
    }
    TestClient cleo = extended();
    cleo.must("join-room", with("roomId", ann.roomId(), "userName", "Cleo"));
    assertThat(cleo.names()).containsExactly("room-joined", "timeline", "status");
    assertThat(text(cleo.take("status").get("members").get(0), "userId")).isEqualTo(ann.userId());
  }

  @Test
  void ST1_no_more_than_one_in_five_seconds_with_what_has_changed() {
    TestClient ann = extended().create("Ann");
    TestClient bob = extended();
    bob.join(ann.roomId(), "Bob");
    ann.must("clock", doing(0, 3, "synced"));
    ann.take("status");
    for (int i = 0; i < 20; i++) {
      ann.must("clock", doing(100 + i, 3, "synced"));
      bob.must("clock", doing(null, 3, "loading"));
    }
    ann.must("clock", doing(0.4, 3, "synced")); // back at its target
    ann.expectNothing("status");
    JsonNode next = ann.take("status").get("members");
    assertThat(next).hasSize(1);
    assertThat(text(next.get(0), "userId")).isEqualTo(bob.userId());
    assertThat(next.get(0).get("drift").isNull()).isTrue();
    ann.expectNothing("status");
  }
}
