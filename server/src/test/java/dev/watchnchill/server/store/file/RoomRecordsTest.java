package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.queue.Ballot;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.store.TextDelta;
import dev.watchnchill.server.store.codec.OlderRooms;
import dev.watchnchill.server.store.codec.QueueKey;
import dev.watchnchill.server.store.codec.QueueParts;
import dev.watchnchill.server.store.codec.QueueSamples;
import dev.watchnchill.server.store.codec.RoomRecordCodec;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change writes the records that it changed, in a room of any size. */
final class RoomRecordsTest {
  private static final RoomId ID = Scribbler.id(1);
  private static final long NOW_MS = RoomScripts.START_MS;
  private static final RoomRules RULES = new RoomRules(Limits.DEFAULT);

  private final RoomRecords records = new RoomRecords();
  private final Map<RecordKey, byte @Nullable []> written = new HashMap<>();

  private static Member guest(int number) {
    var id = new UserId(new UUID(3, number));
    return new Member(id, new DisplayName("P" + number), false, NOW_MS, null, null, null);
  }

  /** Returns a room with a film, its host and so many guests. */
  private static Room room(int guests) {
    Room room = Scribbler.room(ID, NOW_MS);
    var film = Media.parse("https://films.example/one.mp4").orElseThrow();
    room =
        RULES
            .decide(room, new RoomCommand.SetVideo(room.hostId(), film, new UUID(6, 1)), NOW_MS)
            .next();
    var members = new ArrayList<Member>(room.members().list());
    for (int i = 0; i < guests; i++) {
      members.add(guest(i));
    }
    return room.changed(NOW_MS).withMembers(Members.of(members), NOW_MS);
  }

  private static Room played(Room room) {
    var play = new RoomCommand.Play(room.hostId(), 40, false);
    Room next = RULES.decide(room, play, NOW_MS + 1).next();
    assertThat(next.seq()).isGreaterThan(room.seq());
    return next;
  }

  private void create(Room room) {
    records.create(room, written::putAll);
  }

  /** Returns the keys of the records that the change writes. */
  private Set<RecordKey> keysOf(Room before, Room next) {
    Map<RecordKey, byte @Nullable []> changes = new HashMap<>();
    records.update(before, next, TextDelta.NONE, changes::putAll);
    written.putAll(changes);
    written.values().removeIf(record -> record == null);
    return changes.keySet();
  }

  private void assertWritten(Room room) {
    var assembly = new RoomAssembly();
    written.values().forEach(record -> assembly.add(RoomRecordCodec.read(record)));
    assertThat(assembly.rooms()).containsExactly(room);
    var collected = new HashMap<RecordKey, byte @Nullable []>();
    records.collect(room, Map.of(), collected);
    assertThat(collected).containsExactlyInAnyOrderEntriesOf(written);
  }

  @Test
  void play_in_a_room_of_500_writes_one_record() {
    Room room = room(500);
    create(room);
    // The state, the host, the guests, and the current item.
    assertThat(written).hasSize(503);
    Room next = played(room);
    assertThat(keysOf(room, next)).containsExactly(RecordKey.state(ID));
    assertWritten(next);
  }

  @Test
  void join_change_and_departure_in_a_room_of_500_write_the_member_and_the_state() {
    Room room = room(500);
    create(room);
    Room joined = with(room, room.members().plus(guest(500)));
    assertThat(keysOf(room, joined)).containsExactlyInAnyOrder(state(), member(500));
    Room away = with(joined, joined.members().with(guest(17).asAway(NOW_MS)));
    assertThat(keysOf(joined, away)).containsExactlyInAnyOrder(state(), member(17));
    Room left = with(away, away.members().minus(guest(3).id()));
    assertThat(keysOf(away, left)).containsExactlyInAnyOrder(state(), member(3));
    assertThat(written).doesNotContainKey(member(3));
    assertWritten(left);
  }

  @Test
  void member_who_moves_to_the_end_gets_a_new_place() {
    Room room = room(3);
    create(room);
    var moved = new ArrayList<Member>(room.members().list());
    moved.add(moved.remove(1));
    Room next = with(room, Members.of(moved));
    assertThat(keysOf(room, next)).containsExactlyInAnyOrder(state(), member(0));
    assertWritten(next);
  }

  @Test
  void message_beyond_the_history_writes_itself_and_removes_the_oldest() {
    Room room = room(500);
    create(room);
    long first = room.seq() + 1;
    for (int i = 0; i < Limits.DEFAULT.chatKeep(); i++) {
      Room next = Scribbler.next(room, NOW_MS).next();
      assertThat(keysOf(room, next))
          .containsExactlyInAnyOrder(state(), RecordKey.message(ID, next.seq()));
      room = next;
    }
    Room next = Scribbler.next(room, NOW_MS).next();
    assertThat(keysOf(room, next))
        .containsExactlyInAnyOrder(
            state(), RecordKey.message(ID, next.seq()), RecordKey.message(ID, first));
    assertWritten(next);
  }

