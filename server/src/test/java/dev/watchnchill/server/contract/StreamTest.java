package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Acknowledgements, shapes, and the position in the stream. */
class StreamTest extends ContractTest {
  @Test
  void TP1_TP2_TP3_TP5_TP6_fields_of_a_room_and_its_users() {
    TestClient ann = host("Ann");
    JsonNode joined = ann.join(ann.roomId(), "Ann");
    assertThat(joined.propertyNames())
        .contains("room", "user", "messages", "epoch", "seq", "timeline", "resumed");
    assertThat(joined.has("sessionToken")).isFalse();
    JsonNode room = room(joined);
    assertThat(room.propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "hostId",
            "hostName",
            "videoType",
            "videoState",
            "users",
            "createdAt",
            "waiting",
            "settings",
            "knocks");
    assertThat(room.get("videoType").isNull()).isTrue();
    assertThat(text(room, "createdAt")).matches(ISO_FORM);
    assertThat(room.get("videoState").propertyNames())
        .containsExactlyInAnyOrder("isPlaying", "currentTime", "duration", "lastUpdateTime");
    assertThat(room.get("videoState").get("lastUpdateTime").isIntegralNumber()).isTrue();
    assertThat(room.get("videoState").get("duration").doubleValue()).isZero();
    JsonNode user = joined.get("user");
    assertThat(user.propertyNames()).containsExactlyInAnyOrder("id", "name", "isHost", "joinedAt");
    assertThat(text(user, "joinedAt")).matches(ISO_FORM);
    assertThat(room.get("users").get(0)).isEqualTo(user);
  }

  @Test
  void EV1_to_EV8_payloads_have_the_base_fields_and_their_place() {
    TestClient ann = host("Ann");
    TestClient bob = base();
    bob.join(ann.roomId(), "Bob");
    assertThat(ann.take("user-joined").propertyNames())
        .containsExactlyInAnyOrder("user", "epoch", "seq");
    ann.must("promote-host", ann.here("userId", bob.userId()));
    assertThat(ann.take("user-promoted").propertyNames())
        .containsExactlyInAnyOrder("userId", "userName", "by", "epoch", "seq");
    bob.must("set-video", bob.here("videoUrl", FILM));
    assertThat(ann.take("video-set").propertyNames())
        .containsExactlyInAnyOrder("videoUrl", "videoType", "userId", "epoch", "seq");
    bob.must("play-video", bob.here("currentTime", 0));
    assertThat(ann.take("video-played").propertyNames())
        .containsExactlyInAnyOrder("currentTime", "timestamp", "userId", "epoch", "seq");
    bob.must("leave-room", bob.here());
    assertThat(ann.take("user-left").propertyNames())
        .containsExactlyInAnyOrder("userId", "epoch", "seq");
    bob.call("join-room", with("roomId", "ZZZZZZ", "userName", "Bob"));
    assertThat(bob.take("room-error").propertyNames()).containsExactly("error");
  }

  @Test
  void AK1_AK2_acknowledgements_of_every_event() {
    TestClient ann = base();
    JsonNode created = ann.must("create-room", with("hostName", "Ann"));
    assertThat(created.propertyNames()).containsExactlyInAnyOrder("ok", "roomId", "userId");
    String roomId = text(created, "roomId");
    TestClient bob = base();
    JsonNode joined = bob.must("join-room", with("roomId", roomId, "userName", "Bob"));
    assertThat(joined.propertyNames())
        .containsExactlyInAnyOrder("ok", "roomId", "userId", "resumed");
    assertThat(joined.get("resumed").booleanValue()).isFalse();
    assertThat(bob.must("send-message", with("roomId", roomId, "message", "hi")).propertyNames())
        .containsExactlyInAnyOrder("ok", "messageId", "epoch", "seq");
    long seq = 3;
    for (String event : List.of("play-video", "pause-video", "seek-video")) {
      JsonNode answer = ann.must(event, with("roomId", roomId, "currentTime", 1));
      assertThat(answer.propertyNames()).containsExactlyInAnyOrder("ok", "epoch", "seq");
      assertThat(answer.get("seq").longValue()).isEqualTo(++seq);
    }
    assertThat(
            ann.must("set-video", with("roomId", roomId, "videoUrl", FILM)).get("seq").longValue())
        .isEqualTo(++seq);
    ann.must("report-duration", with("roomId", roomId, "duration", 60));
    ann.must("typing-start", with("roomId", roomId));
    ann.must("typing-stop", with("roomId", roomId));
    ann.must("promote-host", with("roomId", roomId, "userId", text(joined, "userId")));
    assertThat(bob.must("leave-room", with("roomId", roomId)).propertyNames())
        .containsExactly("ok");
  }

