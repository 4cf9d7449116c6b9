package dev.watchnchill.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.Media;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.party.playback.WaitPolicy;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A store in an outage or with a fault: the right answer, no change, and no member left behind. */
final class StoreOutageTest {
  private static final FaultyStore.Call[] ALL = FaultyStore.Call.values();

  private final RuntimeHarness house = new RuntimeHarness();
  private final RuntimeHarness.Instance server = house.new Instance();

  private static RuntimeException away() {
    return new StoreUnavailableException("away", new IllegalStateException("no line"));
  }

  private static RuntimeException broken() {
    return new IllegalStateException("broken");
  }

  /** The two kinds of trouble, with the code that each has. */
  enum FailureLogLevel {
    /** The store cannot be reached. */
    AWAY(ErrorCode.UNAVAILABLE),
    /** The store has a fault. */
    BROKEN(ErrorCode.INTERNAL);

    private final ErrorCode code;

    FailureLogLevel(ErrorCode code) {
      this.code = code;
    }

    RuntimeException failure() {
      return this == AWAY ? away() : broken();
    }
  }

  private static ClientRequest message(ClientEvent event, UserId other) {
    return switch (event) {
      case PROMOTE_HOST -> MemberRequests.promote(RuntimeHarness.ROOM, other);
      case SET_VIDEO ->
          MemberRequests.setVideo(
              RuntimeHarness.ROOM, Media.parse("https://films.example/two.mp4").orElseThrow());
      case PLAY_VIDEO -> MemberRequests.play(RuntimeHarness.ROOM, 5);
      case PAUSE_VIDEO -> MemberRequests.pause(RuntimeHarness.ROOM, 5, null);
      case SEEK_VIDEO -> MemberRequests.seek(RuntimeHarness.ROOM, 5);
      case SYNC_CHECK -> MemberRequests.syncCheck(RuntimeHarness.ROOM, 0, false, 1);
      case SEND_MESSAGE -> new ClientRequest.SendMessage(RuntimeHarness.ROOM, "hi", null);
      case TYPING_START -> MemberRequests.typing(RuntimeHarness.ROOM, true);
      case TYPING_STOP -> MemberRequests.typing(RuntimeHarness.ROOM, false);
      case REPORT_DURATION -> MemberRequests.reportDuration(RuntimeHarness.ROOM, 100);
      case SET_RATE -> MemberRequests.setRate(RuntimeHarness.ROOM, 1.5);
      case SET_WAITING ->
          MemberRequests.setWaiting(
              RuntimeHarness.ROOM, WaitPolicy.Mode.EVERYONE, null, null, null, null);
      case READY -> MemberRequests.ready(RuntimeHarness.ROOM, 1);
      case BUFFERING -> MemberRequests.buffering(RuntimeHarness.ROOM, 1);
      case BUFFERED -> MemberRequests.buffered(RuntimeHarness.ROOM, 1);
      default -> throw new IllegalArgumentException(event.wireName());
    };
  }

  static Stream<Arguments> commands() {
    return Stream.of(
            Arguments.of(ClientEvent.PROMOTE_HOST, "error", "Failed to promote user"),
            Arguments.of(ClientEvent.SET_VIDEO, "error", "Failed to set video"),
            Arguments.of(ClientEvent.PLAY_VIDEO, "error", "Failed to play video"),
            Arguments.of(ClientEvent.PAUSE_VIDEO, "error", "Failed to pause video"),
            Arguments.of(ClientEvent.SEEK_VIDEO, "error", "Failed to seek video"),
            Arguments.of(ClientEvent.SYNC_CHECK, "error", "Failed to send sync check"),
            Arguments.of(ClientEvent.SEND_MESSAGE, "error", "Failed to send message"),
            Arguments.of(ClientEvent.TYPING_START, "error", "Failed to handle typing start"),
            Arguments.of(ClientEvent.TYPING_STOP, "error", "Failed to handle typing stop"),
            Arguments.of(ClientEvent.REPORT_DURATION, "error", "Failed to report the duration"),
            Arguments.of(ClientEvent.SET_RATE, "error", "Failed to set the rate"),
            Arguments.of(ClientEvent.SET_WAITING, "error", "Failed to set waiting"),
            Arguments.of(ClientEvent.READY, "error", "Failed to be ready"),
            Arguments.of(ClientEvent.BUFFERING, "error", "Failed to report buffering"),
            Arguments.of(ClientEvent.BUFFERED, "error", "Failed to report buffering"))
        .flatMap(row ->
            Stream.of(FailureLogLevel.values())
                .map(trouble -> Arguments.of(row.get()[0], trouble, row.get()[1], row.get()[2])));
  }

