package dev.watchnchill.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.entry.EntryState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests that decoding ends for any bytes, and fails with {@link CorruptRecordException} only. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CodecFuzzTest {
  private static final int ROUNDS = 60_000;
  private static final List<String> TOKENS =
      List.of(
          "null",
          "{}",
          "[]",
          "-1",
          "1e400",
          "9".repeat(500),
          "\"\\ud800\"",
          "true",
          "\u0000",
          "[[",
          "{\"v\":",
          "\"t\":\"report\"",
          "99999999999999999999",
          "-0.0",
          "\"\"",
          ",",
          "}",
          "]");

  private static final class RecordType {
    private final byte[] sample;
    private final Consumer<byte[]> reader;

    RecordType(byte[] sample, Consumer<byte[]> reader) {
      this.sample = sample;
      this.reader = reader;
    }
  }

  private static List<RecordType> recordTypes() {
    var recordTypes = new ArrayList<RecordType>();
    Room queued = QueueSamples.queued(RoomScripts.start(new RoomId("AB12CD"), 7));
    for (QueuePart part : QueueParts.of(queued.queue())) {
      for (int i = 0; i < 50; i++) { // as many as of the others
        recordTypes.add(
            new RecordType(QueueCodec.part(part), bytes -> QueueCodec.readPart(part.key(), bytes)));
        recordTypes.add(
            new RecordType(RoomRecordCodec.queue(queued, 5, part), RoomRecordCodec::read));
      }
    }
    for (int seed = 0; seed < 20; seed++) {
      RoomScripts.play(
          seed,
          60,
          (_, decision) -> {
            Room room = decision.next();
            recordTypes.add(new RecordType(WholeRoomJson.of(room), RoomCodec::readRoom));
            recordTypes.add(
                new RecordType(
                    RoomCodec.state(room),
                    bytes -> RoomCodec.readState(bytes, Members.NONE, ChatLog.EMPTY)));
            recordTypes.add(
                new RecordType(RoomCodec.members(room.members()), RoomCodec::readMembers));
            room.chat()
                .messages()
                .forEach(message -> {
                  recordTypes.add(
                      new RecordType(RoomCodec.message(message), RoomCodec::readMessage));
                  recordTypes.add(
                      new RecordType(
                          RoomRecordCodec.message(room, message), RoomRecordCodec::read));
                });
            ReactionParts.of(room.chat())
                .forEach((key, marks) -> {
                  recordTypes.add(
                      new RecordType(ReactionCodec.marks(marks), ReactionCodec::readMarks));
                  recordTypes.add(
                      new RecordType(
                          RoomRecordCodec.reactions(room, key, marks), RoomRecordCodec::read));
                });
            room.members()
                .list()
                .forEach(member ->
                    recordTypes.add(
                        new RecordType(
                            RoomRecordCodec.member(room, 5, 9, member), RoomRecordCodec::read)));
            recordTypes.add(new RecordType(RoomRecordCodec.state(room), RoomRecordCodec::read));
            recordTypes.add(new RecordType(RoomCodec.entry(room.entry()), RoomCodec::readEntry));
            recordTypes.add(new RecordType(RoomRecordCodec.entry(room, 5), RoomRecordCodec::read));
            recordTypes.add(
                new RecordType(
                    RoomCodec.entryChange(
                        EntryState.of(room.entry().secret(), "stored form"), room.entry()),
                    bytes -> {
                      EntryState before = EntryState.of(room.entry().secret(), null);
                      var _ = RoomCodec.readEntryChange(RecordJson.read(bytes)).apply(before);
                    }));
            List<RoomEvent> events = decision.events();
            recordTypes.add(new RecordType(RoomCodec.events(events), RoomCodec::readEvents));
          });
    }
    return recordTypes;
  }

  @Test
  void RB1_damaged_records_are_corrupt_and_nothing_worse() {
    List<RecordType> recordTypes = recordTypes();
    var random = new Random(4);
    int corrupt = 0;
    for (int round = 0; round < ROUNDS; round++) {
      RecordType type = recordTypes.get(random.nextInt(recordTypes.size()));
      byte[] bytes = damaged(type.sample, random);
      try {
        type.reader.accept(bytes);
      } catch (CorruptRecordException e) {
        corrupt++;
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            "round " + round + ": " + new String(bytes, StandardCharsets.ISO_8859_1), e);
      }
    }
    assertThat(corrupt).isBetween(ROUNDS / 4, ROUNDS - 1);
  }

  private static byte[] damaged(byte[] sample, Random random) {
    byte[] bytes = sample.clone();
    for (int times = 1 + random.nextInt(3); times > 0 && bytes.length > 0; times--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = spliced(bytes, at, bytes, random.nextInt(bytes.length));
        default -> {
          byte[] token = TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
          bytes = spliced(bytes, at, token, 0);
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] head, int end, byte[] tail, int from) {
    byte[] joined = Arrays.copyOf(head, end + tail.length - from);
    System.arraycopy(tail, from, joined, end, tail.length - from);
    return joined;
  }

  @Test
  void RB1_records_nested_without_end_are_corrupt() {
    for (String open : List.of("[", "{\"v\":")) {
      byte[] bytes = open.repeat(200_000).getBytes(StandardCharsets.UTF_8);
      assertThatThrownBy(() -> RoomCodec.readRoom(bytes))
          .isInstanceOf(CorruptRecordException.class);
    }
  }
}