  @Test
  void AK1_rejection_has_code_error_and_retryable() {
    JsonNode answer = base().call("join-room", with("roomId", "ZZZZZZ", "userName", "Bob"));
    assertThat(answer.propertyNames())
        .containsExactlyInAnyOrder("ok", "code", "error", "retryable");
    assertThat(answer.get("retryable").booleanValue()).isFalse();
  }

  @Test
  void AK1_unknown_event_is_answered_and_changes_nothing() {
    TestClient ann = host("Ann");
    JsonNode answer = ann.call("delete-everything", ann.here());
    assertThat(answer.get("ok").booleanValue()).isFalse();
    ann.expectNothing();
  }

  @Test
  void AK1_full_room_rejects_with_its_text() {
    var small = dev.watchnchill.server.app.TestServer.start("MEMBERS_MAX", "1");
    try (small) {
      TestClient ann = kept(TestClient.base(small)).create("Ann");
      TestClient bob = kept(TestClient.base(small));
      refused(
          bob,
          bob.call("join-room", with("roomId", ann.roomId(), "userName", "Bob")),
          "room-error",
          "room_full",
          "This room is full.");
    }
  }

  @Test
  void AK1_server_at_its_room_limit_is_unavailable() {
    var small = dev.watchnchill.server.app.TestServer.start("ROOMS_MAX", "1");
    try (small) {
      kept(TestClient.base(small)).create("Ann");
      TestClient bob = kept(TestClient.base(small));
      JsonNode answer = bob.call("create-room", with("hostName", "Bob"));
      assertThat(answer.get("retryable").booleanValue()).isTrue();
      refused(bob, answer, "room-error", "unavailable", "Failed to create room");
    }
  }

  @Test
  void SQ1_seq_grows_by_one_for_each_change_and_epoch_stays() {
    TestClient ann = base();
    ann.must("create-room", with("hostName", "Ann"));
    JsonNode created = ann.take("room-created");
    JsonNode joined = ann.take("room-joined");
    ann.take("timeline");
    long epoch = created.get("epoch").longValue();
    assertThat(joined.get("epoch").longValue()).isEqualTo(epoch);
    assertThat(joined.get("seq")).isEqualTo(created.get("seq"));
    String roomId = text(created, "roomId");
    TestClient bob = base();
    JsonNode bobs = bob.join(roomId, "Bob");
    ann.must("set-video", with("roomId", roomId, "videoUrl", FILM));
    bob.must("send-message", with("roomId", roomId, "message", "hi"));
    ann.must("play-video", with("roomId", roomId, "currentTime", 1));
    ann.must("promote-host", with("roomId", roomId, "userId", bob.userId()));
    bob.settle();
    var seqs = new ArrayList<Long>();
    for (TestClient.Heard heard : bob.everything()) {
      JsonNode payload = heard.payload();
      if (payload.has("seq")
          && !heard.event().equals("room-joined")
          && !"join".equals(payload.path("reason").stringValue(""))) {
        assertThat(payload.get("epoch").longValue()).as(heard.event()).isEqualTo(epoch);
        seqs.add(payload.get("seq").longValue());
      }
    }
    long at = bobs.get("seq").longValue();
    // The events of one change share its number.
    assertThat(seqs).containsExactly(at + 1, at + 1, at + 1, at + 2, at + 3, at + 3, at + 4);
  }

