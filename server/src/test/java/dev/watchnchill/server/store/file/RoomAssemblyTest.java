package dev.watchnchill.server.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.server.store.codec.OlderRooms;
import dev.watchnchill.server.store.codec.QueuePart;
import dev.watchnchill.server.store.codec.QueueSamples;
import dev.watchnchill.server.store.codec.RoomRecord;
import dev.watchnchill.server.store.codec.RoomRecordCodec;
import dev.watchnchill.server.store.codec.RoomScripts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rooms are put together from the newest records, in whatever order these are found. */
final class RoomAssemblyTest {
  private static final RoomId ID = Scribbler.id(1);
  private static final Room FIRST = Scribbler.room(ID, RoomScripts.START_MS);
  private static final Member HOST = FIRST.members().list().getFirst();

  private static RoomRecord state(Room room) {
    return RoomRecordCodec.read(RoomRecordCodec.state(room));
  }

  private static RoomRecord host(long epoch, long seq, Member member) {
    return new RoomRecord.OfMember(ID, epoch, seq, 0, member);
  }

  private static List<Room> assembled(List<RoomRecord> records) {
    var assembly = new RoomAssembly();
    records.forEach(assembly::add);
    return assembly.rooms();
  }

  @Test
  void rooms_are_found_in_any_order_of_their_records() {
    var random = new Random(5);
    var rooms = new HashMap<RoomId, Room>();
    for (int seed = 0; seed < 20; seed++) {
      RoomScripts.play(seed, 60, (_, decision) -> rooms.put(decision.next().id(), decision.next()));
    }
    var divided = new RoomRecords();
    var bytes = new HashMap<RecordKey, byte[]>();
    rooms
        .values()
        .forEach(room -> {
          divided.adopt(room);
          divided.collect(room, Map.of(), bytes);
        });
    var records = new ArrayList<>(bytes.values().stream().map(RoomRecordCodec::read).toList());
    for (int i = 0; i < 5; i++) {
      Collections.shuffle(records, random);
      assertThat(assembled(records)).containsExactlyInAnyOrderElementsOf(rooms.values());
    }
  }

  @Test
  void newer_record_of_one_thing_counts() {
    Room later = FIRST.changed(RoomScripts.START_MS + 5);
    Member away = HOST.asAway(3);
    List<RoomRecord> records =
        new ArrayList<>(List.of(state(FIRST), state(later), host(7, 1, HOST), host(7, 2, away)));
    for (int i = 0; i < 2; i++) {
      assertThat(assembled(records))
          .singleElement()
          .satisfies(room -> {
            assertThat(room.seq()).isEqualTo(later.seq());
            assertThat(room.members().list()).containsExactly(away);
          });
      Collections.reverse(records);
    }
  }

  @Test
  void records_of_an_earlier_room_and_of_no_room_are_left_out() {
    List<RoomRecord> records =
        List.of(
            state(FIRST),
            host(6, 99, HOST),
            new RoomRecord.OfMember(Scribbler.id(2), 7, 1, 0, HOST));
    assertThat(assembled(records))
        .singleElement()
        .satisfies(room -> assertThat(room.members().isEmpty()).isTrue());
  }

  @Test
  void removed_entry_state_is_left_out_and_one_newer_than_the_state_counts() {
    Room guarded = OlderRooms.guarded(FIRST);
    EntryState entry = guarded.entry();
    var record = new RoomRecord.OfEntry(ID, 7, guarded.seq(), entry);
    var older = new RoomRecord.OfEntry(ID, 7, 1, FIRST.entry().withPassword("older"));
    Room plain = guarded.changed(RoomScripts.START_MS).withEntry(FIRST.entry());
    assertThat(entryOf(List.of(state(guarded), older, record))).isEqualTo(entry);
    assertThat(entryOf(List.of(state(guarded), record, older))).isEqualTo(entry);
    assertThat(entryOf(List.of(record, state(plain)))).isEqualTo(FIRST.entry());
    assertThat(entryOf(List.of(record, state(FIRST)))).isEqualTo(entry);
    assertThat(entryOf(List.of(new RoomRecord.OfEntry(ID, 6, 99, entry), state(guarded))))
        .isEqualTo(FIRST.entry());
  }

  private static EntryState entryOf(List<RoomRecord> records) {
    return assembled(records).getFirst().entry();
  }

  @Test
  void items_count_as_many_as_a_list_may_have_and_none_of_a_list_that_is_empty() {
    Room listed = QueueSamples.large(FIRST, 0, 2);
    var records = new ArrayList<RoomRecord>(List.of(state(listed), host(7, 1, HOST)));
    for (int i = 0; i < 600; i++) {
      records.add(item(listed, 10 + i, i));
    }
    records.add(new RoomRecord.OfQueue(ID, 6, 999, new QueuePart.Listed(QueueSamples.item(999))));
    List<QueueItem> found = assembled(records).getFirst().queue().items();
    assertThat(found).hasSize(Queue.ITEMS_MAX);
    assertThat(found.getFirst()).isEqualTo(QueueSamples.item(100));
    Room none = FIRST.changed(RoomScripts.START_MS).changed(RoomScripts.START_MS);
    List<RoomRecord> older = List.of(state(none), host(7, 1, HOST), item(none, 2, 1));
    assertThat(assembled(older).getFirst().queue()).isEqualTo(Queue.EMPTY);
    List<RoomRecord> newer = List.of(state(none), host(7, 1, HOST), item(none, 9, 1));
    assertThat(assembled(newer).getFirst().queue().items()).containsExactly(QueueSamples.item(1));
  }

  private static RoomRecord item(Room room, long seq, int number) {
    var part = new QueuePart.Listed(QueueSamples.item(number));
    return new RoomRecord.OfQueue(room.id(), room.epoch(), seq, part);
  }

  @Test
  void messages_outside_of_the_history_are_left_out() {
    Room room = Scribbler.next(Scribbler.next(FIRST, 5).next(), 6).next();
    List<ChatMessage> messages = room.chat().messages();
    var records = new ArrayList<RoomRecord>(List.of(state(room), host(7, 1, HOST)));
    for (long seq : List.of(1L, 4L)) {
      ChatMessage message = messages.getFirst();
      records.add(
          new RoomRecord.OfMessage(
              ID,
              7,
              new ChatMessage(
                  message.id(), message.userId(), message.userName(), "x", message.atMs(), seq)));
    }
    messages.forEach(message -> records.add(new RoomRecord.OfMessage(ID, 7, message)));
    assertThat(assembled(records)).containsExactly(room);
  }
}
