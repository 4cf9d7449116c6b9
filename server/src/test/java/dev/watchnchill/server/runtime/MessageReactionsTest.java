package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.server.wire.ChatEntry;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ReactionEntry;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The reactions of a large room, which are broadcast together, in virtual time (rule CH9). */
final class MessageReactionsTest {
  private static final int EACH_MAX = 4;
  private static final long INTERVAL_MS = 250;
  private static final String HEART = "\u2764\ufe0f";

  private final RuntimeHarness harness =
      new RuntimeHarness(RuntimeHarness.LIMITS.withSizes(5_000, 40).withPresenceEach(EACH_MAX));
  private final RuntimeHarness.Instance server = harness.new Instance();
  private final RuntimeHarness.Client ann = server.client(true).create("Ann");
  private final List<RuntimeHarness.Client> members = new ArrayList<>(List.of(ann));

  private UUID fill(int people) {
    while (members.size() < people) {
      RuntimeHarness.Client client = server.client(true);
      client.join("guest " + members.size());
      members.add(client);
    }
    UUID message = send();
    harness.time.advance(2_000);
    members.forEach(RuntimeHarness.Client::takeEvents);
    return message;
  }

  private UUID send() {
    ServerReply reply =
        ann.request(
            ClientEvent.SEND_MESSAGE,
            new ClientRequest.SendMessage(RuntimeHarness.ROOM, "hello", null));
    return UUID.fromString(((ServerReply.Sent) reply).messageId());
  }

  private static void react(RuntimeHarness.Client client, UUID message) {
    react(client, message, HEART);
  }

  private static void react(RuntimeHarness.Client client, UUID message, String emoji) {
    assertThat(
            client.request(
                ClientEvent.REACT,
                new ClientRequest.Command(
                    RuntimeHarness.ROOM,
                    (me, _, _) -> new RoomCommand.React(me, message, emoji, true))))
        .matches(ServerReply::ok);
  }

  private static List<ServerMessage.MessageReactions> reactions(RuntimeHarness.Client client) {
    return client.received.stream()
        .map(RuntimeHarness.Client.Received::payload)
        .filter(ServerMessage.MessageReactions.class::isInstance)
        .map(ServerMessage.MessageReactions.class::cast)
        .toList();
  }

  @Test
  void CH9_reactions_of_n_members_make_n_changes_and_no_n_squared_messages() {
    int people = 200;
    UUID message = fill(people);
    long before = harness.room().seq();
    for (RuntimeHarness.Client client : members) {
      react(client, message);
      harness.time.advance(5);
    }
    harness.time.advance(INTERVAL_MS);

    assertThat(harness.room().seq()).isEqualTo(before + people);
    for (RuntimeHarness.Client client : members) {
      List<ServerMessage.MessageReactions> changes = reactions(client);
      assertThat(changes).hasSizeBetween(2, (int) (5L * people / INTERVAL_MS) + 2);
      ServerMessage.MessageReactions last = changes.getLast();
      assertThat(last.seq()).isEqualTo(before + people);
      ReactionEntry heart = last.reactions().getFirst();
      assertThat(heart.count()).isEqualTo(people);
      assertThat(heart.userIds()).hasSize(20);
      long known = before;
      for (ServerMessage.MessageReactions change : changes) {
        assertThat(change.since() == null ? change.seq() - 1 : change.since()).isEqualTo(known);
        known = change.seq();
      }
    }
  }

  @Test
  void CH9_member_beyond_the_named_ones_reads_that_a_reaction_is_its_own() {
    UUID message = fill(30);
    members.forEach(client -> react(client, message));

    RuntimeHarness.Client last = members.getLast();
    ServerReply reply =
        last.request(
            ClientEvent.GET_MESSAGES, new ClientRequest.GetMessages(RuntimeHarness.ROOM, null, 1));
    ChatEntry entry = ((ServerReply.MessagePage) reply).messages().getFirst();
    assertThat(Objects.requireNonNull(entry.reactions()).getFirst().userIds())
        .hasSize(20)
        .doesNotContain(harness.room().members().list().getLast().id().toString());
    assertThat(entry.mine()).containsExactly(HEART);
  }

  @Test
  void CH9_in_a_small_room_each_reaction_is_broadcast() {
    UUID message = fill(EACH_MAX);
    members.forEach(client -> react(client, message));
    assertThat(reactions(ann)).hasSize(EACH_MAX);
  }

