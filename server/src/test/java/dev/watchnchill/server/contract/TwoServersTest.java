package dev.watchnchill.server.contract;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two servers on one Redis are one to their clients, stock and our own. */
final class TwoServersTest extends TwoServers {
  private final TestClient ann = stock(first).create("Ann");
  private final TestClient bob = resumable(second);
  private final TestClient cleo = stock(second);
  private final JsonNode bobJoined = bob.join(ann.roomId(), "Bob");
  private final JsonNode cleoJoined = cleo.join(ann.roomId(), "Cleo");

  private TwoServersTest() {
    ann.take("user-joined");
    ann.take("user-joined");
    bob.take("user-joined");
  }

  @Test
  void JN8_joiner_on_another_instance_gets_the_room_and_all_receive_the_join_once() {
    assertThat(ContractTest.users(bobJoined.get("room"))).containsExactly("Ann", "Bob");
    assertThat(ContractTest.users(cleoJoined.get("room"))).containsExactly("Ann", "Bob", "Cleo");
    assertThat(text(bobJoined, "sessionToken")).hasSizeGreaterThanOrEqualTo(32);
    for (TestClient client : List.of(ann, bob, cleo)) {
      client.expectNothing();
    }
    JsonNode taken =
        stock(first).call("join-room", with("roomId", ann.roomId(), "userName", "bob"));
    assertThat(text(taken, "code")).isEqualTo("name_taken");
  }

  @Test
  void CH1_EV10_message_reaches_all_on_both_once_and_in_its_place() {
    JsonNode answer = ann.must("send-message", ann.here("message", "from the first"));
    JsonNode second = cleo.must("send-message", cleo.here("message", "from the second"));
    for (TestClient client : List.of(ann, bob, cleo)) {
      for (JsonNode place : List.of(answer, second)) {
        JsonNode event = client.take("new-message");
        assertThat(event.get("message").get("id")).isEqualTo(place.get("messageId"));
        assertThat(event.get("epoch")).isEqualTo(place.get("epoch"));
        assertThat(event.get("seq")).isEqualTo(place.get("seq"));
      }
      client.expectNothing();
    }
  }

  @Test
  void CH2_id_of_a_member_elsewhere_is_rejected_also_by_a_later_instance() {
    String id = "6f1c1f0e-8a8e-4a5a-9c55-0d4f6f0f8f13";
    JsonNode sent = ann.must("send-message", ann.here("message", "mine", "messageId", id));
    for (int i = 0; i < 30; i++) { // more than the history
      ann.must("send-message", ann.here("message", "number " + i));
    }
    for (int round = 0; round < 2; round++) {
      TestClient thief = round == 0 ? cleo : stock(second);
      if (round > 0) {
        bob.must("leave-room", bob.here()); // the second server forgets the room, and loads it anew
        cleo.must("leave-room", cleo.here());
        thief.join(ann.roomId(), "Dora");
      }
      JsonNode theft = thief.call("send-message", ann.here("message", "stolen", "messageId", id));
      assertThat(text(theft, "code")).isEqualTo("invalid_data");
    }
    assertThat(ann.must("send-message", ann.here("message", "mine", "messageId", id)))
        .isEqualTo(sent);
  }

  @Test
  void AT1_concurrent_changes_lose_nothing_and_all_receive_the_same_order() {
    int each = 60;
    var answers = new ArrayList<CompletableFuture<JsonNode>>();
    for (int i = 0; i < each; i++) {
      for (TestClient client : List.of(ann, bob, cleo)) {
        answers.add(client.start("send-message", client.here("message", "number " + i)));
      }
    }
    for (CompletableFuture<JsonNode> answer : answers) {
      assertThat(TestClient.answerOf(answer, "send-message").get("ok").booleanValue()).isTrue();
    }
    var orders = new ArrayList<List<Long>>();
    for (TestClient client : List.of(ann, bob, cleo)) {
      var heard = new ArrayList<Long>();
      for (int i = 0; i < answers.size(); i++) {
        heard.add(client.take("new-message").get("seq").longValue());
      }
      client.expectNothing();
      orders.add(heard);
    }
    List<Long> order = orders.getFirst();
    assertThat(orders).containsOnly(order);
    assertThat(order).isSorted().doesNotHaveDuplicates();
    assertThat(order.getLast() - order.getFirst()).isEqualTo(answers.size() - 1);
  }

