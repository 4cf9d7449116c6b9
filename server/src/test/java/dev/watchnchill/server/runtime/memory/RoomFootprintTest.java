package dev.watchnchill.server.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueChange;
import dev.watchnchill.server.store.codec.OlderRooms;
import dev.watchnchill.server.store.codec.QueueSamples;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RoomFootprintTest {
  private static final UserId ANN = new UserId(new UUID(0x4000, 1));
  private final RoomRules rules = new RoomRules(Limits.DEFAULT);
  private final RoomMemory memory = new RoomMemory(10_000);
  private final RoomFootprint footprint = new RoomFootprint(memory);
  private final Room room =
      rules.create(
          new RoomId("AAAAAA"),
          1,
          new DisplayName("Ann"),
          ANN,
          SecretHash.of("host"),
          SecretHash.of("seat"),
          1);

  private Room says(Room before, String text) {
    return rules
        .decide(before, new RoomCommand.SendMessage(ANN, new UUID(0x4000, text.length()), text), 2)
        .next();
  }

  @Test
  void RL11_room_counts_its_members_its_chat_and_its_history_until_it_ends() {
    footprint.update(room, 0);
    long bare = memory.bytes();
    assertThat(bare).isEqualTo(RoomFootprint.ROOM_BYTES + RoomFootprint.MEMBER_BYTES);
    footprint.update(room, 123);
    assertThat(memory.bytes()).isEqualTo(bare + 123);
    footprint.update(says(room, "x".repeat(500)), 0);
    assertThat(memory.bytes()).isEqualTo(bare + RoomFootprint.MESSAGE_BYTES + 500);
    footprint.update(says(room, "€".repeat(500)), 0);
    assertThat(memory.bytes()).isEqualTo(bare + RoomFootprint.MESSAGE_BYTES + 1_000);
    footprint.end();
    footprint.end();
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void RL11_room_counts_its_title_and_its_entry_state() {
    footprint.update(room, 0);
    long bare = memory.bytes();
    EntryState entry = OlderRooms.entry(room.entry().secret(), 200);
    footprint.update(room.withEntry(entry), 0);
    assertThat(memory.bytes())
        .isEqualTo(
            bare
                + 204 * RoomFootprint.ADMISSION_BYTES
                + 3 * RoomFootprint.LISTED_BYTES
                + "stored form".length());
    footprint.update(room.withSettings(OlderRooms.guarded(room).settings()), 0);
    assertThat(memory.bytes()).isEqualTo(bare + "Films at nine".length());
    footprint.end();
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void RL11_room_counts_its_queue() {
    footprint.update(room, 0);
    long bare = memory.bytes();
    Room queued = QueueSamples.queued(room);
    footprint.update(queued, 0);
    long texts = 0;
    for (int number : new int[] {0, 1, 2, 1_000, 1_001, 1_002, 1_003}) {
      var item = QueueSamples.item(number);
      // The title has characters beyond Latin-1.
      texts += item.media().url().length() + 2L * Objects.requireNonNull(item.title()).length();
      texts += Objects.requireNonNull(item.poster()).length();
    }
    assertThat(memory.bytes())
        .isEqualTo(
            bare
                + texts
                + 7 * QueueFootprint.ITEM_BYTES
                + QueueFootprint.BALLOT_BYTES
                + (1 + 2) * QueueFootprint.VOTE_BYTES);
    footprint.update(queued.withQueue(Queue.EMPTY), 0);
    assertThat(memory.bytes()).isEqualTo(bare);
    footprint.end();
    assertThat(memory.bytes()).isZero();
  }

  @Test
  void RL11_event_of_a_queue_counts_its_items() {
    var item = QueueSamples.item(1);
    var change =
        new QueueChange(
            List.of(item),
            List.of(new UUID(1, 1)),
            List.of(),
            List.of(),
            item,
            null,
            null,
            null,
            List.of(),
            null,
            null);
    assertThat(RoomFootprint.bytes(new RoomEvent.QueueChanged(3, change, ANN), room))
        .isGreaterThan(RoomFootprint.EVENT_BYTES + 2 * QueueFootprint.ITEM_BYTES);
  }

  @Test
  void RL11_memory_is_full_at_its_bound_and_exhausted_a_quarter_later() {
    memory.add(9_999);
    assertThat(memory.full()).isFalse();
    memory.add(1);
    assertThat(memory.full()).isTrue();
    memory.add(2_499);
    assertThat(memory.exhausted()).isFalse();
    memory.add(1);
    assertThat(memory.exhausted()).isTrue();
  }
}