  @Test
  void SQ2_resume_gives_missed_events_in_order() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode before = bob.must("get-timeline", bob.here());
    bob.forget();
    ann.must("set-video", ann.here("videoUrl", FILM));
    ann.must("send-message", ann.here("message", "hi"));
    ann.must("play-video", ann.here("currentTime", 4));
    bob.settle();
    JsonNode answer =
        bob.must(
            "resume",
            bob.here(
                "epoch", before.get("epoch").longValue(), "seq", before.get("seq").longValue()));
    assertThat(answer.has("snapshot")).isFalse();
    assertThat(answer.get("seq").longValue()).isEqualTo(before.get("seq").longValue() + 3);
    var names = new ArrayList<String>();
    answer.get("events").forEach(event -> names.add(event.get(0).stringValue()));
    assertThat(names)
        .containsExactly(
            "video-set", "timeline", "queue-changed", "new-message", "video-played", "timeline");
    assertThat(answer.get("events").get(0).get(1)).isEqualTo(bob.take("video-set"));
    assertThat(answer.get("events").get(3).get(1)).isEqualTo(bob.take("new-message"));
    // The client that acted got no event, and misses none.
    JsonNode own =
        ann.must(
            "resume",
            ann.here(
                "epoch", before.get("epoch").longValue(), "seq", before.get("seq").longValue()));
    own.get("events")
        .forEach(event -> assertThat(event.get(0).stringValue()).isNotEqualTo("video-played"));
  }

  @Test
  void SQ2_resume_at_the_newest_place_gives_nothing() {
    TestClient ann = host("Ann");
    JsonNode at = ann.must("get-timeline", ann.here());
    JsonNode answer =
        ann.must(
            "resume",
            ann.here("epoch", at.get("epoch").longValue(), "seq", at.get("seq").longValue()));
    assertThat(answer.get("events")).isEmpty();
  }

  @Test
  void SQ2_unknown_place_or_another_epoch_gives_a_snapshot() {
    TestClient ann = host("Ann");
    ann.must("send-message", ann.here("message", "hi"));
    JsonNode at = ann.must("get-timeline", ann.here());
    long epoch = at.get("epoch").longValue();
    long seq = at.get("seq").longValue();
    for (long[] place :
        new long[][] {{epoch + 1, seq}, {epoch - 1, seq}, {epoch, seq + 1}, {epoch, 0}}) {
      JsonNode answer = ann.must("resume", ann.here("epoch", place[0], "seq", place[1]));
      JsonNode snapshot = answer.get("snapshot");
      assertThat(answer.has("events")).isFalse();
      assertThat(text(snapshot.get("room"), "id")).isEqualTo(ann.roomId());
      assertThat(snapshot.get("messages")).hasSize(1);
      assertThat(snapshot.get("timeline").get("epoch").longValue()).isEqualTo(epoch);
      assertThat(answer.get("seq").longValue()).isEqualTo(seq);
    }
  }

  @Test
  void SQ2_place_too_far_back_gives_a_snapshot_and_a_nearer_one_every_event() {
    TestClient ann = host("Ann");
    TestClient bob = guest(ann, "Bob");
    JsonNode at = bob.must("get-timeline", bob.here());
    long epoch = at.get("epoch").longValue();
    long seq = at.get("seq").longValue();
    for (int i = 0; i < 200; i++) {
      ann.must("send-message", ann.here("message", "number " + i));
    }
    assertThat(bob.must("resume", bob.here("epoch", epoch, "seq", seq)).has("snapshot")).isTrue();
    JsonNode events = bob.must("resume", bob.here("epoch", epoch, "seq", seq + 100)).get("events");
    assertThat(events).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(events.get(i).get(1).get("seq").longValue()).isEqualTo(seq + 101 + i);
    }
  }
}
