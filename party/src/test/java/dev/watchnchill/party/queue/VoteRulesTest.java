package dev.watchnchill.party.queue;

import static dev.watchnchill.party.queue.QueueRoom.change;
import static dev.watchnchill.party.queue.QueueRoom.id;
import static dev.watchnchill.party.queue.QueueRoom.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Reason;
import dev.watchnchill.party.playback.Timeline.Phase;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule QU7. */
class VoteRulesTest {
  @Test
  void QU7_everybody_votes_for_items_of_the_list() {
    QueueRoom room = QueueRoom.showing("A", "B");

    Decision voted = room.vote("Ben", "A", true);
    assertThat(change(voted).votes()).containsExactly(new ItemVotes(id("A"), 1));
    assertThat(change(voted).votesOnly()).isTrue();
    room.vote("Cleo", "A", true);
    assertThat(room.queue().votes().count(id("A"))).isEqualTo(2);
    assertThat(room.vote("Ben", "A", true).events()).as("the same vote").isEmpty();
    room.vote("Ben", "A", false);
    assertThat(room.queue().votes().count(id("A"))).isEqualTo(1);
    assertThat(room.vote("Ben", "A", false).events()).isEmpty();
  }

  @Test
  void QU7_nobody_votes_for_an_item_that_is_not_in_the_list() {
    QueueRoom room = QueueRoom.showing("A");

    assertThat(room.vote("Ben", "X", true).rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
    assertThat(room.vote("Ben", "Y", true).rejection()).isEqualTo(Rejection.ITEM_NOT_FOUND);
  }

  @Test
  void QU7_member_votes_for_at_most_50_items() {
    QueueRoom room = QueueRoom.showing("Y");
    room.add("Hana", IntStream.range(0, 50).mapToObj(i -> "f" + i).toArray(String[]::new));
    for (int i = 0; i < 50; i++) {
      assertThat(room.vote("Ben", "f" + i, true).rejection()).isNull();
    }

    assertThat(room.vote("Ben", "Y", true).rejection()).isEqualTo(Rejection.TOO_MANY_VOTES);
    assertThat(room.vote("Ben", "f7", true).rejection()).isNull();
    room.vote("Ben", "f7", false);
    assertThat(room.vote("Ben", "Y", true).rejection()).isNull();
  }

  @Test
  void QU7_votes_for_an_item_end_when_it_leaves_the_list() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.vote("Ben", "A", true);
    room.vote("Ben", "B", true);

    room.next();
    assertThat(room.queue().votes().of(room.room.id("Ben")).items()).containsExactly(id("B"));
    room.clear();
    assertThat(room.queue().votes()).isEqualTo(Votes.NONE);
  }

  @Test
  void QU7_votes_of_a_member_end_when_it_leaves() {
    QueueRoom room = QueueRoom.showing("A");
    room.vote("Ben", "A", true);
    room.vote("Cleo", "A", true);

    Decision left = room.room.leave("Ben");

    assertThat(change(left).votes()).containsExactly(new ItemVotes(id("A"), 1));
    assertThat(left.events().getLast())
        .isInstanceOfSatisfying(
            RoomEvent.QueueChanged.class,
            changed -> assertThat(changed.seq()).isEqualTo(room.room.state().seq()));
    room.room.drop("Cleo");
    assertThat(room.queue().votes().count(id("A"))).as("an away member has its seat").isOne();
    room.room.later(30_000).tick();
    assertThat(room.queue().votes()).isEqualTo(Votes.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5,1,1",
    "0.5,2,1",
    "0.5,3,2",
    "0.5,4,2",
    "0.1,10,1",
    "0.01,3,1",
    "1,4,4",
    "0.7,10,7",
    "0.07,100,7",
    "0.3333,3,1",
    "0.34,3,2"
  })
  void QU7_share_of_the_present_members_is_needed_and_one_at_least(
      double share, int members, int needed) {
    QueueRoom room = QueueRoom.empty();
    room.add("Hana", "X");
    for (int i = 1; i < members; i++) {
      room.room.guest("Guest " + i);
    }
    room.skipShare(share);

    assertThat(SkipVotes.of(room.room.state())).isEqualTo(new SkipVotes(0, needed));
  }

  @Test
  void QU7_last_needed_vote_skips_the_item() {
    QueueRoom room = QueueRoom.showing("A").playing(10, 100);

    Decision first = room.skip("Ben", true);
    assertThat(change(first).skip()).isEqualTo(new SkipVotes(1, 2));
    assertThat(change(first).votesOnly()).isTrue();
    assertThat(room.skip("Ben", true).events()).isEmpty();
    assertThat(room.current()).isEqualTo("X");

    Decision second = room.skip("Cleo", true);
    assertThat(room.current()).isEqualTo("A");
    assertThat(room.queue().votes().skips()).isZero();
    assertThat(change(second).skip()).isEqualTo(new SkipVotes(0, 2));
    assertThat(moved(second).reason()).isEqualTo(Reason.NEXT);
    assertThat(room.room.timeline().by()).isNull();
  }

  @Test
  void QU7_vote_to_skip_is_taken_back() {
    QueueRoom room = QueueRoom.showing("A");
    room.skip("Ben", true);
    room.skip("Ben", false);
    room.skip("Cleo", true);

    assertThat(room.current()).isEqualTo("X");
    assertThat(room.queue().votes().skips()).isOne();
  }

