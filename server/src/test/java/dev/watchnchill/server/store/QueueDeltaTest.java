package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueSamples;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class QueueDeltaTest {
  private static final Room ROOM = RoomScripts.start(new RoomId("AB12CD"), 7);
  private static final Room LARGE = QueueSamples.large(ROOM, 1_999, 500);
  private static final Queue QUEUE = LARGE.queue();

  @Test
  void delta_makes_the_next_queue_of_the_one_before() {
    Queue far = QueueSamples.large(ROOM, 50, 20).queue();
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      Room before = QueueSamples.queued(ROOM);
      for (int step = 0; step < 100; step++) {
        Room next = QueueSamples.changed(before, random, step);
        QueueDelta delta = QueueDelta.between(before.queue(), next.queue());
        assertThat(delta.applyTo(before.queue())).isEqualTo(next.queue());
        assertThat(delta.isEmpty()).isEqualTo(before.queue().equals(next.queue()));
        // However far apart they are.
        assertThat(QueueDelta.between(far, next.queue()).applyTo(far)).isEqualTo(next.queue());
        before = next;
      }
    }
  }

  @Test
  void vote_in_a_large_room_is_one_ballot() {
    UserId user = LARGE.members().list().get(7).id();
    var ballot = new Ballot(Set.of(QUEUE.items().get(99).id()), false);
    QueueDelta delta =
        QueueDelta.between(
            QUEUE, QueueSamples.withVotes(QUEUE, QUEUE.votes().with(Map.of(user, ballot))));
    assertThat(delta)
        .isEqualTo(
            new QueueDelta(List.of(), List.of(new QueuePart.Cast(user, ballot)), false, null));
  }

  @Test
  void item_that_is_played_ends_all_votes_without_naming_them() {
    QueueItem first = QUEUE.items().getFirst();
    assertThat(QUEUE.votes().count(first.id())).isEqualTo(2_000);
    var played = new ArrayList<>(QUEUE.played());
    var ended = new PlayedItem(QueueSamples.item(1_000), 9, false);
    played.add(ended);
    var next =
        new Queue(
            QUEUE.items().subList(1, 500),
            first,
            true,
            played,
            QUEUE.mode(),
            QUEUE.votes().withoutSkips().withoutItems(List.of(first.id())),
            QUEUE.undo());
    QueueDelta delta = QueueDelta.between(QUEUE, next);
    assertThat(delta)
        .isEqualTo(
            new QueueDelta(
                List.of(QueueKey.item(first.id())),
                List.of(QueuePart.Showing.of(next)),
                true,
                new PlayedDelta(0, 2, List.of(ended))));
    assertThat(delta.applyTo(QUEUE)).isEqualTo(next);
  }

  @Test
  void equal_queues_give_an_empty_delta() {
    Queue equal = QueueSamples.large(ROOM, 1_999, 500).queue();
    assertThat(QueueDelta.between(QUEUE, equal)).isSameAs(QueueDelta.NONE);
    assertThat(QueueDelta.NONE.applyTo(QUEUE)).isSameAs(QUEUE);
  }

  @Test
  void played_items_keep_what_follows_each_other() {
    var all = new ArrayList<PlayedItem>();
    for (int i = 0; i < 50; i++) {
      all.add(new PlayedItem(QueueSamples.item(i), i, false));
    }
    var one = new PlayedItem(QueueSamples.item(99), 99, true);
    var next = new ArrayList<>(all.subList(1, 50));
    next.add(one);
    assertThat(PlayedDelta.between(all, next)).isEqualTo(new PlayedDelta(1, 49, List.of(one)));
    assertThat(PlayedDelta.between(all, all.subList(0, 49)))
        .isEqualTo(new PlayedDelta(0, 49, List.of()));
    assertThat(PlayedDelta.between(all, List.of(one)))
        .isEqualTo(new PlayedDelta(0, 0, List.of(one)));
    // A loop has played the same item twice.
    List<PlayedItem> twice = List.of(one, one);
    assertThat(PlayedDelta.between(twice, List.of(one)).applyTo(twice)).containsExactly(one);
  }

  @Test
  void played_items_of_an_impossible_delta_are_those_that_are_there() {
    List<PlayedItem> few = List.of(new PlayedItem(QueueSamples.item(1), 1, false));
    assertThat(new PlayedDelta(7, 9, List.of()).applyTo(few)).isEmpty();
    assertThat(new PlayedDelta(0, 9, List.of()).applyTo(few)).isEqualTo(few);
  }
}