  private static void refused(
      ServerReply result, FailureLogLevel trouble, String event, String text) {
    assertThat(result).isInstanceOf(ServerReply.Failed.class);
    var failed = (ServerReply.Failed) result;
    assertThat(failed.problem().code()).isEqualTo(trouble.code);
    assertThat(failed.problem().message().eventName()).isEqualTo(event);
    assertThat(failed.ok()).isFalse();
    assertThat(failed.code())
        .isEqualTo(trouble == FailureLogLevel.AWAY ? "unavailable" : "internal");
    assertThat(failed.error()).isEqualTo(text);
    assertThat(failed.retryable()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void AK1_command_that_the_store_fails_changes_nothing(
      ClientEvent event, FailureLogLevel trouble, String errorEvent, String text) {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    bob.join("Bob");
    ann.say(
        ClientEvent.SET_VIDEO,
        MemberRequests.setVideo(
            RuntimeHarness.ROOM, Media.parse("https://films.example/one.mp4").orElseThrow()));
    Room before = house.room();
    ClientRequest message = message(event, before.members().list().getLast().id());
    ann.news();
    bob.news();
    server.store.fail(trouble.failure(), ALL);
    refused(ann.say(event, message), trouble, errorEvent, text);
    assertThat(house.room()).isEqualTo(before);
    assertThat(newsOfRoom(ann)).isEmpty();
    assertThat(newsOfRoom(bob)).isEmpty();
    heal();
    assertThat(ann.say(event, message)).matches(ServerReply::ok);
    assertThat(bob.chat("still here")).matches(ServerReply::ok);
    assertThat(ann.news()).endsWith("new-message");
  }

  /** The store answers again, and the room has noticed. */
  private void heal() {
    server.store.heal();
    house.time.advance(300);
  }

  /** Returns the events of a client without those about the store's outage (rule IN6). */
  private static List<String> newsOfRoom(RuntimeHarness.Client client) {
    return client.news().stream().filter(event -> !event.equals("room-availability")).toList();
  }

  @ParameterizedTest
  @MethodSource("troubledCalls")
  void AK1_room_that_cannot_be_created_leaves_nothing(
      FailureLogLevel trouble, FaultyStore.Call call) {
    RuntimeHarness.Client ann = server.client(true);
    server.store.fail(trouble.failure(), call);
    ServerReply result =
        ann.say(
            ClientEvent.CREATE_ROOM,
            new ClientRequest.CreateRoom(new dev.watchnchill.party.DisplayName("Ann")));
    if (result instanceof ServerReply.Failed) {
      refused(result, trouble, "room-error", "Failed to create room");
      assertThat(house.memory.active().join()).isEmpty();
      assertThat(ann.session.seat()).isNull();
      assertThat(ann.news()).isEmpty();
      server.store.heal();
      // Until it is known whether the room is there, it is looked after.
      house.time.advance(2_000);
      assertThat(server.service.liveRooms()).isZero();
      ann.create("Ann");
    }
    assertThat(ann.news()).containsExactly("room-created", "room-joined", "timeline");
    server.store.heal();
    assertThat(ann.chat("here")).matches(ServerReply::ok);
  }

  @ParameterizedTest
  @MethodSource("troubledCalls")
  void AK1_join_that_the_store_fails_changes_nothing(
      FailureLogLevel trouble, FaultyStore.Call call) {
    RuntimeHarness.Instance other = house.new Instance();
    RuntimeHarness.Client ann = other.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    Room before = house.room();
    server.store.fail(trouble.failure(), call);
    ServerReply result = bob.join("Bob");
    if (result instanceof ServerReply.Failed) {
      refused(result, trouble, "room-error", "Failed to join room");
      assertThat(house.room()).isEqualTo(before);
      assertThat(bob.session.seat()).isNull();
      assertThat(bob.news()).isEmpty();
      server.store.heal();
      house.time.advance(5_000);
      assertThat(bob.join("Bob")).matches(ServerReply::ok);
    }
    server.store.heal();
    assertThat(house.names()).containsExactly("Ann", "Bob");
    assertThat(ann.news()).containsOnlyOnce("user-joined");
    bob.chat("here");
    assertThat(ann.news()).containsExactly("new-message");
  }

  static Stream<Arguments> troubledCalls() {
    return Stream.of(FailureLogLevel.values())
        .flatMap(trouble -> Stream.of(ALL).map(call -> Arguments.of(trouble, call)));
  }

  @ParameterizedTest
  @EnumSource(FailureLogLevel.class)
  void LV2_leave_that_the_store_fails_is_done_later(FailureLogLevel trouble) {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    bob.join("Bob");
    ann.news();
    server.store.fail(trouble.failure(), ALL);
    refused(
        bob.say(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM)),
        trouble,
        "room-error",
        "Failed to leave room");
    assertThat(bob.session.seat()).isNull();
    house.time.advance(10_000);
    assertThat(house.names()).containsExactly("Ann", "Bob");
    server.store.heal();
    house.time.advance(2_000);
    assertThat(house.names()).containsExactly("Ann");
    assertThat(newsOfRoom(ann)).containsExactly("user-left");
  }

  @ParameterizedTest
  @EnumSource(FailureLogLevel.class)
  void RS2_RS7_lost_sockets_that_the_store_fails_are_no_ghosts(FailureLogLevel trouble) {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client base = server.client(false);
    base.join("Base");
    RuntimeHarness.Client extended = server.client(true);
    extended.join("Extended");
    ann.news();
    server.store.fail(trouble.failure(), ALL);
    base.lose();
    extended.lose();
    house.time.advance(1_500);
    assertThat(newsOfRoom(ann)).isEmpty();
    server.store.heal();
    house.time.advance(2_000);
    assertThat(newsOfRoom(ann)).containsExactlyInAnyOrder("user-left", "user-away");
    assertThat(house.names()).containsExactly("Ann", "Extended");
    house.time.advance(RuntimeHarness.LIMITS.reconnectGraceMs() + 1);
    assertThat(ann.news()).containsExactly("user-left");
    assertThat(house.names()).containsExactly("Ann");
  }

  @Test
  void RS3_seat_that_is_taken_back_before_the_loss_could_be_written_stays() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    bob.join("Bob");
    server.store.fail(away(), FaultyStore.Call.COMMIT);
    bob.lose();
    heal();
    RuntimeHarness.Client again = server.client(true);
    assertThat(again.join("Bob", bob.token())).matches(ServerReply::ok);
    ann.news();
    house.time.advance(2 * RuntimeHarness.LIMITS.reconnectGraceMs());
    assertThat(ann.news()).isEmpty();
    assertThat(house.names()).containsExactly("Ann", "Bob");
    assertThat(house.room().members().list()).noneMatch(member -> member.away());
  }

