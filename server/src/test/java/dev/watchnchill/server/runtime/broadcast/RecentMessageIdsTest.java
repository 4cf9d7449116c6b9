package dev.watchnchill.server.runtime.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RecentMessageIdsTest {
  private static final RoomRules RULES = new RoomRules(Limits.DEFAULT);
  private static final UserId ANN = new UserId(new UUID(1, 1));
  private static final UserId BOB = new UserId(new UUID(1, 2));
  private static final UUID ID = new UUID(3, 3);

  private final RecentMessageIds said = new RecentMessageIds();
  private Room room =
      RULES.create(
          new RoomId("AB12CD"), 7, new DisplayName("Ann"), ANN, SecretHash.of("x"), null, 1);

  private void send(UUID id) {
    var decision = RULES.decide(room, new RoomCommand.SendMessage(ANN, id, "hi"), 2);
    decision.events().forEach(said::remember);
    room = decision.next();
  }

  private void changes(int count) {
    for (int i = 0; i < count; i++) {
      room = room.changed(3);
    }
  }

  @Test
  void CH2_id_is_known_among_the_last_128_changes_and_not_longer() {
    send(ID);
    long seq = room.seq();
    changes(127);
    assertThat(said.seqOf(ID, ANN, room)).isEqualTo(seq);
    assertThat(said.seqOf(ID, BOB, room)).isNull();
    assertThat(said.usedByAnother(ID, BOB, room)).isTrue();
    assertThat(said.usedByAnother(ID, ANN, room)).isFalse();
    changes(1);
    assertThat(said.seqOf(ID, ANN, room)).isNull();
    assertThat(said.usedByAnother(ID, BOB, room)).isFalse();
  }

  @Test
  void CH2_messages_that_the_kept_room_has_never_had_are_forgotten() {
    send(new UUID(3, 1));
    long kept = room.seq();
    send(ID);
    said.forgetAfter(kept);
    assertThat(said.usedByAnother(ID, BOB, room)).isFalse();
    assertThat(said.usedByAnother(new UUID(3, 1), BOB, room)).isTrue();
  }
}
