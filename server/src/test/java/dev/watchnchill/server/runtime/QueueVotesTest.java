package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.SkipVotes;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.QueueUpdate;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The votes of a large room, which are broadcast together, in virtual time (rule QU12). */
final class QueueVotesTest {
  private static final int EACH_MAX = 4;
  private static final long INTERVAL_MS = 250;

  private final RuntimeHarness harness =
      new RuntimeHarness(RuntimeHarness.LIMITS.withSizes(5_000, 5).withPresenceEach(EACH_MAX));
  private final RuntimeHarness.Instance server = harness.new Instance();
  private final RuntimeHarness.Client ann = server.client(true).create("Ann");
  private final List<RuntimeHarness.Client> members = new ArrayList<>(List.of(ann));
  private List<UUID> items = List.of();

  /** Brings members in, and films into the list. */
  private void fill(int people) {
    while (members.size() < people) {
      RuntimeHarness.Client client = server.client(true);
      client.join("guest " + members.size());
      members.add(client);
    }
    items = add(4).subList(1, 4);
    harness.time.advance(2_000);
    forgetAll();
  }

  private List<UUID> add(int count) {
    var films = new ArrayList<ClientRequest.NewFilm>();
    for (int i = 0; i < count; i++) {
      Media media = Media.parse("https://films.example/" + i + ".mp4").orElseThrow();
      films.add(new ClientRequest.NewFilm(media, null));
    }
    ServerReply reply =
        ann.request(
            ClientEvent.QUEUE_ADD,
            new ClientRequest.QueueAdd(RuntimeHarness.ROOM, films, QueueCommand.Place.END));
    return ((ServerReply.Added) reply).itemIds();
  }

  private void forgetAll() {
    members.forEach(RuntimeHarness.Client::takeEvents);
  }

  private void vote(RuntimeHarness.Client client, UUID item, boolean on) {
    assertThat(
            client.request(
                ClientEvent.VOTE_ITEM,
                new ClientRequest.Command(
                    RuntimeHarness.ROOM, (me, _, _) -> new QueueCommand.VoteItem(me, item, on))))
        .matches(ServerReply::ok);
  }

  private void voteSkip(RuntimeHarness.Client client) {
    client.request(
        ClientEvent.VOTE_SKIP,
        new ClientRequest.Command(
            RuntimeHarness.ROOM, (me, _, _) -> new QueueCommand.VoteSkip(me, true)));
  }

  private static List<ServerMessage.QueueChanged> changes(RuntimeHarness.Client client) {
    return client.received.stream()
        .map(RuntimeHarness.Client.Received::payload)
        .filter(ServerMessage.QueueChanged.class::isInstance)
        .map(ServerMessage.QueueChanged.class::cast)
        .toList();
  }

  private ServerReply.Replayed resume(RuntimeHarness.Client client, long seq) {
    return (ServerReply.Replayed)
        client.request(
            ClientEvent.RESUME,
            new ClientRequest.Resume(RuntimeHarness.ROOM, harness.room().epoch(), seq));
  }

  private static List<QueueUpdate> updates(ServerReply.Replayed reply) {
    return reply.events().stream()
        .map(ServerReply.MissedEvent::payload)
        .filter(ServerMessage.QueueChanged.class::isInstance)
        .map(message -> ((ServerMessage.QueueChanged) message).update())
        .toList();
  }

  private static int votes(QueueUpdate update, UUID item) {
    return update.votes().stream()
        .filter(each -> each.itemId().equals(item))
        .findFirst()
        .orElseThrow()
        .votes();
  }

  @Test
  void QU12_votes_of_n_members_make_n_changes_and_no_n_squared_messages() {
    int people = 200;
    fill(people);
    long before = harness.room().seq();
    long spentMs = 0;
    for (RuntimeHarness.Client client : members) {
      vote(client, items.getFirst(), true);
      harness.time.advance(5);
      spentMs += 5;
    }
    harness.time.advance(INTERVAL_MS);

    assertThat(harness.room().seq()).isEqualTo(before + people);
    int most = (int) (spentMs / INTERVAL_MS) + 2;
    for (RuntimeHarness.Client client : members) {
      List<ServerMessage.QueueChanged> changes = changes(client);
      assertThat(changes).hasSizeBetween(2, most);
      ServerMessage.QueueChanged last = changes.getLast();
      assertThat(votes(last.update(), items.getFirst())).isEqualTo(people);
      assertThat(last.seq()).isEqualTo(before + people);
      assertThat(last.userId()).isNull();
      long known = before;
      for (ServerMessage.QueueChanged change : changes) {
        assertThat(change.since() == null ? change.seq() - 1 : change.since()).isEqualTo(known);
        known = change.seq();
      }
    }
  }

