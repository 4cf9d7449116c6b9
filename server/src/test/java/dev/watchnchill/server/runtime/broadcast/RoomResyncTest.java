package dev.watchnchill.server.runtime.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.NewRoom;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.RoomSettings;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.entry.RoomSecret;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RoomResyncTest {
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final Room ROOM =
      new RoomRules(Limits.DEFAULT)
          .create(
              new NewRoom(
                  new RoomId("ROOM01"),
                  1,
                  new DisplayName("Ann"),
                  ANN,
                  SecretHash.of("host token"),
                  null,
                  new InstanceId("one"),
                  MemberIdentity.NONE,
                  RoomSecret.of(new byte[16]),
                  RoomSettings.DEFAULT,
                  null),
              1);

  private static Room withMessage(UUID id, long seq) {
    var message = new ChatMessage(id, ANN, new DisplayName("Ann"), "hello", 10 + seq, seq);
    return ROOM.withChat(ChatLog.of(List.of(message)));
  }

  @Test
  void IN7_message_that_is_not_known_is_sent() {
    assertThat(RoomResync.difference(ROOM, withMessage(new UUID(0, 2), 3), 20)).hasSize(1);
  }

  @Test
  void LF2_base_client_is_sent_the_newest_messages_that_are_not_deleted() {
    Room now = ROOM;
    for (int i = 1; i <= 9; i++) {
      var sent =
          new ChatMessage(new UUID(0, i), ANN, new DisplayName("Ann"), "m" + i, 10 + i, i + 1);
      now = now.withChat(now.chat().plus(i == 8 ? sent.asDeleted() : sent, 500));
    }
    assertThat(RoomResync.difference(ROOM, now, 3))
        .map(event -> ((RoomEvent.MessageSent) event).message().text())
        .containsExactly("m6", "m7", "m9");
  }

  @Test
  void CH2_message_that_was_sent_again_after_a_loss_is_not_sent_twice() {
    var id = new UUID(0, 2);
    assertThat(RoomResync.difference(withMessage(id, 3), withMessage(id, 5), 20)).isEmpty();
  }

  @Test
  void PS3_large_room_defers_joins_and_departures_but_not_new_hosts() {
    var bob = new UserId(new UUID(0, 3));
    var host = ROOM.members().list().getFirst();
    var joined = new RoomEvent.UserJoined(4, host);
    assertThat(RoomResync.inLargeRoom(joined))
        .isEqualTo(new RoomEvent.UserPromoted(4, host.id(), host.name()));
    assertThat(RoomResync.inLargeRoom(new RoomEvent.UserJoined(4, host.asGuest()))).isNull();
    assertThat(RoomResync.inLargeRoom(new RoomEvent.UserLeft(4, bob))).isNull();
  }
}
