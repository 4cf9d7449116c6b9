package dev.watchnchill.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.queue.Queue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that rooms divided into records are put together as they were. */
final class RoomRecordCodecTest {
  private static final Room ROOM = RoomScripts.start(new RoomId("AB12CD"), 7);
  private static final Member HOST = ROOM.members().list().getFirst();

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void state_with_members_and_messages_is_the_room() {
    for (int seed = 0; seed < 100; seed++) {
      RoomScripts.play(
          seed,
          120,
          (_, decision) -> {
            Room room = decision.next();
            var state = (RoomRecord.State) RoomRecordCodec.read(RoomRecordCodec.state(room));
            assertThat(state.room().members()).isEqualTo(Members.NONE);
            assertThat(state.room().chat()).isEqualTo(ChatLog.EMPTY);
            assertThat(state.room().entry().isPlain()).isTrue();
            assertThat(state.room().queue()).isEqualTo(Queue.EMPTY);
            assertThat(state.listed()).isEqualTo(room.queue().items().size());
            assertThat(state.entryApart()).isNotEqualTo(room.entry().isPlain());
            var entry = (RoomRecord.OfEntry) RoomRecordCodec.read(RoomRecordCodec.entry(room, 4));
            assertThat(entry)
                .isEqualTo(new RoomRecord.OfEntry(room.id(), room.epoch(), 4, room.entry()));
            assertThat(state.with(room.members(), room.chat(), entry.entry(), parts(room)))
                .isEqualTo(room);
            for (ChatMessage message : room.chat().messages()) {
              assertThat(RoomRecordCodec.read(RoomRecordCodec.message(room, message)))
                  .isEqualTo(
                      new RoomRecord.OfMessage(
                          room.id(), room.epoch(), message.withReactions(Reactions.NONE)));
              assertThat(message.seq()).isBetween(state.firstMessageSeq(), state.seq());
            }
            ReactionParts.of(room.chat())
                .forEach((key, marks) ->
                    assertThat(RoomRecordCodec.read(RoomRecordCodec.reactions(room, key, marks)))
                        .isEqualTo(
                            new RoomRecord.OfReactions(room.id(), room.epoch(), key, marks)));
            for (Member member : room.members().list()) {
              assertThat(RoomRecordCodec.read(RoomRecordCodec.member(room, 5, 9, member)))
                  .isEqualTo(new RoomRecord.OfMember(room.id(), room.epoch(), 5, 9, member));
            }
          });
    }
  }

  private static QueueAssembly parts(Room room) {
    var assembly = new QueueAssembly();
    for (QueuePart part : QueueParts.of(room.queue())) {
      assembly.add(
          ((RoomRecord.OfQueue) RoomRecordCodec.read(RoomRecordCodec.queue(room, 4, part))).part());
    }
    return assembly;
  }

  @Test
  void every_record_names_its_room_and_revision() {
    var message = new ChatMessage(HOST.id().value(), HOST.id(), HOST.name(), "hi", 3, 8);
    assertThat(text(RoomRecordCodec.state(ROOM)))
        .startsWith("{\"v\":1,\"type\":\"state\",\"id\":\"AB12CD\",\"epoch\":7,\"seq\":1,")
        .doesNotContain("firstMessage");
    assertThat(text(RoomRecordCodec.member(ROOM, 5, 9, HOST)))
        .startsWith(
            "{\"v\":1,\"type\":\"member\",\"room\":\"AB12CD\",\"epoch\":7,\"seq\":5,\"place\":9,"
                + "\"member\":{\"id\":\"");
    assertThat(text(RoomRecordCodec.entry(ROOM, 5)))
        .startsWith(
            "{\"v\":2,\"type\":\"entry\",\"room\":\"AB12CD\",\"epoch\":7,\"seq\":5,"
                + "\"entry\":{\"secret\":\"");
    assertThat(text(RoomRecordCodec.queue(ROOM, 5, new QueuePart.Listed(QueueSamples.item(5)))))
        .startsWith(
            "{\"v\":3,\"type\":\"queue\",\"room\":\"AB12CD\",\"epoch\":7,\"seq\":5,"
                + "\"key\":\"q:40000000-0000-4000-0000-000000000005\",\"part\":{\"id\":\"");
    assertThat(text(RoomRecordCodec.message(ROOM, message)))
        .startsWith(
            "{\"v\":1,\"type\":\"message\",\"room\":\"AB12CD\",\"epoch\":7,\"message\":{\"id\":\"")
        .endsWith("\"seq\":8}}");
  }

  @Test
  void state_whose_times_contradict_the_members_that_were_found_is_set_right() {
    var state = (RoomRecord.State) RoomRecordCodec.read(RoomRecordCodec.state(ROOM));
    Room empty = state.with(Members.NONE, ChatLog.EMPTY, null, new QueueAssembly());
    assertThat(empty.emptySinceMs()).isEqualTo(ROOM.lastWriteMs());
    var guest = new Member(HOST.id(), HOST.name(), false, HOST.joinedAtMs(), null, null, null);
    assertThat(
            state
                .with(Members.of(List.of(guest)), ChatLog.EMPTY, null, new QueueAssembly())
                .hostlessSinceMs())
        .isEqualTo(ROOM.lastWriteMs());
  }

  @Test
  void record_of_an_unknown_type_or_version_is_corrupt_and_a_whole_room_has_no_type() {
    String state = text(RoomRecordCodec.state(ROOM));
    assertThatThrownBy(() -> RoomRecordCodec.read(bytes(state.replace("\"state\"", "\"stage\""))))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("record.type is no known type");
    assertThatThrownBy(() -> RoomRecordCodec.read(bytes(state.replace("\"v\":1", "\"v\":4"))))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("record has version 4, and this server reads up to 3");
    byte[] whole = WholeRoomJson.of(ROOM);
    assertThat(RoomRecordCodec.readTyped(RecordJson.read(whole))).isNull();
    assertThatThrownBy(() -> RoomRecordCodec.read(whole))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("record.type is missing");
  }
}