  @Test
  void QU12_in_a_small_room_each_vote_is_broadcast_with_its_member() {
    fill(EACH_MAX);
    members.forEach(client -> vote(client, items.getFirst(), true));
    assertThat(changes(ann)).hasSize(EACH_MAX);
    assertThat(changes(ann)).noneMatch(change -> change.userId() == null);
  }

  @Test
  void QU12_votes_have_the_numbers_of_the_time_of_sending_and_no_item_that_is_gone() {
    fill(EACH_MAX + 1);
    vote(ann, items.get(0), true);
    forgetAll();
    vote(members.get(1), items.get(0), true);
    vote(ann, items.get(0), false);
    vote(ann, items.get(1), true);
    vote(ann, items.get(2), true);
    ann.request(
        ClientEvent.QUEUE_REMOVE,
        new ClientRequest.Command(
            RuntimeHarness.ROOM, (me, _, _) -> new QueueCommand.QueueRemove(me, items.get(2))));
    assertThat(changes(members.get(1))).hasSize(1);
    assertThat(changes(members.get(1)).getFirst().update().removed()).containsExactly(items.get(2));
    forgetAll();
    harness.time.advance(INTERVAL_MS);

    QueueUpdate update = changes(ann).getFirst().update();
    assertThat(changes(ann)).hasSize(1);
    assertThat(update.votes()).hasSize(2);
    assertThat(votes(update, items.get(0))).isEqualTo(1);
    assertThat(votes(update, items.get(1))).isEqualTo(1);
  }

  @Test
  void QU12_votes_to_skip_are_broadcast_together() {
    fill(10);
    voteSkip(ann);
    forgetAll();
    voteSkip(members.get(1));
    voteSkip(members.get(2));
    assertThat(changes(ann)).isEmpty();
    harness.time.advance(INTERVAL_MS);
    assertThat(changes(ann)).hasSize(1);
    assertThat(changes(ann).getFirst().update().skip()).isEqualTo(new SkipVotes(3, 5));
  }

  @Test
  void QU12_SQ2_client_that_resumes_misses_no_votes() {
    fill(EACH_MAX + 1);
    RuntimeHarness.Client bob = members.get(1);
    vote(ann, items.get(0), true);
    long seq = harness.room().seq();
    vote(bob, items.get(0), true);
    // The votes are in the answer before they are broadcast.
    assertThat(votes(updates(resume(ann, seq)).getLast(), items.get(0))).isEqualTo(2);

    // And afterwards, for a client that knows the chat message that was sent before them.
    ann.chat("hello");
    long known = harness.room().seq();
    forgetAll();
    harness.time.advance(INTERVAL_MS);
    assertThat(changes(bob)).hasSize(1);
    assertThat(changes(bob).getFirst().seq()).isEqualTo(known);
    assertThat(votes(updates(resume(ann, known)).getLast(), items.get(0))).isEqualTo(2);
    ann.chat("later");
    assertThat(updates(resume(ann, known + 1))).isEmpty();
  }

  @Test
  void QU12_PS3_votes_are_broadcast_when_the_room_becomes_small() {
    fill(EACH_MAX + 1);
    vote(ann, items.get(0), true);
    forgetAll();
    vote(ann, items.get(1), true);
    for (int i = 0; i < 2; i++) {
      members
          .removeLast()
          .request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM));
    }
    assertThat(ann.takeEvents()).containsSubsequence("presence", "queue-changed");
    vote(ann, items.get(0), false);
    assertThat(changes(ann)).hasSize(1);
    assertThat(changes(ann).getFirst().userId()).isNotNull();
  }
}
