package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.queue.Votes;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.codec.QueueSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of what Redis holds of a queue, and of what a change of it costs. */
final class StoredQueueTest {
  @RegisterExtension static final RedisServer REDIS = new RedisServer();

  private static final String KEY = "room:{ROOM01}";
  private static final Room FIRST = StoreInstance.room();

  @BeforeEach
  void empty() {
    REDIS.cli("flushall");
  }

  private static Set<String> fields() {
    Set<String> fields = new HashSet<>(REDIS.cli("hkeys", KEY).lines().toList());
    fields.removeIf(field -> field.startsWith("m:") || field.equals("period"));
    return fields;
  }

  private static String published() {
    return REDIS.cli("xrevrange", "log:{ROOM01}", "+", "-", "count", "1");
  }

  private static Queue queue(
      List<QueueItem> items,
      @Nullable QueueItem current,
      List<PlayedItem> played,
      Votes votes,
      Queue before) {
    return new Queue(items, current, current != null, played, before.mode(), votes, before.undo());
  }

  @Test
  void empty_queue_is_no_field_and_each_part_is_one() {
    try (var here = new StoreInstance(REDIS.url())) {
      assertThat(here.store.create(FIRST)).isTrue();
      assertThat(fields()).containsExactlyInAnyOrder("epoch", "seq", "state", "places");
      Room room = QueueSamples.queued(FIRST);
      assertThat(here.store.commit(FIRST, room, List.of())).isTrue();
      var expected = new HashSet<>(Set.of("epoch", "seq", "state", "places"));
      expected.addAll(List.of("queue", "played", "undo", "v:" + StoreInstance.HOST.value()));
      room.queue().items().forEach(item -> expected.add("q:" + item.id()));
      assertThat(fields()).isEqualTo(expected);
      assertThat(REDIS.cli("hget", KEY, "state")).startsWith("{\"v\":3,");
      Room cleared = room.changed(1).withMedia(null, room.timeline()).withQueue(Queue.EMPTY);
      assertThat(here.store.commit(room, cleared, List.of())).isTrue();
      assertThat(fields()).containsExactlyInAnyOrder("epoch", "seq", "state", "places");
      assertThat(REDIS.cli("hget", KEY, "state")).startsWith("{\"v\":1,");
    }
  }

  @Test
  void QU7_vote_in_a_room_of_2000_with_500_items_is_at_most_1_kB() {
    try (var here = new StoreInstance(REDIS.url())) {
      Room room = QueueSamples.large(FIRST, 1_999, 500);
      assertThat(here.store.create(room)).isTrue();
      Room same = room.changed(1);
      assertThat(here.store.commit(room, same, List.of())).isTrue();
      int bare = published().length();
      assertThat(published()).doesNotContain("\"queue\"");
      UserId user = room.members().list().get(1_000).id();
      UUID item = room.queue().items().get(77).id();
      var votes = new HashSet<>(room.queue().votes().of(user).items());
      votes.add(item);
      var ballot = new Ballot(votes, false);
      Room next =
          same.changed(2)
              .withQueue(
                  queue(
                      room.queue().items(),
                      room.queue().current(),
                      room.queue().played(),
                      room.queue().votes().with(Map.of(user, ballot)),
                      room.queue()));
      var count = new ItemVotes(item, next.queue().votes().count(item));
      var change = QueueChange.votes(List.of(count), null);
      var event = new RoomEvent.QueueChanged(next.seq(), change, user);
      String other = REDIS.cli("hget", KEY, "v:" + FIRST.hostId().value());
      assertThat(here.store.commit(same, next, List.of(event))).isTrue();
      assertThat(published()).contains("\"queue\":{\"left\":[],\"put\":{\"v:");
      assertThat(published().length() - bare).isLessThan(1_000);
      assertThat(REDIS.cli("hget", KEY, "v:" + user.value())).hasSizeLessThan(1_000);
      assertThat(REDIS.cli("hget", KEY, "v:" + FIRST.hostId().value())).isEqualTo(other);
      assertThat(here.loadRoom()).isEqualTo(next);
    }
  }

  @Test
  void QU3_next_item_with_2000_votes_publishes_no_ballot() {
    try (var here = new StoreInstance(REDIS.url());
        var there = new StoreInstance(REDIS.url())) {
      Room room = QueueSamples.large(FIRST, 1_999, 500);
      assertThat(here.store.create(room)).isTrue();
      Queue queue = room.queue();
      QueueItem first = queue.items().getFirst();
      assertThat(queue.votes().count(first.id())).isEqualTo(2_000);
      var played = new ArrayList<>(queue.played());
      played.add(new PlayedItem(QueueSamples.item(1_000), 5, false));
      Votes left = queue.votes().withoutSkips().withoutItems(List.of(first.id()));
      Room next =
          QueueSamples.shown(
              room.changed(1), queue(queue.items().subList(1, 500), first, played, left, queue));
      assertThat(here.store.commit(room, next, List.of())).isTrue();
      assertThat(published()).contains("\"skipsEnd\":true").hasSizeLessThan(3_000);
      assertThat(there.loadRoom()).isEqualTo(next);
    }
  }

  @Test
  void IN6_room_that_Redis_has_lost_is_restored_with_its_queue() {
    try (var here = new StoreInstance(REDIS.url())) {
      Room room = QueueSamples.large(FIRST, 20, 500);
      assertThat(here.store.create(room)).isTrue();
      REDIS.cli("flushall");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> here.store.restore(room) == Restoration.RESTORED);
      assertThat(RoomCopies.withEpoch(here.loadRoom(), room.epoch())).isEqualTo(room);
    }
  }

  @Test
  void SF6_film_that_an_older_server_has_set_is_no_item() {
    Queue full = QueueSamples.queued(FIRST).queue();
    var queue =
        new Queue(
            List.of(), full.current(), true, full.played(), QueueMode.DEFAULT, Votes.NONE, null);
    Room room = QueueSamples.shown(FIRST, queue);
    try (var here = new StoreInstance(REDIS.url())) {
      assertThat(here.store.create(room)).isTrue();
      String state = REDIS.cli("hget", KEY, "state");
      assertThat(state).startsWith("{\"v\":1,");
      String other =
          state.replace(QueueSamples.item(1_000).media().url(), "https://other.example/a.mp4");
      REDIS.cli("hset", KEY, "state", other);
      Room found = here.loadRoom();
      assertThat(found.queue().current()).isNull();
      assertThat(found.queue().played()).isEqualTo(full.played());
    }
  }

  @Test
  void SF6_damaged_and_newer_parts_of_a_queue_count_as_gone_and_stay_as_they_are() {
    try (var here = new StoreInstance(REDIS.url())) {
      Room room = QueueSamples.queued(FIRST);
      String item = "q:" + room.queue().items().getFirst().id();
      for (String field : List.of(item, "v:" + StoreInstance.HOST.value(), "queue", "played")) {
        REDIS.cli("flushall");
        assertThat(here.store.create(room)).isTrue();
        String value = REDIS.cli("hget", KEY, field).strip();
        for (String damaged : List.of(value.replace("{\"v\":3,", "{\"v\":4,"), "{\"v\":3", "{}")) {
          REDIS.cli("hset", KEY, field, damaged);
          assertThat(here.store.load(room.id())).as(field).isNull();
          assertThat(REDIS.cli("hget", KEY, field).strip()).isEqualTo(damaged);
        }
      }
    }
  }
}
