package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two servers, one store: whatever is done on one is received on the other. */
final class SharedStoreTest {
  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance one = harness.new Instance();
  private final RuntimeHarness.Instance two = harness.new Instance();
  private final RuntimeHarness.Client ann = one.client(true);
  private final RuntimeHarness.Client bob = two.client(true);

  @BeforeEach
  void bothIn() {
    ann.create("Ann");
    bob.join("Bob");
  }

  /** Another server works on a thread of its own; this one goes on when that is done. */
  private static void elsewhere(Runnable work) {
    Thread thread = Thread.ofPlatform().start(work);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void AT1_SQ1_commands_on_one_server_reach_the_sockets_of_the_other_in_order() {
    assertThat(ann.takeEvents()).contains("user-joined");
    for (int i = 0; i < 10; i++) {
      (i % 2 == 0 ? ann : bob).chat("message " + i);
    }
    List<String> messages =
        List.of(
            "3 message 0",
            "4 message 1",
            "5 message 2",
            "6 message 3",
            "7 message 4",
            "8 message 5",
            "9 message 6",
            "10 message 7",
            "11 message 8",
            "12 message 9");
    assertThat(ann.messages()).isEqualTo(messages);
    assertThat(bob.messages()).isEqualTo(messages);
  }

  @Test
  void JN8_joiner_receives_messages_of_other_instances_before_its_join_is_answered() {
    for (boolean resumable : List.of(true, false)) {
      RuntimeHarness.Client cleo = one.client(resumable);
      one.store.follow(() -> bob.chat("while you came in"));
      assertThat(cleo.join(resumable ? "Cleo" : "Dan")).matches(ServerReply::ok);
      assertThat(cleo.messages()).as("resumable %s", resumable).hasSize(1);
      ann.chat("afterwards");
      assertThat(cleo.messages()).hasSize(2);
    }
  }

  @Test
  void TY1_passing_events_cross_too() {
    bob.takeEvents();
    ann.request(ClientEvent.TYPING_START, MemberRequests.typing(RuntimeHarness.ROOM, true));
    assertThat(bob.takeEvents()).containsExactly("user-typing");
    assertThat(ann.takeEvents()).doesNotContain("user-typing");
  }

  @Test
  void AT1_SQ1_client_whose_change_conflicts_receives_both_changes_in_order() {
    one.store.overtake(() -> elsewhere(() -> bob.chat("first")));
    assertThat(ann.chat("second")).matches(ServerReply::ok);
    assertThat(ann.messages()).containsExactly("3 first", "4 second");
    assertThat(bob.messages()).containsExactly("3 first", "4 second");
  }

  @Test
  void AT1_SQ1_overtaken_within_one_thread() {
    one.store.overtake(() -> bob.chat("first"));
    ann.chat("second");
    assertThat(ann.messages()).containsExactly("3 first", "4 second");
    assertThat(bob.messages()).containsExactly("3 first", "4 second");
  }

  @Test
  void SQ2_events_received_after_a_conflict_can_be_resumed() {
    one.store.overtake(() -> elsewhere(() -> bob.chat("first")));
    ann.chat("second");
    ServerReply answer =
        ann.request(
            ClientEvent.RESUME,
            new ClientRequest.Resume(RuntimeHarness.ROOM, harness.room().epoch(), 2));
    assertThat(((ServerReply.Replayed) answer).events()).hasSize(2);
  }

  @Test
  void JN8_joiner_with_a_conflict_receives_nothing_before_its_snapshot() {
    RuntimeHarness.Client cleo = one.client(true);
    one.store.overtake(() -> elsewhere(() -> bob.chat("first")));
    cleo.join("Cleo");
    assertThat(cleo.takeEvents()).containsExactly("room-joined", "timeline");
    assertThat(ann.messages()).containsExactly("3 first");
    assertThat(ann.takeEvents()).endsWith("new-message", "user-joined");
    assertThat(bob.takeEvents()).endsWith("new-message", "user-joined");
    bob.chat("hello");
    assertThat(cleo.messages()).containsExactly("5 hello");
  }

  @Test
  void RS3_seat_that_was_lost_on_one_server_is_taken_back_on_the_other() {
    ann.lose();
    assertThat(bob.takeEvents()).endsWith("user-away");
    RuntimeHarness.Client tab = two.client(true);
    tab.join("Ann", ann.token());
    assertThat(bob.takeEvents()).containsExactly("user-returned");
    assertThat(tab.takeEvents()).containsExactly("room-joined", "timeline");
    harness.time.advance(2 * RuntimeHarness.LIMITS.reconnectGraceMs());
    assertThat(bob.takeEvents()).isEmpty();
    assertThat(harness.names()).containsExactly("Ann", "Bob");
  }

  @Test
  void LV2_LV3_leave_on_one_instance_is_received_on_the_other() {
    bob.takeEvents();
    ann.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
    assertThat(bob.takeEvents()).containsExactly("user-left", "user-promoted", "room-transferred");
    assertThat(harness.names()).containsExactly("Bob");
  }

  @Test
  void TL9_viewers_on_two_servers_wait_for_each_other() {
    ann.play(10);
    harness.time.advance(1_000);
    ann.seek(300);
    long seq = harness.room().seq();
    assertThat(harness.room().timeline().preparing()).isTrue();
    ann.ready(seq);
    harness.time.advance(100);
    assertThat(harness.room().timeline().preparing()).isTrue();
    ann.takeEvents();
    bob.takeEvents();
    bob.ready(seq);
    assertThat(harness.room().timeline().playing()).isTrue();
    assertThat(harness.room().seq()).as("one change to begin, one to start").isEqualTo(seq + 1);
    assertThat(ann.takeEvents()).containsExactly("timeline");
    assertThat(bob.takeEvents()).containsExactly("timeline");
    harness.time.advance(10_000);
    assertThat(harness.room().seq()).isEqualTo(seq + 1);
  }

  @Test
  void TL9_deadline_passes_once_on_two_servers() {
    ann.play(10);
    ann.seek(300);
    long seq = harness.room().seq();
    ann.ready(seq);
    harness.time.advance(RuntimeHarness.LIMITS.readyBarrierMs() - 1);
    assertThat(harness.room().timeline().preparing()).isTrue();
    harness.time.advance(1);
    assertThat(harness.room().timeline().playing()).isTrue();
    assertThat(harness.room().seq()).isEqualTo(seq + 1);
    ann.seek(400);
    assertThat(harness.awaited())
        .as("both servers know who is mute")
        .containsExactly(harness.room().members().list().getFirst().id());
  }

  @Test
  void TL9_instance_with_a_conflict_at_the_start_applies_it_and_starts_the_film() {
    ann.play(10);
    ann.seek(300);
    long seq = harness.room().seq();
    two.store.overtake(() -> ann.chat("first")); // its timer is the first
    harness.time.advance(RuntimeHarness.LIMITS.readyBarrierMs());
    assertThat(harness.room().timeline().playing()).isTrue();
    assertThat(harness.room().timeline().seq()).isEqualTo(seq + 2);
    assertThat(harness.room().seq()).isEqualTo(seq + 2);
  }

  @Test
  void TL9_loss_of_a_viewer_on_one_instance_starts_the_film_on_both() {
    ann.play(10);
    ann.seek(300);
    ann.ready(harness.room().seq());
    bob.lose();
    assertThat(harness.room().timeline().playing()).isTrue();
    assertThat(ann.takeEvents()).endsWith("user-away", "timeline");
  }

  @Test
  void WT2_stall_on_one_instance_pauses_the_film_on_both() {
    ann.request(
        ClientEvent.SET_WAITING,
        MemberRequests.setWaiting(
            RuntimeHarness.ROOM, WaitPolicy.Mode.EVERYONE, null, null, null, null));
    ann.play(10);
    harness.time.advance(10_000);
    ann.takeEvents();
    bob.request(
        ClientEvent.BUFFERING, MemberRequests.buffering(RuntimeHarness.ROOM, harness.room().seq()));
    harness.time.advance(1_000);
    assertThat(harness.room().timeline().preparing()).isTrue();
    assertThat(ann.takeEvents()).containsExactly("timeline");
    bob.request(
        ClientEvent.BUFFERED, MemberRequests.buffered(RuntimeHarness.ROOM, harness.room().seq()));
    assertThat(harness.room().timeline().playing()).isTrue();
    assertThat(ann.takeEvents()).containsExactly("timeline");
  }

  @Test
  void TL3_figures_of_viewers_on_both_servers_count() {
    bob.report(new ViewerReport(1000.0, 200.0, 40.0, null, null, null, null, null));
    ann.report(new ViewerReport(10.0, 50.0, 4.0, null, null, null, null, null));
    ann.play(10);
    assertThat(harness.room().timeline().atMs() - harness.time.nowMs()).isEqualTo(560);
  }

  @Test
  void ST1_each_instance_sends_its_members_the_status_of_all() {
    bob.report(new ViewerReport(null, null, null, null, 1.0, 2.0, ViewerReport.State.SYNCED, null));
    assertThat(ann.statuses()).hasSize(1).isEqualTo(bob.statuses());
  }

  @Test
  void
      CH2_message_said_again_is_known_after_the_history_has_forgotten_it_and_on_the_other_server() {
    var id = new UUID(1, 2);
    ServerReply first =
        ann.request(
            ClientEvent.SEND_MESSAGE,
            new ClientRequest.SendMessage(RuntimeHarness.ROOM, "once", id));
    for (int i = 0; i < 2 * RuntimeHarness.LIMITS.chatHistory(); i++) {
      bob.chat("more " + i);
    }
    long seq = harness.room().seq();
    assertThat(
            ann.request(
                ClientEvent.SEND_MESSAGE,
                new ClientRequest.SendMessage(RuntimeHarness.ROOM, "once", id)))
        .isEqualTo(first);
    RuntimeHarness.Client again = two.client(true);
    again.join("Ann", ann.token());
    assertThat(
            again.request(
                ClientEvent.SEND_MESSAGE,
                new ClientRequest.SendMessage(RuntimeHarness.ROOM, "once", id)))
        .isEqualTo(first);
    assertThat(harness.room().chat().find(id)).isNull();
    assertThat(harness.room().seq())
        .as("nothing was said but by those who came")
        .isLessThanOrEqualTo(seq + 1);
  }

  @RepeatedTest(20)
  void AT1_many_at_once_on_two_servers_lose_nothing() throws Exception {
    int each = 200;
    List<ServerReply> refused = Collections.synchronizedList(new ArrayList<>());
    Thread left =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < each; i++) {
                refused.addAll(refusals(ann.chat("a" + i)));
              }
            });
    Thread right =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < each; i++) {
                refused.addAll(refusals(bob.chat("b" + i)));
              }
            });
    left.join();
    right.join();
    assertThat(refused).isEmpty();
    ann.chat("last");
    assertThat(harness.room().seq()).isEqualTo(2 + 2 * each + 1);
    for (RuntimeHarness.Client client : List.of(ann, bob)) {
      assertThat(client.messages())
          .extracting(said -> Integer.parseInt(said.substring(0, said.indexOf(' '))))
          .as("received by %s", client.id())
          .isEqualTo(java.util.stream.IntStream.rangeClosed(3, 3 + 2 * each).boxed().toList());
    }
  }

  private static List<ServerReply> refusals(ServerReply result) {
    return result.ok() ? List.of() : List.of(result);
  }
}
