package dev.watchnchill.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.playback.ViewerReport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written is read again as it was, by this version and by its neighbours. */
final class RoomCodecTest {
  private static final int EVENINGS = 400;
  private static final int COMMANDS = 120;
  private static final Room ROOM = RoomScripts.start(new RoomId("AB12CD"), 7);

  private static void evenings(BiConsumer<RoomCommand, Decision> listener) {
    for (int seed = 0; seed < EVENINGS; seed++) {
      RoomScripts.play(seed, COMMANDS, listener);
    }
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<Class<?>> records(Class<?> kind) {
    return kind.isSealed()
        ? Stream.of(kind.getPermittedSubclasses()).flatMap(RoomCodecTest::records)
        : Stream.of(kind);
  }

  @Test
  void room_is_read_as_it_was_whole_and_by_sections() {
    var shapes = new HashSet<String>();
    evenings((_, decision) -> {
      Room room = decision.next();
      assertThat(RoomCodec.readRoom(RoomCodec.room(room))).isEqualTo(room);
      var chat = new ArrayList<ChatMessage>();
      for (ChatMessage message : room.chat().messages()) {
        chat.add(RoomCodec.readMessage(RoomCodec.message(message)));
      }
      assertThat(
              RoomCodec.readState(
                  RoomCodec.state(room),
                  RoomCodec.readMembers(RoomCodec.members(room.members())),
                  new ChatLog(chat)))
          .isEqualTo(room);
      shapes.addAll(shapes(room));
    });
    // Else the test above would hold of rooms that look alike.
    assertThat(shapes)
        .contains("empty", "hostless", "closed", "no host named", "no film", "chat", "away", "base")
        .contains(names(Timeline.Phase.values()))
        .contains(names(ReadyBarrier.Reason.values()))
        .contains(names(VideoKind.values()));
  }

  private static String[] names(Enum<?>[] constants) {
    return Stream.of(constants).map(Enum::name).toArray(String[]::new);
  }

  private static Set<String> shapes(Room room) {
    var shapes = new HashSet<String>();
    shapes.add(room.emptySinceMs() != null ? "empty" : "");
    shapes.add(room.hostlessSinceMs() != null ? "hostless" : "");
    shapes.add(room.closed() ? "closed" : "");
    shapes.add(room.members().find(room.hostId()) == null ? "no host named" : "");
    shapes.add(room.media() == null ? "no film" : room.media().kind().name());
    shapes.add(room.chat().messages().isEmpty() ? "" : "chat");
    shapes.add(room.timeline().phase().name());
    ReadyBarrier barrier = room.timeline().barrier();
    shapes.add(barrier == null ? "" : barrier.reason().name());
    for (Member member : room.members().list()) {
      shapes.add(member.away() ? "away" : "");
      shapes.add(member.session() == null ? "base" : "");
    }
    return shapes;
  }

  @Test
  void events_of_every_type_are_read_as_they_were() {
    var commands = new HashSet<Class<?>>();
    var types = new HashSet<Class<?>>();
    evenings((command, decision) -> {
      commands.add(command.getClass());
      List<RoomEvent> events = decision.events();
      events.forEach(event -> types.add(event.getClass()));
      assertThat(RoomCodec.readEvents(RoomCodec.events(events))).isEqualTo(events);
    });
    assertThat(commands).containsAll(records(RoomCommand.class).toList());
    assertThat(types).containsAll(records(RoomEvent.class).toList());
  }

  @Test
  void every_word_of_an_event_is_read_as_it_was() {
    var by = new UserId(new UUID(1, 2));
    var events = new ArrayList<RoomEvent>();
    for (var action : RoomEvent.Action.values()) {
      events.add(new RoomEvent.Controlled(3, action, 0.1, Long.MAX_VALUE, by));
    }
    for (var reason : RoomEvent.Reason.values()) {
      events.add(new RoomEvent.TimelineChanged(3, Timeline.idle(5), reason));
    }
    for (var end : RoomEvent.ClosureReason.values()) {
      events.add(new RoomEvent.RoomClosed(3, end));
    }
    for (var state : ViewerReport.State.values()) {
      var report = new ViewerReport(null, null, null, null, null, null, state, null);
      events.add(new RoomEvent.PlayerReported(by, report));
    }
    assertThat(RoomCodec.readEvents(RoomCodec.events(events))).isEqualTo(events);
  }

  @Test
  void numbers_are_whole_or_the_same_double_again() {
    for (double exact : List.of(0.1 + 0.2, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 1e22, 3.0)) {
      var event = new RoomEvent.SyncReported(exact, true, exact, ROOM.hostId());
      assertThat(RoomCodec.readEvents(RoomCodec.events(List.of(event)))).containsExactly(event);
    }
    assertThat(text(RoomCodec.room(ROOM)))
        .startsWith("{\"v\":1,\"id\":\"AB12CD\",\"epoch\":7,\"seq\":1,")
        .contains("\"lastWrite\":1700000000000");
  }

  @Test
  void number_that_is_not_finite_is_never_written() {
    var event = new RoomEvent.SyncReported(Double.NaN, true, 1, ROOM.hostId());
    assertThatThrownBy(() -> RoomCodec.events(List.of(event)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("position is not finite");
  }

  @Test
  void TK1_of_secrets_there_are_hashes_alone() {
    String json = text(RoomCodec.room(ROOM));
    assertThat(json).doesNotContain("host token").doesNotContain("seat 0");
    assertThat(json).contains("\"hostToken\":\"" + ROOM.hostToken().hex() + "\"");
    String open = json.replace(ROOM.hostToken().hex(), "8e6f0f0c-6c0f-4b53-8a1f-8d3c8d4ad0b1");
    assertThatThrownBy(() -> RoomCodec.readRoom(bytes(open)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("room.hostToken is no hash");
  }

  @Test
  void fields_of_a_newer_version_are_ignored() {
    String json =
        text(RoomCodec.room(ROOM))
            .replace("{\"id\":", "{\"mood\":[{\"x\":1}],\"id\":")
            .replace("{\"v\":1,", "{\"lights\":null,\"v\":1,");
    assertThat(json).contains("mood").contains("lights");
    assertThat(RoomCodec.readRoom(bytes(json))).isEqualTo(ROOM);
  }

  @Test
  void event_types_of_a_newer_version_are_skipped() {
    var left = new RoomEvent.UserLeft(4, ROOM.hostId());
    String json =
        text(RoomCodec.events(List.of(left))).replace("[", "[{\"t\":\"applause\",\"n\":3},");
    assertThat(RoomCodec.readEvents(bytes(json))).containsExactly(left);
  }

  @Test
  void record_of_a_higher_version_is_refused_with_both_versions() {
    String json = text(RoomCodec.state(ROOM)).replace("\"v\":1", "\"v\":2");
    assertThatThrownBy(() -> RoomCodec.readState(bytes(json), ROOM.members(), ROOM.chat()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("state has version 2, and this server reads up to 1");
  }

  @Test
  void what_is_wrong_is_said_with_its_place_and_without_its_value() {
    String json = text(RoomCodec.room(ROOM));
    assertRefused(
        json.replace("\"phase\":\"paused\"", "\"phase\":\"upside\""),
        "room.timeline.phase is no word that is known here");
    assertRefused(
        json.replace("\"phase\":\"paused\"", "\"phase\":\"preparing\""),
        "room.timeline is impossible");
    assertRefused(json.replace("\"position\":0.0,", ""), "room.timeline.position is missing");
    assertRefused(
        json.replace("\"position\":0.0", "\"position\":1e999"),
        "room.timeline.position is no finite number");
    assertRefused(json.replace("\"seq\":1", "\"seq\":1.5"), "room.seq is no whole number");
    assertRefused(
        json.replace("\"item\":0", "\"item\":5000000000"), "room.timeline.item is too big");
    assertRefused(
        json.replace("\"host\":true", "\"host\":1"),
        "room.members[0].host is neither true nor false");
    assertRefused(
        json.replace("\"name\":\"Hana\"", "\"name\":\" \""), "room.members[0].name is impossible");
    assertRefused(json.replace("\"id\":\"AB12CD\"", "\"id\":\"ab\""), "room.id is impossible");
    assertRefused(json.replace(ROOM.hostId().toString(), "1-1-1-1-1"), "is no UUID");
    assertRefused(json.replace("\"seconds\":5", "\"seconds\":0"), "room.waiting is impossible");
    assertRefused(json + "x", "the record is no JSON");
    assertRefused("", "the record is empty");
    assertRefused("[]", "room is no object");
    assertRefused("null", "room is missing");
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> RoomCodec.readRoom(bytes(json)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining(message);
  }
}
