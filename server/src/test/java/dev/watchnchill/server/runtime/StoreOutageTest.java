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

  private final RuntimeHarness harness = new RuntimeHarness();
  private final RuntimeHarness.Instance server = harness.new Instance();

  private static RuntimeException away() {
    return new StoreUnavailableException("away", new IllegalStateException("no line"));
  }

  private static RuntimeException broken() {
    return new IllegalStateException("broken");
  }

  /** The two kinds of failure, with the code that each has. */
  enum StoreFailure {
    /** The store cannot be reached. */
    AWAY(ErrorCode.UNAVAILABLE),
    /** The store has a fault. */
    BROKEN(ErrorCode.INTERNAL);

    private final ErrorCode code;

    StoreFailure(ErrorCode code) {
      this.code = code;
    }

    RuntimeException exception() {
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
      case REPORT_LIVE -> MemberRequests.reportLive(RuntimeHarness.ROOM, 1, 9_000);
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
            Arguments.of(ClientEvent.REPORT_LIVE, "error", "Failed to report the live delay"),
            Arguments.of(ClientEvent.SET_RATE, "error", "Failed to set the rate"),
            Arguments.of(ClientEvent.SET_WAITING, "error", "Failed to set waiting"),
            Arguments.of(ClientEvent.READY, "error", "Failed to be ready"),
            Arguments.of(ClientEvent.BUFFERING, "error", "Failed to report buffering"),
            Arguments.of(ClientEvent.BUFFERED, "error", "Failed to report buffering"))
        .flatMap(row ->
            Stream.of(StoreFailure.values())
                .map(failure -> Arguments.of(row.get()[0], failure, row.get()[1], row.get()[2])));
  }

  private static void refused(ServerReply result, StoreFailure failure, String event, String text) {
    assertThat(result).isInstanceOf(ServerReply.Failed.class);
    var failed = (ServerReply.Failed) result;
    assertThat(failed.problem().code()).isEqualTo(failure.code);
    assertThat(failed.problem().message().eventName()).isEqualTo(event);
    assertThat(failed.ok()).isFalse();
    assertThat(failed.code()).isEqualTo(failure == StoreFailure.AWAY ? "unavailable" : "internal");
    assertThat(failed.error()).isEqualTo(text);
    assertThat(failed.retryable()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void AK1_command_that_the_store_fails_changes_nothing(
      ClientEvent event, StoreFailure failure, String errorEvent, String text) {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    bob.join("Bob");
    ann.request(
        ClientEvent.SET_VIDEO,
        MemberRequests.setVideo(
            RuntimeHarness.ROOM, Media.parse("https://films.example/one.mp4").orElseThrow()));
    Room before = harness.room();
    ClientRequest message = message(event, before.members().list().getLast().id());
    ann.takeEvents();
    bob.takeEvents();
    server.store.fail(failure.exception(), ALL);
    refused(ann.request(event, message), failure, errorEvent, text);
    assertThat(harness.room()).isEqualTo(before);
    assertThat(newsOfRoom(ann)).isEmpty();
    assertThat(newsOfRoom(bob)).isEmpty();
    heal();
    assertThat(ann.request(event, message)).matches(ServerReply::ok);
    assertThat(bob.chat("still here")).matches(ServerReply::ok);
    assertThat(ann.takeEvents()).endsWith("new-message");
  }

  /** The store answers again, and the room has noticed. */
  private void heal() {
    server.store.heal();
    harness.time.advance(300);
  }

  /** Returns the events of a client without those about the store's outage (rule IN6). */
  private static List<String> newsOfRoom(RuntimeHarness.Client client) {
    return client.takeEvents().stream()
        .filter(event -> !event.equals("room-availability"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("troubledCalls")
  void AK1_room_that_cannot_be_created_leaves_nothing(StoreFailure failure, FaultyStore.Call call) {
    RuntimeHarness.Client ann = server.client(true);
    server.store.fail(failure.exception(), call);
    ServerReply result =
        ann.request(
            ClientEvent.CREATE_ROOM,
            new ClientRequest.CreateRoom(new dev.watchnchill.party.DisplayName("Ann")));
    if (result instanceof ServerReply.Failed) {
      refused(result, failure, "room-error", "Failed to create room");
      assertThat(harness.memory.active().join()).isEmpty();
      assertThat(ann.session.seat()).isNull();
      assertThat(ann.takeEvents()).isEmpty();
      server.store.heal();
      // Until it is known whether the room is there, it is looked after.
      harness.time.advance(2_000);
      assertThat(server.service.liveRooms()).isZero();
      ann.create("Ann");
    }
    assertThat(ann.takeEvents()).containsExactly("room-created", "room-joined", "timeline");
    server.store.heal();
    assertThat(ann.chat("here")).matches(ServerReply::ok);
  }

  @ParameterizedTest
  @MethodSource("troubledCalls")
  void AK1_join_that_the_store_fails_changes_nothing(StoreFailure failure, FaultyStore.Call call) {
    RuntimeHarness.Instance other = harness.new Instance();
    RuntimeHarness.Client ann = other.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    Room before = harness.room();
    server.store.fail(failure.exception(), call);
    ServerReply result = bob.join("Bob");
    if (result instanceof ServerReply.Failed) {
      refused(result, failure, "room-error", "Failed to join room");
      assertThat(harness.room()).isEqualTo(before);
      assertThat(bob.session.seat()).isNull();
      assertThat(bob.takeEvents()).isEmpty();
      server.store.heal();
      harness.time.advance(5_000);
      assertThat(bob.join("Bob")).matches(ServerReply::ok);
    }
    server.store.heal();
    assertThat(harness.names()).containsExactly("Ann", "Bob");
    assertThat(ann.takeEvents()).containsOnlyOnce("user-joined");
    bob.chat("here");
    assertThat(ann.takeEvents()).containsExactly("new-message");
  }

  static Stream<Arguments> troubledCalls() {
    return Stream.of(StoreFailure.values())
        .flatMap(failure -> Stream.of(ALL).map(call -> Arguments.of(failure, call)));
  }

  @ParameterizedTest
  @EnumSource(StoreFailure.class)
  void LV2_leave_that_the_store_fails_is_done_later(StoreFailure failure) {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    bob.join("Bob");
    ann.takeEvents();
    server.store.fail(failure.exception(), ALL);
    refused(
        bob.request(ClientEvent.LEAVE_ROOM, new ClientRequest.LeaveRoom(RuntimeHarness.ROOM)),
        failure,
        "room-error",
        "Failed to leave room");
    assertThat(bob.session.seat()).isNull();
    harness.time.advance(10_000);
    assertThat(harness.names()).containsExactly("Ann", "Bob");
    server.store.heal();
    harness.time.advance(2_000);
    assertThat(harness.names()).containsExactly("Ann");
    assertThat(newsOfRoom(ann)).containsExactly("user-left");
  }

  @ParameterizedTest
  @EnumSource(StoreFailure.class)
  void RS2_RS7_members_whose_sockets_are_lost_during_an_outage_leave_later(StoreFailure failure) {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client base = server.client(false);
    base.join("Base");
    RuntimeHarness.Client extended = server.client(true);
    extended.join("Extended");
    ann.takeEvents();
    server.store.fail(failure.exception(), ALL);
    base.lose();
    extended.lose();
    harness.time.advance(1_500);
    assertThat(newsOfRoom(ann)).isEmpty();
    server.store.heal();
    harness.time.advance(2_000);
    assertThat(newsOfRoom(ann)).containsExactlyInAnyOrder("user-left", "user-away");
    assertThat(harness.names()).containsExactly("Ann", "Extended");
    harness.time.advance(RuntimeHarness.LIMITS.reconnectGraceMs() + 1);
    assertThat(ann.takeEvents()).containsExactly("user-left");
    assertThat(harness.names()).containsExactly("Ann");
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
    ann.takeEvents();
    harness.time.advance(2 * RuntimeHarness.LIMITS.reconnectGraceMs());
    assertThat(ann.takeEvents()).isEmpty();
    assertThat(harness.names()).containsExactly("Ann", "Bob");
    assertThat(harness.room().members().list()).noneMatch(member -> member.away());
  }

  @Test
  void LV4_room_that_lost_all_members_during_an_outage_ends() {
    RuntimeHarness.Client ann = server.client(false).create("Ann");
    server.store.fail(away(), ALL);
    ann.lose();
    harness.time.advance(60_000);
    assertThat(harness.names()).containsExactly("Ann");
    server.store.heal();
    harness.time.advance(2_000);
    assertThat(harness.names()).isEmpty();
    harness.time.advance(RuntimeHarness.LIMITS.emptyRoomGraceMs() + 1);
    assertThat(harness.memory.active().join()).isEmpty();
    assertThat(server.service.liveRooms()).isZero();
    assertThat(harness.time.timers()).isZero();
  }

  @Test
  void LF1_deferred_departures_end_with_the_room() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    server.store.fail(broken(), FaultyStore.Call.COMMIT);
    ann.lose();
    harness.time.advance(2 * RuntimeHarness.LIMITS.roomLifeMs());
    server.store.heal();
    harness.time.advance(2_000);
    assertThat(harness.memory.active().join()).isEmpty();
    assertThat(server.service.liveRooms()).isZero();
    assertThat(harness.time.timers()).isZero();
  }

  @Test
  void AK1_join_whose_answer_was_lost_leaves_no_member_behind() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    server.store.loseAnswerOfCommit(away());
    refused(bob.join("Bob"), StoreFailure.AWAY, "room-error", "Failed to join room");
    server.store.heal();
    harness.time.advance(2_000);
    assertThat(harness.names()).containsExactly("Ann");
    assertThat(bob.join("Bob")).matches(ServerReply::ok);
    assertThat(harness.names()).containsExactly("Ann", "Bob");
    assertThat(newsOfRoom(ann)).endsWith("user-joined", "user-left", "user-joined");
  }

  @Test
  void JN3_join_after_one_whose_answer_was_lost_does_not_meet_its_own_seat() {
    server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    server.store.loseAnswerOfCommit(away());
    refused(bob.join("Bob"), StoreFailure.AWAY, "room-error", "Failed to join room");
    server.store.heal();
    harness.time.advance(200); // the room is in step with the store, the departure is not stored
    assertThat(harness.names()).containsExactly("Ann", "Bob");
    assertThat(bob.join("Bob")).matches(ServerReply::ok);
    assertThat(harness.names()).containsExactly("Ann", "Bob");
  }

  @Test
  void JN3_join_that_meets_its_own_seat_may_be_tried_again_while_the_departure_is_not_stored() {
    server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(true);
    server.store.loseAnswerOfCommit(away());
    refused(bob.join("Bob"), StoreFailure.AWAY, "room-error", "Failed to join room");
    server.store.heal();
    harness.time.advance(200);
    server.store.fail(broken(), FaultyStore.Call.COMMIT);
    refused(bob.join("Bob"), StoreFailure.AWAY, "room-error", "Failed to join room");
    server.store.heal();
    assertThat(bob.join("Bob")).matches(ServerReply::ok);
    assertThat(harness.names()).containsExactly("Ann", "Bob");
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
    assertThat(bob.takeEvents()).isEqualTo(List.of("room-created", "room-joined", "timeline"));
  }

  @Test
  void TL9_wait_whose_end_the_store_fails_ends_when_the_store_is_back() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    ann.play(10);
    ann.seek(300);
    long seq = harness.room().seq();
    server.store.fail(away(), FaultyStore.Call.COMMIT);
    assertThat(ann.ready(seq)).as("ready is received all the same").matches(ServerReply::ok);
    harness.time.advance(10_000);
    assertThat(harness.room().timeline().preparing()).isTrue();
    server.store.heal();
    harness.time.advance(2_000);
    assertThat(harness.room().timeline().playing()).isTrue();
    assertThat(harness.room().seq()).isEqualTo(seq + 1);
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
  void RS8_members_are_notified_when_the_store_lost_an_expired_room() {
    RuntimeHarness.Client ann = server.client(true).create("Ann");
    RuntimeHarness.Client bob = server.client(false);
    bob.join("Bob");
    ann.takeEvents();
    bob.takeEvents();
    harness.time.advance(RuntimeHarness.LIMITS.roomLifeMs());
    assertThat(ann.takeEvents()).containsExactly("room-closed");
    assertThat(bob.takeEvents()).containsExactly("room-closed");
    assertThat(ann.session.seat()).isNull();
    assertThat(server.service.liveRooms()).isZero();
  }
}