  @Test
  void play_in_a_room_with_bans_writes_one_record_and_a_ban_writes_two() {
    Room room = room(5);
    create(room);
    EntryState bans = OlderRooms.entry(room.entry().secret(), 200);
    Room banned = room.changed(NOW_MS).withEntry(bans);
    assertThat(keysOf(room, banned)).containsExactlyInAnyOrder(state(), RecordKey.entry(ID));
    assertWritten(banned);
    Room next = played(banned);
    assertThat(keysOf(banned, next)).containsExactly(RecordKey.state(ID));
    assertWritten(next);
    Room plain = next.changed(NOW_MS).withEntry(room.entry());
    assertThat(keysOf(next, plain)).containsExactlyInAnyOrder(state(), RecordKey.entry(ID));
    assertThat(written).doesNotContainKey(RecordKey.entry(ID));
    assertWritten(plain);
  }

  @Test
  void changes_in_a_room_with_a_queue_of_500_write_what_they_change() {
    Room room = QueueSamples.large(room(1), 497, 500);
    create(room);
    // Of 499 members, each of whom votes.
    assertThat(written).hasSize(1 + 2 * 499 + 500 + 3);
    Room next = played(room);
    assertThat(keysOf(room, next)).containsExactly(RecordKey.state(ID));
    assertWritten(next);
    Queue queue = next.queue();
    var ballot = new Ballot(Set.of(queue.items().get(9).id()), false);
    Room voted =
        next.changed(NOW_MS)
            .withQueue(
                QueueSamples.withVotes(queue, queue.votes().with(Map.of(room.hostId(), ballot))));
    assertThat(keysOf(next, voted))
        .containsExactlyInAnyOrder(state(), RecordKey.queue(ID, QueueKey.ballot(room.hostId())));
    assertWritten(voted);
  }

  @Test
  void records_of_a_queue_are_those_of_its_last_changes() {
    var random = new Random(8);
    Room room = QueueSamples.queued(room(5));
    create(room);
    for (int step = 0; step < 200; step++) {
      Room next = QueueSamples.changed(room, random, step);
      keysOf(room, next);
      assertWritten(next);
      room = next;
    }
  }

  @Test
  void removed_room_leaves_no_record() {
    Room room = QueueSamples.queued(OlderRooms.guarded(Scribbler.next(room(5), NOW_MS).next()));
    create(room);
    int queue = QueueParts.of(room.queue()).size();
    assertThat(queue).isEqualTo(3 + 6 + 3);
    records.remove(room, written::putAll);
    assertThat(written).hasSize(9 + queue).allSatisfy((_, record) -> assertThat(record).isNull());
  }

  @Test
  void change_that_cannot_be_written_is_no_change() {
    Room room = room(5);
    create(room);
    Room joined = with(room, room.members().minus(guest(1).id()).plus(guest(6)));
    assertThatThrownBy(() ->
            records.update(
                room,
                joined,
                TextDelta.NONE,
                _ -> {
                  throw new StoreUnavailableException("the disk is full");
                }))
        .isInstanceOf(StoreUnavailableException.class);
    assertWritten(room);
    assertThat(keysOf(room, joined)).containsExactlyInAnyOrder(state(), member(1), member(6));
    assertWritten(joined);
  }

  @Test
  void bytes_of_a_play_do_not_grow_with_the_members(@TempDir Path dir) throws IOException {
    long small = bytesOfPlays(dir.resolve("small.mv"), room(1));
    long large = bytesOfPlays(dir.resolve("large.mv"), room(499));
    // MVStore's own bookkeeping is part of it, in whole blocks, so the two need not be equal.
    assertThat(large).isPositive().isLessThan(2 * small);
  }

  private static long bytesOfPlays(Path path, Room room) throws IOException {
    RoomFile.create(path, Map.of(), 1);
    try (FaultyDisk disk = FaultyDisk.plugIn();
        RoomFile file = RoomFile.open(FaultyDisk.SCHEME, path, 1, _ -> {})) {
      var persistence = new DirectPersistence(file);
      persistence.create(room);
      long before = disk.bytes();
      Room now = room;
      for (int i = 0; i < 50; i++) {
        Room next = played(now);
        persistence.update(now, next, TextDelta.NONE);
        now = next;
      }
      return disk.bytes() - before;
    }
  }

  private static Room with(Room room, Members members) {
    return room.changed(NOW_MS).withMembers(members, NOW_MS);
  }

  private static RecordKey state() {
    return RecordKey.state(ID);
  }

  private static RecordKey member(int number) {
    return RecordKey.member(ID, guest(number).id());
  }
}
