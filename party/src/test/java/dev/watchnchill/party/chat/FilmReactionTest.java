package dev.watchnchill.party.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent.FilmReacted;
import dev.watchnchill.party.RoomFixture;
import org.junit.jupiter.api.Test;

class FilmReactionTest {
  private static final String LAUGH = "\ud83d\ude02";

  private final RoomFixture room = RoomFixture.room().guest("Ben", 3, 4);

  private Decision react() {
    return room.act(new RoomCommand.ReactToFilm(room.id("Ben"), LAUGH));
  }

  @Test
  void FX1_reaction_is_broadcast_and_not_kept() {
    Room before = room.state();

    Decision reacted = react();

    assertThat(reacted.events())
        .containsExactly(new FilmReacted(room.id("Ben"), new DisplayName("Ben"), LAUGH));
    assertThat(reacted.next()).isSameAs(before);
  }

  @Test
  void FX1_reaction_of_a_muted_member_is_rejected() {
    room.mute("Hana", "Ben", true);

    assertThat(react().rejection()).isEqualTo(Rejection.MUTED);
    assertThat(react().events()).isEmpty();
  }
}