  @Test
  void PR1_PB1_host_of_one_instance_promotes_a_guest_of_the_other() {
    JsonNode refused = bob.call("pause-video", bob.here("currentTime", 1));
    assertThat(text(refused, "code")).isEqualTo("not_host");
    bob.forget();
    ann.must("promote-host", ann.here("userId", bob.userId()));
    for (TestClient client : List.of(ann, bob, cleo)) {
      assertThat(text(client.take("user-promoted"), "userId")).isEqualTo(bob.userId());
    }
    ann.must("set-video", ann.here("videoUrl", FILM));
    assertThat(text(cleo.take("video-set"), "videoUrl")).isEqualTo(FILM);
    bob.must("seek-video", bob.here("currentTime", 30));
    assertThat(ann.take("video-seeked").get("currentTime").doubleValue()).isEqualTo(30);
    ann.must("play-video", ann.here("currentTime", 30));
    assertThat(cleo.take("video-played").get("currentTime").doubleValue()).isEqualTo(30);
    JsonNode timeline = timeline(bob);
    assertThat(text(timeline, "phase")).isEqualTo("playing");
    assertThat(timeline(ann).get("at")).isEqualTo(timeline.get("at"));
    bob.must("pause-video", bob.here("currentTime", 31));
    ann.take("video-paused");
    ann.expectNothing("error", "room-error");
  }

  @Test
  void TY1_SC1_typing_and_sync_reports_pass_from_one_to_the_other() {
    bob.emit("typing-start", bob.here());
    JsonNode typing = ann.take("user-typing");
    assertThat(text(typing, "userId")).isEqualTo(bob.userId());
    assertThat(text(typing, "userName")).isEqualTo("Bob");
    bob.emit("typing-stop", bob.here());
    assertThat(text(ann.take("user-stopped-typing"), "userId")).isEqualTo(bob.userId());
    bob.expectNothing();
    ann.must("sync-check", ann.here("currentTime", 0, "isPlaying", false, "timestamp", 1_700_000));
    assertThat(cleo.take("sync-update").get("timestamp").longValue()).isEqualTo(1_700_000);
  }

  @Test
  void FX1_reaction_to_the_film_passes_from_one_to_the_other() {
    TestClient dan = resumable(first);
    TestClient eve = resumable(second);
    dan.join(ann.roomId(), "Dan");
    eve.join(ann.roomId(), "Eve");
    ann.take("user-joined");
    ann.take("user-joined");
    bob.must("film-reaction", bob.here("emoji", "\ud83d\ude02"));
    for (TestClient client : List.of(dan, eve)) {
      JsonNode event = client.take("film-reactions");
      assertThat(text(event, "userId")).isEqualTo(bob.userId());
      assertThat(text(event, "userName")).isEqualTo("Bob");
    }
  }

  @Test
  void ST1_status_of_a_viewer_is_sent_on_both_instances() {
    bob.must(
        "clock",
        with("t1", 1, "report", with("state", "synced", "drift", 4, "bound", 9, "rtt90", 20)));
    for (TestClient client : List.of(ann, bob, cleo)) {
      JsonNode member = client.take("status").get("members").get(0);
      assertThat(text(member, "userId")).isEqualTo(bob.userId());
      assertThat(text(member, "state")).isEqualTo("synced");
      assertThat(member.get("drift").intValue()).isEqualTo(4);
    }
  }

  @Test
  void RS6_seat_taken_over_on_the_other_server_is_replaced_here() {
    TestClient elsewhere =
        kept(
            TestClient.options()
                .auth(
                    Map.of(
                        "resume",
                        true,
                        "sessionToken",
                        text(bobJoined, "sessionToken"),
                        "roomId",
                        ann.roomId()))
                .connect(first));
    JsonNode joined = elsewhere.take("room-joined");
    assertThat(joined.get("resumed").booleanValue()).isTrue();
    assertThat(text(joined.get("user"), "id")).isEqualTo(bob.userId());
    assertThat(bob.take("session-replaced")).isEmpty();
    say(ann, "who hears?");
    elsewhere.take("new-message");
    cleo.take("new-message");
    bob.expectNothing();
    assertThat(text(bob.call("send-message", bob.here("message", "me?")), "code"))
        .isEqualTo("not_authenticated");
    bob.close();
    say(ann, "nobody left");
    cleo.take("new-message");
    cleo.expectNothing("user-away", "user-left");
  }

  @Test
  void SQ2_resume_gives_the_events_of_the_other_instance() {
    JsonNode at = bob.must("get-timeline", bob.here());
    say(ann, "one");
    say(cleo, "two");
    bob.take("new-message");
    bob.take("new-message");
    JsonNode answer =
        bob.must(
            "resume",
            bob.here("epoch", at.get("epoch").longValue(), "seq", at.get("seq").longValue()));
    var said = new ArrayList<String>();
    answer.get("events").forEach(event -> said.add(text(event.get(1).get("message"), "message")));
    assertThat(said).containsExactly("one", "two");
  }

  @Test
  void LV3_host_who_leaves_one_instance_is_succeeded_on_the_other() {
    ann.must("leave-room", ann.here());
    for (TestClient client : List.of(bob, cleo)) {
      assertThat(text(client.take("user-left"), "userId")).isEqualTo(ann.userId());
      assertThat(text(client.take("user-promoted"), "userId")).isEqualTo(bob.userId());
      assertThat(text(client.take("room-transferred"), "hostId")).isEqualTo(bob.userId());
      client.expectNothing();
    }
  }
}
