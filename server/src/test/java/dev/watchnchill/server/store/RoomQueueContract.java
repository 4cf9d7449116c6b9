package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.codec.QueueSamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of every store for the queue of a room. */
public abstract class RoomQueueContract extends RoomEntryContract {
  private Room queued() {
    Room room = created();
    Room next = QueueSamples.queued(room);
    assertCommitted(room, next);
    return next;
  }

  @Test
  void QU12_room_with_a_queue_is_found_as_it_was() {
    Room room = QueueSamples.large(room(ID), 60, 500);
    assertThat(store.create(room)).isTrue();
    assertThat(store.load(ID)).isEqualTo(room);
  }

  @Test
  void QU12_each_change_of_a_queue_is_found_and_leads_to_the_next() {
    Room room = queued();
    for (int seed = 0; seed < 3; seed++) {
      var random = new Random(seed);
      for (int step = 0; step < 40; step++) {
        Room next = QueueSamples.changed(room, random, 1_000 * seed + step);
        assertCommitted(room, next);
        room = next;
      }
    }
  }

  @Test
  @Tag(LARGE)
  void QU12_changes_of_more_parts_than_a_command_can_hold_are_found() {
    Room room = created();
    Room large = QueueSamples.large(room, 5_000, 500);
    assertCommitted(room, large);
    assertCommitted(
        large, large.changed(nowMs()).withMedia(null, large.timeline()).withQueue(Queue.EMPTY));
  }

  @Test
  void QU12_commits_of_other_things_leave_the_queue() {
    Room room = queued();
    Room said = say(room, "hello").next();
    assertThat(said.chat().messages()).hasSize(1);
    assertCommitted(room, said);
    assertThat(loaded().queue()).isEqualTo(room.queue());
  }

  @Test
  void QU12_event_of_a_queue_reaches_subscribers_as_it_was() {
    Room room = queued();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(ID, heard::add);
    var item = QueueSamples.item(5);
    var change =
        new QueueChange(
            List.of(item),
            List.of(),
            List.of(),
            List.of(),
            null,
            null,
            null,
            null,
            List.of(),
            null,
            5L);
    Room next = room.changed(nowMs());
    var event = new RoomEvent.QueueChanged(next.seq(), change, HOST);
    assertThat(store.commit(room, next, List.of(event))).isTrue();
    awaitSize(heard, 1);
    assertThat(heard.getFirst().events()).containsExactly(event);
  }

  @Test
  void QU7_of_votes_that_are_cast_at_once_none_is_lost() {
    Room first = created();
    Room room = QueueSamples.large(first, 20, 10);
    assertCommitted(first, room);
    atOnce(
        8,
        () -> {
          for (int i = 0; i < 5; ) {
            Room now = loaded();
            var member = now.members().list().get((int) (now.seq() % 21));
            var ballot = new Ballot(Set.of(now.queue().items().get(i).id()), false);
            Queue queue = now.queue();
            var votes = queue.votes().with(Map.of(member.id(), ballot));
            Room next = now.changed(nowMs()).withQueue(QueueSamples.withVotes(queue, votes));
            if (store.commit(now, next, List.of())) {
              i++;
            }
          }
          return true;
        });
    assertThat(loaded().seq()).isEqualTo(room.seq() + 40);
    assertThat(loaded().queue().votes().voters()).isEqualTo(21);
  }

  @Test
  void QU12_room_of_a_freed_id_has_nothing_of_the_last_queue() {
    Room room = queued();
    Room over = room.changed(nowMs()).asClosed();
    var end = new RoomEvent.RoomClosed(over.seq(), RoomEvent.ClosureReason.EMPTY);
    assertThat(store.commit(room, over, List.of(end))).isTrue();
    Room open = created();
    assertThat(store.load(ID)).isEqualTo(open);
    assertThat(loaded().queue()).isEqualTo(Queue.EMPTY);
  }
}
