package dev.watchnchill.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.ItemRank;
import dev.watchnchill.party.queue.ItemVotes;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.party.queue.QueueMode;
import dev.watchnchill.party.queue.SkipVotes;
import dev.watchnchill.party.queue.Votes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests that queues are read as they were written, part by part. */
final class QueueCodecTest {
  private static final Room ROOM = RoomScripts.start(new RoomId("AB12CD"), 7);
  private static final Room QUEUED = QueueSamples.queued(ROOM);

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Room assembled(Room room, List<QueuePart> parts) {
    var assembly = new QueueAssembly();
    parts.forEach(assembly::add);
    return assembly.addTo(room.withQueue(Queue.EMPTY));
  }

  @Test
  void queue_is_put_together_from_its_parts_in_any_order() {
    var random = new Random(7);
    Room room = QUEUED;
    var kinds = new HashSet<QueueKey.Kind>();
    for (int step = 0; step < 400; step++) {
      room = QueueSamples.changed(room, random, step);
      var parts = new ArrayList<QueuePart>();
      for (QueuePart part : QueueParts.of(room.queue())) {
        kinds.add(part.key().kind());
        assertThat(QueueKey.ofStoredName(part.key().storedName())).isEqualTo(part.key());
        QueuePart read = QueueCodec.readPart(part.key(), QueueCodec.part(part));
        assertThat(read).isEqualTo(part);
        parts.add(read);
        assertThat(RoomRecordCodec.read(RoomRecordCodec.queue(room, 5, part)))
            .isEqualTo(new RoomRecord.OfQueue(room.id(), room.epoch(), 5, part));
      }
      Collections.shuffle(parts, random);
      assertThat(assembled(room, parts)).isEqualTo(room);
    }
    assertThat(kinds).containsExactlyInAnyOrder(QueueKey.Kind.values());
  }

  @Test
  void empty_queue_has_no_part_and_a_room_without_a_queue_keeps_its_version() {
    assertThat(QueueParts.of(Queue.EMPTY)).isEmpty();
    assertThat(text(RoomCodec.state(ROOM))).startsWith("{\"v\":1,").doesNotContain("queue");
    assertThat(text(RoomRecordCodec.state(ROOM))).doesNotContain("listed");
    Queue full = QUEUED.queue();
    var shown = queue(List.of(), full.current(), full.played(), QueueMode.DEFAULT);
    assertThat(text(RoomCodec.state(QueueSamples.shown(ROOM, shown)))).startsWith("{\"v\":1,");
    Room guarded = OlderRooms.guarded(OlderRooms.FULL).withQueue(shown);
    assertThat(text(RoomCodec.state(guarded))).startsWith("{\"v\":2,");
  }

  private static Queue queue(
      List<QueueItem> items, @Nullable QueueItem current, List<PlayedItem> played, QueueMode mode) {
    return new Queue(
        items, current, true, played, mode, Queue.EMPTY.votes(), QUEUED.queue().undo());
  }

  @Test
  void room_that_an_older_server_would_not_play_on_has_version_3() {
    Queue full = QUEUED.queue();
    Queue listed = queue(full.items(), null, List.of(), QueueMode.DEFAULT);
    Queue moded = queue(List.of(), null, List.of(), full.mode());
    Queue voted = new Queue(List.of(), null, false, List.of(), QueueMode.DEFAULT, skipVote(), null);
    for (Queue queue : List.of(listed, moded, voted)) {
      assertThat(text(RoomCodec.state(ROOM.withQueue(queue)))).startsWith("{\"v\":3,");
      assertThat(text(RoomRecordCodec.state(ROOM.withQueue(queue)))).startsWith("{\"v\":3,");
    }
    var barrier = new ReadyBarrier(1, ReadyBarrier.Reason.NEXT, List.of(ROOM.hostId()), 5);
    Timeline preparing = ROOM.timeline().prepare(barrier, 0, 1, 0, null);
    byte[] state = RoomCodec.state(ROOM.withTimeline(preparing));
    assertThat(text(state)).startsWith("{\"v\":3,").contains("\"reason\":\"next\"");
    assertThat(RoomCodec.readState(state, ROOM.members(), ROOM.chat()).timeline())
        .isEqualTo(preparing);
  }

