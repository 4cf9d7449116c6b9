package dev.watchnchill.server.runtime.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.UserId;
import dev.watchnchill.server.wire.RoomBroadcast;
import dev.watchnchill.server.wire.ServerMessage;
import dev.watchnchill.server.wire.User;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventHistoryTest {
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final UserId BOB = new UserId(new UUID(0, 2));

  private static RoomBroadcast event(String name) {
    return new RoomBroadcast(new ServerMessage.UserStoppedTyping(name), null, false, false, false);
  }

  private static String userId(ServerMessage message) {
    return ((ServerMessage.UserStoppedTyping) message).userId();
  }

  @Test
  void SQ2_events_after_a_place_come_in_order() {
    var history = new EventHistory(5);
    history.add(6, event("six"));
    history.add(7, event("seven"));
    history.add(7, event("seven again"));
    assertThat(history.after(5, ANN, true))
        .extracting(EventHistoryTest::userId)
        .containsExactly("six", "seven", "seven again");
    assertThat(history.after(6, ANN, true))
        .extracting(EventHistoryTest::userId)
        .containsExactly("seven", "seven again");
    assertThat(history.after(7, ANN, true)).isEmpty();
  }

  @Test
  void SQ2_place_before_the_history_is_unknown() {
    var history = new EventHistory(5);
    assertThat(history.after(5, ANN, true)).isEmpty();
    assertThat(history.after(4, ANN, true)).isNull();
  }

  @Test
  void SQ2_event_is_not_missed_by_the_member_it_excluded() {
    var history = new EventHistory(0);
    history.add(
        1, new RoomBroadcast(new ServerMessage.UserStoppedTyping("one"), BOB, false, false, false));
    assertThat(history.after(0, BOB, true)).isEmpty();
    assertThat(history.after(0, ANN, true)).hasSize(1);
  }

  @Test
  void IN4_member_who_was_put_back_gets_no_replay_of_events_before_that() {
    var history = new EventHistory(0);
    history.add(1, event("one"));
    var bob = new User(BOB.toString(), "Bob", false, "2026-01-01T00:00:00.000Z", null, null);
    history.add(
        2,
        new RoomBroadcast(new ServerMessage.UserJoined(bob, 0, 2, null), BOB, false, false, false));
    history.add(3, event("three"));
    assertThat(history.after(1, BOB, false)).isNull();
    assertThat(history.after(2, BOB, false)).hasSize(1);
    assertThat(history.after(0, ANN, false)).hasSize(3);
  }

  @Test
  void IN4_member_who_was_put_back_in_a_large_room_gets_no_replay_either() {
    var history = new EventHistory(0);
    history.add(1, event("one"));
    history.addPutBack(2, BOB);
    history.add(3, event("three"));
    assertThat(history.after(1, BOB, false)).isNull();
    assertThat(history.after(2, BOB, false)).hasSize(1);
    assertThat(history.after(0, ANN, false)).hasSize(2);
  }

  @Test
  void EN13_event_for_hosts_is_not_missed_by_a_guest() {
    var history = new EventHistory(0);
    history.add(
        1, new RoomBroadcast(new ServerMessage.UserStoppedTyping("one"), null, false, true, false));
    assertThat(history.after(0, BOB, false)).isEmpty();
    assertThat(history.after(0, BOB, true)).hasSize(1);
  }

  @Test
  void SQ2_forgotten_events_are_never_a_silent_hole() {
    var history = new EventHistory(0);
    for (int seq = 1; seq <= EventHistory.SIZE + 10; seq++) {
      history.add(seq, event("number " + seq));
    }
    assertThat(history.after(9, ANN, true)).isNull();
    assertThat(history.after(10, ANN, true)).hasSize(EventHistory.SIZE);
  }

  @Test
  void SQ2_change_of_two_events_that_is_half_forgotten_is_a_hole() {
    var history = new EventHistory(0);
    history.add(1, event("one"));
    history.add(1, event("one again"));
    for (int seq = 2; seq <= EventHistory.SIZE; seq++) {
      history.add(seq, event("number " + seq));
    }
    assertThat(history.after(0, ANN, true)).isNull();
    assertThat(history.after(1, ANN, true)).hasSize(EventHistory.SIZE - 1);
  }

  @Test
  void QU12_late_event_is_new_to_clients_at_its_revision() {
    var history = new EventHistory(0);
    history.add(1, event("one"));
    history.addLate(1, event("late"), 0, EventHistory.SIZE);
    history.add(2, event("two"));
    assertThat(history.after(1, ANN, true))
        .extracting(EventHistoryTest::userId)
        .containsExactly("late", "two");
    assertThat(history.after(2, ANN, true)).isEmpty();
    history.add(3, event("three"), 0, 1);
    assertThat(history.after(1, ANN, true)).isNull();
    assertThat(history.after(2, ANN, true)).hasSize(1);
  }
}