  @Test
  void LV4_room_that_lost_everybody_while_the_store_was_away_ends() {
    RuntimeHarness.Client ann = server.client(false).create("Ann");
    server.store.fail(away(), ALL);
    ann.lose();
    house.time.advance(60_000);
    assertThat(house.names()).containsExactly("Ann");
    server.store.heal();
    house.time.advance(2_000);
    assertThat(house.names()).isEmpty();
    house.time.advance(RuntimeHarness.LIMITS.emptyRoomGraceMs() + 1);
    assertThat(house.memory.active().join()).isEmpty();
    assertThat(server.service.liveRooms()).isZero();
    assertThat(house.time.timers()).isZero();
  }

  @Test
  void LF1_what_could_not_be_done_is_forgotten_with_the_room() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    server.store.fail(broken(), FaultyStore.Call.COMMIT);
    ann.lose();
    house.time.advance(2 * RuntimeHarness.LIMITS.roomLifeMs());
    server.store.heal();
    house.time.advance(2_000);
    assertThat(house.memory.active().join()).isEmpty();
    assertThat(server.service.liveRooms()).isZero();
    assertThat(house.time.timers()).isZero();
  }

  @Test
  void AK1_join_whose_answer_was_lost_leaves_no_ghost() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    server.store.loseAnswerOfCommit(away());
    refused(bob.join("Bob"), FailureLogLevel.AWAY, "room-error", "Failed to join room");
    server.store.heal();
    house.time.advance(2_000);
    assertThat(house.names()).containsExactly("Ann");
    assertThat(bob.join("Bob")).matches(ServerReply::ok);
    assertThat(house.names()).containsExactly("Ann", "Bob");
    assertThat(newsOfRoom(ann)).endsWith("user-joined", "user-left", "user-joined");
  }

  @Test
  void AK1_store_that_fails_to_close_a_subscription_harms_no_later_room() {
    RuntimeHarness.Client bob = server.client(true);
    server.store.fail(broken(), FaultyStore.Call.UNSUBSCRIBE);
    for (int i = 0; i < 3; i++) {
      assertThat(bob.join("Bob"))
          .isEqualTo(ServerReply.failed(dev.watchnchill.server.wire.ErrorReply.roomNotFound()));
    }
    assertThat(server.service.liveRooms()).isZero();
    bob.create("Bob");
    assertThat(bob.news()).isEqualTo(List.of("room-created", "room-joined", "timeline"));
  }

  @Test
  void TL9_wait_whose_end_the_store_fails_ends_when_the_store_is_back() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    ann.play(10);
    ann.seek(300);
    long seq = house.room().seq();
    server.store.fail(away(), FaultyStore.Call.COMMIT);
    assertThat(ann.ready(seq)).as("ready is heard all the same").matches(ServerReply::ok);
    house.time.advance(10_000);
    assertThat(house.room().timeline().preparing()).isTrue();
    server.store.heal();
    house.time.advance(2_000);
    assertThat(house.room().timeline().playing()).isTrue();
    assertThat(house.room().seq()).isEqualTo(seq + 1);
  }

  @Test
  void TL7_report_that_the_store_fails_is_lost_and_the_next_is_not() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    var report =
        new ViewerReport(null, null, null, null, 1.0, 2.0, ViewerReport.State.SYNCED, null);
    server.store.fail(broken(), ALL);
    assertThat(ann.report(report)).matches(ServerReply::ok);
    assertThat(ann.statuses()).isEmpty();
    server.store.heal();
    assertThat(ann.report(report)).matches(ServerReply::ok);
    assertThat(ann.statuses()).hasSize(1);
  }

  @Test
  void RS8_store_that_lost_the_room_tells_the_members() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(false);
    bob.join("Bob");
    ann.news();
    bob.news();
    house.time.advance(RuntimeHarness.LIMITS.roomLifeMs());
    assertThat(ann.news()).containsExactly("room-closed");
    assertThat(bob.news()).containsExactly("room-closed");
    assertThat(ann.session.seat()).isNull();
    assertThat(server.service.liveRooms()).isZero();
  }
}
