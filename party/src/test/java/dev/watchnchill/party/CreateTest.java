package dev.watchnchill.party;

import static dev.watchnchill.party.RoomFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.RoomCommand.SendMessage;
import dev.watchnchill.party.RoomEvent.Change;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.playback.Timeline;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules CR1 and SQ1. */
class CreateTest {
  private final RoomFixture room = RoomFixture.room();

  @Test
  void CR1_creator_is_host_and_first_user_of_a_room_without_film_or_chat() {
    Room state = room.state();

    var hana =
        new Member(
            RoomFixture.user("Hana"),
            new DisplayName("Hana"),
            true,
            START,
            RoomFixture.secretOf("Hana"),
            null,
            null);
    assertThat(state.members().list()).containsExactly(hana);
    assertThat(state.hostId()).isEqualTo(hana.id());
    assertThat(state.hostName()).isEqualTo(hana.name());
    assertThat(state.media()).isNull();
    assertThat(state.timeline()).isEqualTo(Timeline.idle(START));
    assertThat(state.chat().messages()).isEmpty();
    assertThat(state.createdAtMs()).isEqualTo(START);
    assertThat(state.emptySinceMs()).isNull();
    assertThat(state.hostlessSinceMs()).isNull();
    assertThat(state.closed()).isFalse();
  }

  @Test
  void SQ1_creation_is_the_first_change_of_its_epoch() {
    assertThat(room.state().epoch()).isEqualTo(7);
    assertThat(room.state().seq()).isEqualTo(1);
  }

  @Test
  void SQ1_seq_grows_by_one_per_change_and_epoch_stays() {
    room.guest("Ben").playingFrom(3);
    room.act(new SendMessage(room.id("Ben"), new UUID(0, 1), "hello"));

    assertThat(room.state().seq()).isEqualTo(4);
    assertThat(room.state().epoch()).isEqualTo(7);
  }

  @Test
  void SQ1_events_of_one_change_share_its_seq() {
    Decision played = room.act(new RoomCommand.Play(room.id("Hana"), 3, false));

    assertThat(played.events())
        .hasSize(2)
        .allSatisfy(event -> assertThat(((Change) event).seq()).isEqualTo(2));
    assertThat(room.timeline().seq()).isEqualTo(2);
  }

  @Test
  void SQ1_two_changes_of_one_command_have_a_seq_each() {
    room.guest("Ben");

    Decision left = room.leave("Hana");

    assertThat(left.events()).map(event -> ((Change) event).seq()).containsExactly(3L, 4L, 4L);
  }

  @Test
  void SQ1_takeover_is_a_change_although_it_is_not_broadcast() {
    room.join(JoinRequest.as("Hana").withToken(RoomFixture.HOST_TOKEN));

    assertThat(room.state().seq()).isEqualTo(2);
    assertThat(room.member("Hana").session()).isNull();
  }

  @Test
  void LF1_every_change_is_a_write() {
    assertThat(room.later(5).guest("Ben").state().lastWriteMs()).isEqualTo(START + 5);
    assertThat(room.state().createdAtMs()).isEqualTo(START);
  }
}