  @Test
  void CH9_reactions_to_many_messages_wait_for_the_next_interval() {
    fill(EACH_MAX + 1);
    var messages = new ArrayList<UUID>();
    for (int i = 0; i < 30; i++) {
      messages.add(send());
    }
    messages.forEach(message -> react(ann, message));
    harness.time.advance(4 * INTERVAL_MS);

    assertThat(reactions(ann).stream().map(ServerMessage.MessageReactions::messageId).distinct())
        .hasSize(30);
    assertThat(harness.sent).contains(Collections.nCopies(20, "message-reactions"));
  }

  @Test
  void CH9_reactions_with_many_names_are_spread_over_the_intervals() {
    int messages = 8;
    fill(80);
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < messages; i++) {
      ids.add(send());
    }
    for (int i = 0; i < members.size(); i++) {
      for (int emoji = 0; emoji < 5; emoji++) {
        String text = Character.toString(0x1F600 + (i + 16 * emoji) % 20);
        for (UUID id : ids) {
          react(members.get(i), id, text);
        }
      }
    }
    members.forEach(RuntimeHarness.Client::takeEvents);
    var seen = new HashSet<String>();
    for (int interval = 0; interval < 2 * messages; interval++) {
      harness.time.advance(INTERVAL_MS);
      List<ServerMessage.MessageReactions> sent = reactions(ann);
      int named =
          sent.stream()
              .flatMap(message -> message.reactions().stream())
              .mapToInt(entry -> entry.userIds().size())
              .sum();
      assertThat(named).isLessThanOrEqualTo(400);
      sent.forEach(message -> seen.add(message.messageId()));
      members.forEach(RuntimeHarness.Client::takeEvents);
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(ids.stream().map(UUID::toString).toList());
  }

  @Test
  void CH9_reactions_to_messages_that_have_left_the_log_are_dropped() {
    fill(EACH_MAX + 1);
    react(ann, send());
    for (int i = 0; i < 100; i++) {
      react(ann, send());
    }
    harness.time.advance(10 * INTERVAL_MS);

    List<String> ids =
        reactions(ann).stream().map(ServerMessage.MessageReactions::messageId).distinct().toList();
    assertThat(ids).hasSizeLessThanOrEqualTo(41);
    assertThat(ids)
        .containsAll(
            harness.room().chat().messages().stream()
                .map(message -> message.id().toString())
                .toList());
  }

  @Test
  void CH9_resume_is_answered_with_a_snapshot_when_much_is_not_sent_yet() {
    fill(80);
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < 35; i++) {
      ids.add(send());
    }
    long before = harness.room().seq();
    for (int emoji = 0; emoji < 5; emoji++) {
      for (RuntimeHarness.Client client : members.subList(0, 40)) {
        for (UUID id : ids) {
          react(
              client, id, Character.toString(0x1F600 + emoji + 5 * (members.indexOf(client) % 4)));
        }
      }
    }
    ServerReply reply =
        ann.request(
            ClientEvent.RESUME,
            new ClientRequest.Resume(
                RuntimeHarness.ROOM, harness.room().epoch(), harness.room().seq() - 1));
    assertThat(harness.room().seq()).isGreaterThan(before + 6_000);
    assertThat(reply).isInstanceOf(ServerReply.Resynced.class);
  }

  @Test
  void CH9_resume_ends_with_reactions_that_were_not_sent_yet() {
    UUID message = fill(EACH_MAX + 1);
    long before = harness.room().seq();
    react(members.getLast(), message);
    react(ann, message);
    var reply =
        (ServerReply.Replayed)
            ann.request(
                ClientEvent.RESUME,
                new ClientRequest.Resume(RuntimeHarness.ROOM, harness.room().epoch(), before));

    assertThat(reply.events().stream().map(ServerReply.MissedEvent::name))
        .contains("message-reactions")
        .endsWith("presence");
    assertThat(reply.seq()).isEqualTo(before + 2);
  }

  @Test
  void CH5_member_who_comes_late_reads_reactions_by_pages() {
    UUID message = fill(2);
    react(ann, message);
    RuntimeHarness.Client late = server.client(true);
    late.join("late");

    assertThat(harness.room().chat().find(message)).isNotNull();
    ServerReply reply =
        late.request(
            ClientEvent.GET_MESSAGES, new ClientRequest.GetMessages(RuntimeHarness.ROOM, null, 1));
    var page = (ServerReply.MessagePage) reply;
    assertThat(page.more()).isFalse();
    assertThat(page.messages().getFirst().reactions()).hasSize(1);
  }
}