  @Test
  void QU7_votes_to_skip_end_with_the_item() {
    QueueRoom room = QueueRoom.showing("A", "B");
    room.skip("Ben", true);

    room.next();
    assertThat(room.queue().votes().skips()).isZero();
    room.skip("Ben", true);
    room.room.withMedia(QueueRoom.film("Y"));
    assertThat(room.queue().votes().skips()).isZero();
    room.skip("Ben", true);
    room.mode(QueueMode.Loop.ONE, null, null);
    room.playing(99, 100);
    room.room.later(2_000).tick();
    assertThat(room.room.timeline().item()).isEqualTo(4);
    assertThat(room.queue().votes().skips()).isZero();
  }

  @Test
  void QU7_departure_makes_a_vote_pass() {
    QueueRoom room = QueueRoom.showing("A");
    room.skip("Ben", true);

    Decision left = room.room.leave("Cleo");

    assertThat(room.current()).isEqualTo("A");
    assertThat(moved(left).seq()).isEqualTo(room.room.state().seq());
    assertThat(left.events().getFirst()).isInstanceOf(RoomEvent.UserLeft.class);
  }

  @Test
  void QU7_lost_connection_takes_the_vote_to_skip_and_makes_none_pass() {
    QueueRoom room = QueueRoom.showing("A");
    room.skip("Ben", true);

    Decision lost = room.room.drop("Cleo");
    assertThat(room.current()).as("a lost connection is no departure").isEqualTo("X");
    assertThat(change(lost).skip()).isEqualTo(new SkipVotes(1, 1));

    room.room.returns("Cleo");
    Decision own = room.room.drop("Ben");
    assertThat(change(own).skip()).isEqualTo(new SkipVotes(0, 1));
    room.room.returns("Ben");
    assertThat(room.queue().votes().of(room.room.id("Ben")).skip()).isFalse();
  }

  @Test
  void QU7_late_vote_of_an_away_member_does_not_skip() {
    QueueRoom room = QueueRoom.showing("A");
    room.room.drop("Ben");

    assertThat(room.skip("Ben", true).events()).isEmpty();
    room.skip("Cleo", true);

    assertThat(room.current()).as("one of two is enough").isEqualTo("A");
  }

  @Test
  void QU7_seat_that_ends_after_a_lost_connection_makes_a_vote_pass() {
    QueueRoom room = QueueRoom.showing("A");
    room.skip("Ben", true);
    room.room.drop("Cleo");

    room.room.later(30_000).tick();

    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU7_joiner_raises_the_number_of_votes_needed() {
    QueueRoom room = QueueRoom.showing("A");
    room.room.guest("Dan");
    room.skip("Ben", true);

    var seq = room.room.state().seq();
    room.room.guest("Eve");

    assertThat(room.room.state().seq()).isEqualTo(seq + 1);
    assertThat(SkipVotes.of(room.room.state())).isEqualTo(new SkipVotes(1, 3));
    room.skip("Cleo", true);
    assertThat(room.current()).isEqualTo("X");
  }

  @Test
  void QU7_join_stays_a_join_when_it_changes_the_votes_needed() {
    QueueRoom room = QueueRoom.showing("A");
    room.room.guest("Dan");
    room.skip("Ben", true);

    Decision joined = room.room.join(JoinRequest.as("Eve"));

    assertThat(joined.joined()).isNotNull();
    assertThat(change(joined).skip()).isEqualTo(new SkipVotes(1, 3));
  }

  @Test
  void QU7_smaller_share_makes_a_vote_pass_and_none_ends_all() {
    QueueRoom room = QueueRoom.showing("A");
    room.skip("Ben", true);
    room.skipShare(0.6);
    assertThat(room.current()).isEqualTo("X");
    room.skipShare(0.3);
    assertThat(room.current()).isEqualTo("A");

    room.skipShare(1);
    room.skip("Ben", true);
    room.skipShare(0);
    assertThat(room.queue().votes().skips()).isZero();
    assertThat(room.skip("Ben", true).rejection()).isEqualTo(Rejection.VOTES_OFF);
    room.skipShare(0.3);
    assertThat(room.current()).isEqualTo("A");
  }

  @Test
  void QU7_without_a_next_item_the_film_stops_at_its_end() {
    QueueRoom room = QueueRoom.showing().playing(10, 100);
    room.skip("Ben", true);

    Decision passed = room.skip("Cleo", true);

    assertThat(room.current()).isEqualTo("X");
    assertThat(room.room.timeline().phase()).isEqualTo(Phase.PAUSED);
    assertThat(room.room.timeline().position()).isEqualTo(100);
    assertThat(moved(passed).reason()).isEqualTo(Reason.ENDED);
    assertThat(change(passed).skip()).isEqualTo(new SkipVotes(0, 2));
    assertThat(room.queue().votes()).isEqualTo(Votes.NONE);
  }

  @Test
  void QU7_nothing_is_skipped_in_a_room_without_a_film() {
    assertThat(QueueRoom.empty().skip("Hana", true).rejection()).isEqualTo(Rejection.QUEUE_EMPTY);
  }

  @Test
  void QU7_closed_room_keeps_its_votes_to_itself() {
    QueueRoom room = QueueRoom.showing("A");
    room.vote("Ben", "A", true);

    Decision closed = room.room.later(24L * 3_600_000).tick();

    assertThat(closed.events()).singleElement().isInstanceOf(RoomEvent.RoomClosed.class);
  }
}
