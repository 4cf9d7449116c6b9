package dev.watchnchill.party.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomEvent.Change;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.party.playback.Timeline;
import dev.watchnchill.party.property.ScriptRun.Moment;
import dev.watchnchill.party.queue.QueueInvariants;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invariants of every room after every command. */
class InvariantsTest {
  private static final RoomCommand TICK = new RoomCommand.Tick();

  @Test
  void SQ1_seq_grows_by_one_per_change_and_never_otherwise() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        long seq = moment.before().seq();
        boolean counted = false;
        for (RoomEvent event : moment.decision().events()) {
          if (event instanceof Change change) {
            seq = counted && change.seq() == seq ? seq : seq + 1;
            assertThat(change.seq()).isEqualTo(seq);
            counted = true;
          }
        }
        assertThat(moment.after().seq()).isEqualTo(seq);
        if (moment.after().seq() == moment.before().seq()) {
          assertThat(moment.after()).isSameAs(moment.before());
        } else {
          assertThat(moment.after().lastWriteMs()).isEqualTo(moment.now());
        }
        assertThat(moment.after().epoch()).isEqualTo(moment.before().epoch());
      }
    });
  }

  @Test
  void HR1_rejected_command_returns_the_identical_room_and_no_events() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        if (moment.decision().rejection() != null) {
          assertThat(moment.after()).isSameAs(moment.before());
          assertThat(moment.decision().events()).isEmpty();
          assertThat(moment.decision().joined()).isNull();
        }
      }
    });
  }

  @Test
  void JN7_JN11_no_two_members_share_a_name_an_id_or_a_secret() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        List<Member> members = moment.after().members().list();
        assertThat(members)
            .doesNotHaveDuplicates()
            .hasSizeLessThanOrEqualTo(ScriptRun.LIMITS.membersMax());
        assertThat(members).extracting(Member::id).doesNotHaveDuplicates();
        for (Member member : members) {
          assertThat(moment.after().members().findAllByName(member.name())).containsExactly(member);
        }
        assertThat(members.stream().filter(member -> member.session() != null))
            .extracting(Member::session)
            .doesNotHaveDuplicates();
        assertThat(members)
            .isSortedAccordingTo((a, b) -> Long.compare(a.joinedAtMs(), b.joinedAtMs()));
        for (Member member : members) {
          assertThat(moment.after().members().find(member.id())).isSameAs(member);
        }
      }
    });
  }

  @Test
  void LV5_members_have_a_host_or_wait_for_one() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Room room = moment.after();
        boolean waits = !room.members().isEmpty() && !room.members().hasHost();
        assertThat(room.hostlessSinceMs() != null).isEqualTo(waits);
        assertThat(room.emptySinceMs() != null).isEqualTo(room.members().isEmpty());
        Long since = room.hostlessSinceMs();
        if (since != null) {
          Room due = ScriptRun.RULES.decide(room, TICK, since + 1_000).next();
          assertThat(due.closed() || due.members().isEmpty() || due.members().hasHost()).isTrue();
        }
      }
    });
  }

  @Test
  void LV3_no_away_member_is_promoted_before_a_present_one() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        for (RoomEvent event : moment.decision().events()) {
          if (event instanceof RoomEvent.UserPromoted promoted && promoted.by() == null) {
            Member heir = moment.after().members().find(promoted.userId());
            assertThat(heir).as("who is promoted stays").isNotNull();
            assertThat(moment.after().hostId()).isEqualTo(promoted.userId());
            assertThat(
                    (heir != null && !heir.away())
                        || moment.after().members().list().stream().allMatch(Member::away))
                .isTrue();
          }
        }
      }
    });
  }

  @Test
  void RS2_IN3_only_users_with_a_secret_or_of_a_dead_server_are_away() {
    ScriptedCommand.check(script -> {
      var orphans = new HashSet<UserId>();
      for (Moment moment : ScriptRun.through(script)) {
        for (RoomEvent event : moment.decision().events()) {
          if (moment.command() instanceof RoomCommand.MarkInstancesDead
              && event instanceof RoomEvent.UserAway away) {
            orphans.add(away.userId());
          }
        }
        for (Member member : moment.after().members().list()) {
          if (member.away() && !orphans.contains(member.id())) {
            assertThat(member.session()).isNotNull();
          }
        }
      }
    });
  }

  @Test
  void TL1_position_is_finite_and_within_the_film() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        Timeline timeline = moment.after().timeline();
        double end = timeline.duration() > 0 ? timeline.duration() : Double.MAX_VALUE;
        assertThat(timeline.position()).isFinite().isBetween(0.0, end);
        assertThat(1 / timeline.position()).as("no negative zero").isPositive();
        assertThat(timeline.targetAt(moment.now())).isBetween(0.0, end);
        assertThat(timeline.targetAt(moment.now() + 1e12)).isFinite().isBetween(0.0, end);
        assertThat(timeline.seq()).isLessThanOrEqualTo(moment.after().seq());
      }
    });
  }

  @Test
  void QU1_QU2_QU7_queue_is_bounded_and_ordered_and_only_members_vote() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        QueueInvariants.check(moment.after());
      }
    });
  }

  @Test
  void LF2_chat_is_bounded_and_oldest_first() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        List<ChatMessage> chat = moment.after().chat().messages();
        assertThat(chat).hasSizeLessThanOrEqualTo(ScriptRun.LIMITS.chatKeep());
        assertThat(chat).extracting(ChatMessage::id).doesNotHaveDuplicates();
        assertThat(chat).extracting(ChatMessage::seq).isSorted().doesNotHaveDuplicates();
        chat.forEach(InvariantsTest::checkMessage);
      }
    });
  }

  private static void checkMessage(ChatMessage message) {
    Reactions reactions = message.reactions();
    if (message.deleted()) {
      assertThat(message).isEqualTo(message.asDeleted());
    }
    assertThat(message.text().isEmpty()).isEqualTo(message.deleted());
    assertThat(reactions.tallies()).hasSizeLessThanOrEqualTo(Reactions.EMOJI_MAX);
    assertThat(reactions.marks().values())
        .allMatch(marks -> marks.size() <= Reactions.MEMBER_EMOJI_MAX && !marks.isEmpty());
    // The numbers that are kept are those that follow from the marks.
    assertThat(Reactions.of(reactions.marks()).tallies()).isEqualTo(reactions.tallies());
  }

  @Test
  void AT1_same_room_command_and_time_give_the_same_decision() {
    ScriptedCommand.check(script -> {
      for (Moment moment : ScriptRun.through(script)) {
        assertThat(
                ScriptRun.RULES.decide(
                    moment.before(), moment.audience(), moment.command(), moment.now()))
            .isEqualTo(moment.decision());
      }
      assertThat(ScriptRun.through(script)).isEqualTo(ScriptRun.through(script));
    });
  }
}
