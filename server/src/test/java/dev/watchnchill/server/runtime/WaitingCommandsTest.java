package dev.watchnchill.server.runtime;

import static dev.watchnchill.server.runtime.RuntimeHarness.ROOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests the commands that come while the store is busy with one of the same room (rule AT2). */
final class WaitingCommandsTest {
  private static final UUID MESSAGE = new UUID(0x4000, 0x8000_0000_0000_0001L);

  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance one = harness.new Instance();
  private final RuntimeHarness.Instance two = harness.new Instance();
  private final RuntimeHarness.Client ann = one.client(true);
  private final RuntimeHarness.Client bob = one.client(true);
  private final RuntimeHarness.Client dan = one.client(true);
  private final RuntimeHarness.Client elsewhere = two.client(true);
  private final List<ServerReply> replies = new ArrayList<>();

  @BeforeEach
  void allAreIn() {
    ann.create("Ann");
    bob.join("Bob");
    dan.join("Dan");
    elsewhere.join("Cleo");
    ann.play(10);
    ann.received.clear();
    bob.received.clear();
    elsewhere.received.clear();
    one.store.commits = 0;
  }

  private void submit(RuntimeHarness.Client client, ClientEvent event, ClientRequest request) {
    client.session.submit(
        () -> one.service.handle(client.session, event, request), replies::add, true);
  }

  private void say(RuntimeHarness.Client client, String text) {
    submit(client, ClientEvent.SEND_MESSAGE, new ClientRequest.SendMessage(ROOM, text, null));
  }

  /** Runs commands while the commit of another one is under way. */
  private void whileCommitting(Runnable commands) {
    one.store.overtake(commands);
    say(dan, "first");
  }

  @Test
  void AT2_commands_that_wait_are_one_commit_and_keep_their_order() {
    whileCommitting(() -> {
      for (int i = 0; i < 5; i++) {
        say(i % 2 == 0 ? ann : bob, "message " + i);
      }
    });
    assertThat(one.store.commits).isEqualTo(2);
    List<String> messages = ann.messages();
    assertThat(messages)
        .extracting(text -> text.substring(text.indexOf(' ') + 1))
        .containsExactly("first", "message 0", "message 1", "message 2", "message 3", "message 4");
    assertThat(bob.messages()).isEqualTo(messages);
    assertThat(elsewhere.messages()).isEqualTo(messages);
    assertThat(replies).hasSize(6).allMatch(ServerReply::ok);
  }

  @Test
  void AT2_reply_has_the_position_of_its_own_command() {
    whileCommitting(() -> {
      say(ann, "one");
      say(ann, "two");
    });
    assertThat(replies)
        .map(reply -> ((ServerReply.Sent) reply).seq())
        .containsExactlyInAnyOrderElementsOf(
            ann.messages().stream()
                .map(text -> Long.parseLong(text.substring(0, text.indexOf(' '))))
                .toList());
  }

  @Test
  void AT2_rejected_command_leaves_the_others_of_its_commit() {
    whileCommitting(() -> {
      say(ann, "before");
      submit(bob, ClientEvent.PAUSE_VIDEO, MemberRequests.pause(ROOM, 1, null));
      say(ann, "after");
    });
    assertThat(ann.messages()).hasSize(3);
    assertThat(replies).filteredOn(reply -> !reply.ok()).hasSize(1);
    assertThat(harness.room().timeline().playing()).isTrue();
  }

  @Test
  void CH2_message_sent_twice_while_the_first_waits_is_one_message() {
    var message = new ClientRequest.SendMessage(ROOM, "once", MESSAGE);
    whileCommitting(() -> {
      submit(ann, ClientEvent.SEND_MESSAGE, message);
      submit(ann, ClientEvent.SEND_MESSAGE, message);
      submit(bob, ClientEvent.SEND_MESSAGE, message);
    });
    assertThat(ann.messages()).hasSize(2);
    assertThat(replies.get(0)).isEqualTo(replies.get(1)).matches(ServerReply::ok);
    assertThat(replies.get(2)).matches(reply -> !reply.ok());
    assertThat(replies.get(3)).matches(ServerReply::ok);
  }

  @Test
  void AT2_commands_are_decided_again_when_another_instance_was_first() {
    whileCommitting(() -> {
      say(ann, "one");
      say(bob, "two");
      one.store.overtake(() -> elsewhere.chat("between"));
    });
    assertThat(ann.messages())
        .extracting(text -> text.substring(text.indexOf(' ') + 1))
        .containsExactlyInAnyOrder("first", "between", "one", "two");
    assertThat(elsewhere.messages()).isEqualTo(ann.messages());
    assertThat(replies).hasSize(3).allMatch(ServerReply::ok);
  }

  @Test
  void IN6_all_commands_of_a_commit_are_answered_when_the_store_is_away() {
    whileCommitting(() -> {
      say(ann, "one");
      say(bob, "two");
      one.store.follow(
          () -> one.store.fail(new StoreUnavailableException("away"), FaultyStore.Call.COMMIT));
    });
    assertThat(replies).hasSize(3);
    assertThat(replies.getLast()).matches(ServerReply::ok);
    assertThat(replies.subList(0, 2))
        .allMatch(reply ->
            reply instanceof ServerReply.Failed failed
                && failed.problem().code() == ErrorCode.UNAVAILABLE);
    assertThat(ann.messages()).hasSize(1);
  }

  @Test
  void AT2_controls_of_one_commit_are_sent_with_their_own_positions() {
    whileCommitting(() -> {
      submit(ann, ClientEvent.PAUSE_VIDEO, MemberRequests.pause(ROOM, 20, null));
      submit(ann, ClientEvent.PLAY_VIDEO, MemberRequests.play(ROOM, 30));
      submit(ann, ClientEvent.PAUSE_VIDEO, MemberRequests.pause(ROOM, 40, null));
    });
    assertThat(one.store.commits).isEqualTo(2);
    List<Double> here = positions(bob);
    assertThat(here).hasSize(3);
    assertThat(positions(elsewhere)).isEqualTo(here);
    assertThat(harness.room().timeline().playing()).isFalse();
  }

  private static List<Double> positions(RuntimeHarness.Client client) {
    return client.received.stream()
        .map(RuntimeHarness.Client.Received::payload)
        .filter(ServerMessage.TimelineState.class::isInstance)
        .map(payload -> ((ServerMessage.TimelineState) payload).position())
        .toList();
  }
}