  private static Votes skipVote() {
    return Queue.EMPTY.votes().with(Map.of(ROOM.hostId(), new Ballot(Set.of(), true)));
  }

  @Test
  void every_name_of_the_queue_round_trips() {
    for (var loop : QueueMode.Loop.values()) {
      for (var order : QueueMode.Order.values()) {
        for (boolean autoplay : new boolean[] {true, false}) {
          var showing = new QueuePart.Showing(null, false, new QueueMode(loop, autoplay, order));
          assertThat(QueueCodec.readPart(QueueKey.SHOWING, QueueCodec.part(showing)))
              .isEqualTo(showing);
        }
      }
    }
    for (var state : ViewerReport.State.values()) {
      var report =
          new ViewerReport(null, null, null, null, null, null, state, null, 0.1 + 0.2, 1 << 30);
      var event = new RoomEvent.PlayerReported(ROOM.hostId(), report);
      assertThat(RoomCodec.readEvents(RoomCodec.events(List.of(event)))).containsExactly(event);
    }
  }

  @Test
  void names_of_the_stored_form_stay() {
    var by = new UserId(new UUID(1, 2));
    Timeline timeline = Timeline.idle(5);
    var report = new ViewerReport(null, null, null, null, null, null, null, null, 7.5, 3);
    String events =
        text(
            RoomCodec.events(
                List.of(
                    new RoomEvent.TimelineChanged(3, timeline, RoomEvent.Reason.NEXT),
                    new RoomEvent.TimelineChanged(3, timeline, RoomEvent.Reason.ENDED),
                    new RoomEvent.PlayerReported(by, report),
                    new RoomEvent.QueueChanged(4, QueueChange.NONE, by))));
    assertThat(events)
        .contains("\"reason\":\"next\"", "\"reason\":\"ended\"", "\"duration\":7.5,\"item\":3")
        .contains("{\"t\":\"queue\",\"seq\":4,\"by\":\"" + by.value() + "\"}");
    assertThat(QueueParts.of(QUEUED.queue()))
        .extracting(part -> part.key().storedName())
        .contains("queue", "played", "undo")
        .contains("q:" + QueueSamples.item(0).id(), "v:" + ROOM.hostId().value());
    var cast = new QueuePart.Cast(by, new Ballot(Set.of(new UUID(0, 1)), true));
    assertThat(text(QueueCodec.part(cast)))
        .isEqualTo(
            "{\"v\":3,\"user\":\"%s\",\"items\":\"AAAAAAAAAAAAAAAAAAAAAQ\",\"skip\":true}"
                .formatted(by.value()));
    assertThat(text(QueueCodec.part(new QueuePart.Listed(QueueSamples.item(5)))))
        .startsWith("{\"v\":3,\"id\":\"40000000-0000-4000-0000-000000000005\",\"media\":{\"url\":")
        .endsWith("\"at\":1700000000000,\"rank\":5242880}");
  }

  @Test
  void event_of_a_changed_queue_round_trips_with_each_of_its_fields() {
    QueueItem item = QueueSamples.item(1);
    var described =
        List.of(
            new QueueChange.Description(item.id(), "title", null, null),
            new QueueChange.Description(item.id(), null, 7.25, "https://films.example/a.jpg"));
    var full =
        new QueueChange(
            List.of(item, QueueSamples.item(2)),
            List.of(new UUID(1, 1)),
            List.of(new ItemRank(new UUID(1, 2), Long.MIN_VALUE)),
            described,
            QueueSamples.item(3),
            new PlayedItem(QueueSamples.item(4), 5, true, 12.25),
            new UUID(1, 3),
            new QueueMode(QueueMode.Loop.ONE, false, QueueMode.Order.VOTES),
            List.of(new ItemVotes(item.id(), 3)),
            new SkipVotes(1, 2),
            0L);
    for (QueueChange change : List.of(full, QueueChange.NONE)) {
      for (UserId by : new UserId[] {ROOM.hostId(), null}) {
        var event = new RoomEvent.QueueChanged(9, change, by);
        assertThat(RoomCodec.readEvents(RoomCodec.events(List.of(event)))).containsExactly(event);
      }
    }
  }

