package dev.watchnchill.server.store.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.entry.EntryState;
import dev.watchnchill.party.entry.Knock;
import dev.watchnchill.party.playback.ReadyBarrier;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.playback.VideoKind;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that records are read as they were written, by this version and its neighbours. */
final class RoomCodecTest {
  private static final int RUNS = 400;
  private static final int COMMANDS = 120;
  private static final Room ROOM = RoomScripts.start(new RoomId("AB12CD"), 7);

  private static void playAll(BiConsumer<RoomCommand, Decision> listener) {
    for (int seed = 0; seed < RUNS; seed++) {
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
  void room_round_trips_whole_and_by_sections() {
    var shapes = new HashSet<String>();
    playAll((_, decision) -> {
      Room room = decision.next();
      // Format 1 of the room file, which only knows open rooms.
      assertThat(RoomCodec.readRoom(WholeRoomJson.of(room)))
          .isEqualTo(
              room.withEntry(EntryState.of(room.entry().secret(), null))
                  .withQueue(Queue.EMPTY)
                  .withChat(withoutReactions(room.chat())));
      var chat = new ArrayList<ChatMessage>();
      for (ChatMessage message : room.chat().messages()) {
        chat.add(RoomCodec.readMessage(RoomCodec.message(message)));
      }
      assertThat(
              RoomCodec.readState(
                      RoomCodec.state(room),
                      RoomCodec.readMembers(RoomCodec.members(room.members())),
                      ReactionParts.addTo(ChatLog.of(chat), reactionsByParts(room)))
                  .withEntry(RoomCodec.readEntry(RoomCodec.entry(room.entry())))
                  .withQueue(queueByParts(room)))
          .isEqualTo(room);
      shapes.addAll(shapes(room));
    });
    // Else the test above might only have seen rooms that look alike.
    assertThat(shapes)
        .contains("empty", "hostless", "closed", "no host named", "no film", "chat", "away", "base")
        .contains("jump", "title", "slow", "listed", "share", "no host token", "muted", "spoke")
        .contains(
            "password", "knock", "accepted", "invitation", "ban", "exempt", "removed", "known")
        .contains("deleted", "reply", "moment", "edited", "reactions")
        .contains("listed", "current", "played on", "played", "votes", "mode", "undo")
        .contains(names(RoomSettings.EntryMode.values()))
        .contains(names(Timeline.Phase.values()))
        .contains(names(ReadyBarrier.Reason.values()))
        .contains(names(VideoKind.values()));
  }

  private static ChatLog withoutReactions(ChatLog chat) {
    return ChatLog.of(
        chat.messages().stream().map(message -> message.withReactions(Reactions.NONE)).toList());
  }

  private static Map<ReactionKey, List<Reactions.Mark>> reactionsByParts(Room room) {
    var parts = new HashMap<ReactionKey, List<Reactions.Mark>>();
    ReactionParts.of(room.chat())
        .forEach((key, marks) ->
            parts.put(
                Objects.requireNonNull(ReactionKey.ofStoredName(key.storedName())),
                ReactionCodec.readMarks(ReactionCodec.marks(marks))));
    return parts;
  }

  private static Queue queueByParts(Room room) {
    var assembly = new QueueAssembly();
    for (QueuePart part : QueueParts.of(room.queue())) {
      assembly.add(QueueCodec.readPart(part.key(), QueueCodec.part(part)));
    }
    return assembly.addTo(room).queue();
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
    for (ChatMessage message : room.chat().messages()) {
      shapes.add("chat");
      shapes.add(message.deleted() ? "deleted" : "");
      shapes.add(message.replyTo() != null ? "reply" : "");
      shapes.add(message.film() != null ? "moment" : "");
      shapes.add(message.editedAtMs() != 0 ? "edited" : "");
      shapes.add(message.reactions().isEmpty() ? "" : "reactions");
    }
    shapes.add(room.timeline().phase().name());
    ReadyBarrier barrier = room.timeline().barrier();
    shapes.add(barrier == null ? "" : barrier.reason().name());
    addSettings(room, shapes);
    addEntry(room.entry(), shapes);
    addQueue(room.queue(), shapes);
    for (Member member : room.members().list()) {
      shapes.add(member.muted() ? "muted" : "");
      shapes.add(member.spokeAtMs() != 0 ? "spoke" : "");
      shapes.add(member.identity().equals(MemberIdentity.NONE) ? "" : "known");
      shapes.add(member.away() ? "away" : "");
      shapes.add(member.session() == null ? "base" : "");
    }
    return shapes;
  }

  private static void addSettings(Room room, Set<String> shapes) {
    RoomSettings settings = room.settings();
    shapes.add(settings.entry().name());
    shapes.add(settings.title() == null ? "" : "title");
    shapes.add(settings.slowModeMs() == 0 ? "" : "slow");
    shapes.add(settings.listed() ? "listed" : "");
    shapes.add(settings.skipShare() == 0.5 ? "" : "share");
    shapes.add(room.jump() == null ? "" : "jump");
    shapes.add(room.hostToken() == null ? "no host token" : "");
  }

  private static void addEntry(EntryState entry, Set<String> shapes) {
    shapes.add(entry.password() == null ? "" : "password");
    shapes.add(entry.knocks().isEmpty() ? "" : "knock");
    shapes.add(entry.knocks().stream().anyMatch(Knock::accepted) ? "accepted" : "");
    shapes.add(entry.invitations().isEmpty() ? "" : "invitation");
    shapes.add(entry.bans().isEmpty() ? "" : "ban");
    shapes.add(entry.exempt().isEmpty() ? "" : "exempt");
    shapes.add(entry.removed().isEmpty() ? "" : "removed");
  }

  private static void addQueue(Queue queue, Set<String> shapes) {
    shapes.add(queue.items().isEmpty() ? "" : "listed");
    shapes.add(queue.current() == null ? "" : "current");
    shapes.add(queue.playedOn() ? "played on" : "");
    shapes.add(queue.played().isEmpty() ? "" : "played");
    shapes.add(queue.votes().isEmpty() ? "" : "votes");
    shapes.add(queue.mode().equals(QueueMode.DEFAULT) ? "" : "mode");
    shapes.add(queue.undo() == null ? "" : "undo");
  }

  @Test
  void change_of_an_entry_state_makes_the_next_one_of_the_one_before() {
    var last = new AtomicReference<EntryState>(ROOM.entry());
    playAll((_, decision) -> {
      EntryState next = decision.next().entry();
      EntryState before = last.getAndSet(next);
      if (before.secret().equals(next.secret())) {
        byte[] change = RoomCodec.entryChange(before, next);
        assertThat(RoomCodec.readEntryChange(RecordJson.read(change)).apply(before))
            .isEqualTo(next);
        assertThat(text(change).equals("{}")).isEqualTo(before.equals(next));
      }
    });
  }

  @Test
  void open_room_is_written_as_before_but_for_the_secret() {
    String json = text(RoomCodec.state(ROOM));
    String secret = ",\"secret\":\"" + ROOM.entry().secret().key().hex() + "\"";
    assertThat(json).startsWith("{\"v\":1,").endsWith(secret + "}");
    String before = json.replace(secret, "");
    assertThat(RoomCodec.readState(bytes(before), ROOM.members(), ROOM.chat())).isEqualTo(ROOM);
    assertThat(before).endsWith("\"createdAt\":1700000000000,\"lastWrite\":1700000000000}");
    assertThat(text(RoomCodec.members(ROOM.members())))
        .isEqualTo(
            "[{\"id\":\"%s\",\"name\":\"Hana\",\"host\":true,\"joinedAt\":1700000000000,\"session\":\"%s\"}]"
                .formatted(ROOM.hostId(), SecretHash.of("seat 0").hex()));
  }

  @Test
  void room_that_an_older_server_would_leave_open_has_version_2() {
    EntryState entry = ROOM.entry();
    var closed = ROOM.settings().with(RoomSettings.Change.entry(RoomSettings.EntryMode.CLOSED));
    for (Room room :
        List.of(
            ROOM.withSettings(closed),
            ROOM.withEntry(entry.withPassword("stored form")),
            ROOM.withEntry(entry.withRemoved(List.of(ROOM.hostId()))),
            ROOM.withHostToken(null))) {
      assertThat(text(RoomCodec.state(room))).startsWith("{\"v\":2,");
      assertThat(text(RoomRecordCodec.state(room))).startsWith("{\"v\":2,\"type\":\"state\",");
    }
  }

  @Test
  void state_without_secret_and_host_token_is_corrupt() {
    String json = text(RoomCodec.state(ROOM.withHostToken(null)));
    String hex = ROOM.entry().secret().key().hex();
    assertThatThrownBy(() ->
            RoomCodec.readState(
                bytes(json.replace(",\"secret\":\"" + hex + "\"", "")),
                ROOM.members(),
                ROOM.chat()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("state.secret is missing, and so is the host token");
    assertThatThrownBy(
            () -> RoomCodec.readState(bytes(json.replace(hex, "0")), ROOM.members(), ROOM.chat()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("state.secret is no keyed hash");
  }

  /** Returns an event without the texts of subtitles, which are stored elsewhere (rule SB5). */
  private static RoomEvent withoutTexts(RoomEvent event) {
    return event instanceof RoomEvent.SubtitlesChanged changed
        ? new RoomEvent.SubtitlesChanged(changed.seq(), changed.tracks(), changed.by(), List.of())
        : event;
  }

  @Test
  void events_of_every_type_round_trip() {
    var commands = new HashSet<Class<?>>();
    var types = new HashSet<Class<?>>();
    playAll((command, decision) -> {
      commands.add(command.getClass());
      List<RoomEvent> events = decision.events();
      events.forEach(event -> types.add(event.getClass()));
      assertThat(RoomCodec.readEvents(RoomCodec.events(events)))
          .isEqualTo(events.stream().map(RoomCodecTest::withoutTexts).toList());
    });
    assertThat(commands).containsAll(records(RoomCommand.class).toList());
    assertThat(types).containsAll(records(RoomEvent.class).toList());
  }

  @Test
  void every_enum_name_of_an_event_round_trips() {
    var by = new UserId(new UUID(1, 2));
    var events = new ArrayList<RoomEvent>();
    for (var action : RoomEvent.Action.values()) {
      events.add(new RoomEvent.Controlled(3, action, 0.1, Long.MAX_VALUE, by));
    }
    for (var reason : RoomEvent.Reason.values()) {
      events.add(new RoomEvent.TimelineChanged(3, Timeline.idle(5), reason));
    }
    for (var outcome : RoomEvent.KnockOutcome.values()) {
      events.add(new RoomEvent.KnockClosed(3, new UUID(5, 6), outcome, null));
    }
    events.add(new RoomEvent.UserLeft(3, by, new RoomEvent.Removal(by, false)));
    events.add(new RoomEvent.UserLeft(3, by, new RoomEvent.Removal(by, true)));
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
  void numbers_round_trip_exactly() {
    for (double exact : List.of(0.1 + 0.2, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 1e22, 3.0)) {
      var event = new RoomEvent.SyncReported(exact, true, exact, ROOM.hostId());
      assertThat(RoomCodec.readEvents(RoomCodec.events(List.of(event)))).containsExactly(event);
    }
    assertThat(WholeRoomJson.textOf(ROOM))
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
    String json = WholeRoomJson.textOf(ROOM);
    assertThat(json).doesNotContain("host token").doesNotContain("seat 0");
    String hash = Objects.requireNonNull(ROOM.hostToken()).hex();
    assertThat(json).contains("\"hostToken\":\"" + hash + "\"");
    String open = json.replace(hash, "8e6f0f0c-6c0f-4b53-8a1f-8d3c8d4ad0b1");
    assertThatThrownBy(() -> RoomCodec.readRoom(bytes(open)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("room.hostToken is no hash");
  }

  @Test
  void fields_of_a_newer_version_are_ignored() {
    String json =
        WholeRoomJson.textOf(ROOM)
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
  void record_of_a_higher_version_is_rejected_with_both_versions() {
    String json = text(RoomCodec.state(ROOM)).replace("\"v\":1", "\"v\":4");
    assertThatThrownBy(() -> RoomCodec.readState(bytes(json), ROOM.members(), ROOM.chat()))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessage("state has version 4, and this server reads up to 3");
  }

  @Test
  void error_names_the_path_and_never_the_value() {
    String json = WholeRoomJson.textOf(ROOM);
    assertCorrupt(
        json.replace("\"phase\":\"paused\"", "\"phase\":\"upside\""),
        "room.timeline.phase is no known name");
    assertCorrupt(
        json.replace("\"phase\":\"paused\"", "\"phase\":\"preparing\""),
        "room.timeline is impossible");
    assertCorrupt(json.replace("\"position\":0.0,", ""), "room.timeline.position is missing");
    assertCorrupt(
        json.replace("\"position\":0.0", "\"position\":1e999"),
        "room.timeline.position is no finite number");
    assertCorrupt(json.replace("\"seq\":1", "\"seq\":1.5"), "room.seq is no whole number");
    assertCorrupt(
        json.replace("\"item\":0", "\"item\":5000000000"), "room.timeline.item is too big");
    assertCorrupt(
        json.replace("\"host\":true", "\"host\":1"),
        "room.members[0].host is neither true nor false");
    assertCorrupt(
        json.replace("\"name\":\"Hana\"", "\"name\":\" \""), "room.members[0].name is impossible");
    assertCorrupt(json.replace("\"id\":\"AB12CD\"", "\"id\":\"ab\""), "room.id is impossible");
    assertCorrupt(json.replace(ROOM.hostId().toString(), "1-1-1-1-1"), "is no UUID");
    assertCorrupt(json.replace("\"seconds\":5", "\"seconds\":0"), "room.waiting is impossible");
    assertCorrupt(json + "x", "the record is no JSON");
    assertCorrupt("", "the record is empty");
    assertCorrupt("[]", "room is no object");
    assertCorrupt("null", "room is missing");
  }

  private static void assertCorrupt(String json, String message) {
    assertThatThrownBy(() -> RoomCodec.readRoom(bytes(json)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining(message);
  }
}