  @Test
  void damaged_parts_are_corrupt() {
    var listed = new QueuePart.Listed(QueueSamples.item(1));
    String json = text(QueueCodec.part(listed));
    assertCorrupt(listed.key(), json.replace("\"v\":3", "\"v\":4"), "has version 4");
    assertCorrupt(
        listed.key(), json.replace("\"rank\":1048576", "\"rank\":1.5"), "no whole number");
    assertCorrupt(listed.key(), json.replace(",\"at\":1700000000000", ""), ".at is missing");
    assertCorrupt(QueueKey.item(new UUID(1, 1)), json, "is of another key");
    var cast = new QueuePart.Cast(ROOM.hostId(), new Ballot(Set.of(new UUID(9, 9)), false));
    String ballot = text(QueueCodec.part(cast));
    assertCorrupt(cast.key(), ballot.replace("CQ\"", "\""), ".items is impossible");
    assertCorrupt(cast.key(), ballot.replace("CQ\"", "C!\""), ".items is impossible");
    String showing = text(QueueCodec.part(QueuePart.Showing.of(QUEUED.queue())));
    assertCorrupt(QueueKey.SHOWING, showing.replace("\"all\"", "\"some\""), "no known name");
    assertThatThrownBy(() -> QueueKey.ofStoredName("q:7"))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("a part of the queue has no id");
    assertThat(QueueKey.ofStoredName("epoch")).isNull();
  }

  private static void assertCorrupt(QueueKey key, String json, String message) {
    assertThatThrownBy(() -> QueueCodec.readPart(key, bytes(json)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining(message);
  }

  @Test
  void what_an_older_server_has_left_is_left_out() {
    List<QueuePart> parts = QueueParts.of(QUEUED.queue());
    // It has set another film, and a member has left.
    Room other = QUEUED.withMedia(QueueSamples.item(77).media(), QUEUED.timeline());
    Queue seen = assembled(other, parts).queue();
    assertThat(seen.current()).isNull();
    assertThat(seen.playedOn()).isFalse();
    assertThat(seen.votes().skips()).isZero();
    assertThat(seen.items()).isEqualTo(QUEUED.queue().items());
    assertThat(seen.played()).isEqualTo(QUEUED.queue().played());
    Room left = QUEUED.withMembers(QUEUED.members().minus(ROOM.hostId()), 1);
    assertThat(assembled(left, parts).queue().votes().isEmpty()).isTrue();
    var fewer = new ArrayList<>(parts);
    fewer.removeIf(part -> part.key().equals(QueueKey.item(QueueSamples.item(0).id())));
    Queue without = assembled(QUEUED, fewer).queue();
    assertThat(without.votes().ballots().get(ROOM.hostId())).isEqualTo(new Ballot(Set.of(), true));
  }

  @Test
  void ballot_with_the_most_votes_is_about_a_kilobyte() {
    var ids = new HashSet<UUID>();
    var random = new Random(3);
    while (ids.size() < Ballot.ITEMS_MAX) {
      ids.add(new UUID(random.nextLong(), random.nextLong()));
    }
    var cast = new QueuePart.Cast(ROOM.hostId(), new Ballot(ids, true));
    assertThat(QueueCodec.part(cast)).hasSizeLessThan(1_200);
    assertThat(QueueCodec.readPart(cast.key(), QueueCodec.part(cast))).isEqualTo(cast);
  }
}
