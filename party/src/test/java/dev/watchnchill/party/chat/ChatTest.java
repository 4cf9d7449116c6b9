package dev.watchnchill.party.chat;

import static dev.watchnchill.party.RoomFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.JoinRequest;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Rejection;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomCommand.SendMessage;
import dev.watchnchill.party.RoomEvent.MessageSent;
import dev.watchnchill.party.RoomEvent.Typing;
import dev.watchnchill.party.RoomFixture;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules CH1, TY1, LF2 and JN8. */
class ChatTest {
  private final RoomFixture room = RoomFixture.room().guest("Ben");

  @Test
  void CH1_message_is_kept_and_broadcast() {
    room.later(42);

    Decision sent = say(room, 1);

    var message =
        new ChatMessage(
            new UUID(0, 1), room.id("Ben"), new DisplayName("Ben"), "message 1", START + 42, 3);
    assertThat(sent.events()).containsExactly(new MessageSent(3, message));
    assertThat(room.state().chat().messages()).containsExactly(message);
  }

  @Test
  void CH2_message_said_again_by_the_same_user_is_said_once() {
    Decision first = say(room, 1);
    Decision again = say(room, 1);

    assertThat(again.next()).isSameAs(first.next());
    assertThat(again.rejection()).isNull();
    assertThat(again.events()).isEmpty();
  }

  @Test
  void CH2_id_of_another_members_message_is_rejected() {
    say(room, 1);

    Decision theft = room.act(new RoomCommand.SendMessage(room.id("Hana"), new UUID(0, 1), "mine"));

    assertThat(theft.rejection()).isEqualTo(Rejection.MESSAGE_ID_TAKEN);
    assertThat(texts(room)).containsExactly("message 1");
  }

  @Test
  void CH1_name_is_that_of_the_moment() {
    say(room, 1);
    room.leave("Ben");

    assertThat(room.state().chat().messages().getFirst().userName()).hasToString("Ben");
  }

  @Test
  void LF2_the_last_messages_are_kept_oldest_first() {
    IntStream.rangeClosed(1, 25).forEach(i -> say(room, i));

    assertThat(room.state().chat().newestPresent(20))
        .extracting(ChatMessage::text)
        .hasSize(20)
        .startsWith("message 6")
        .endsWith("message 25");
    assertThat(texts(room)).hasSize(25);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void LF2_history_keeps_as_many_messages_as_configured(int keep) {
    RoomFixture other = RoomFixture.room(Limits.DEFAULT.withSizes(5, keep)).guest("Ben");

    IntStream.rangeClosed(1, 4).forEach(i -> say(other, i));

    assertThat(texts(other))
        .isEqualTo(
            List.of("message 1", "message 2", "message 3", "message 4").subList(4 - keep, 4));
  }

  @Test
  void LF2_shorter_history_than_before_cuts_a_longer_one() {
    ChatLog longer = ChatLog.EMPTY;
    for (int i = 0; i < 10; i++) {
      longer = longer.plus(message(i), 20);
    }

    assertThat(longer.plus(message(10), 2).messages()).containsExactly(message(9), message(10));
  }

  @Test
  void JN8_joiner_gets_the_chat_history() {
    say(room, 1);
    Decision joined = room.join(JoinRequest.as("Cleo"));

    assertThat(joined.next().chat().messages()).hasSize(1);
  }

  @Test
  void LF2_talk_outlives_its_speakers_as_long_as_the_room() {
    say(room, 1);
    room.leave("Ben");
    room.leave("Hana");

    assertThat(texts(room)).containsExactly("message 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void TY1_typing_is_broadcast_and_not_kept(boolean started) {
    Room before = room.state();

    Decision typed = room.later(5).act(new RoomCommand.SetTyping(room.id("Ben"), started));

    assertThat(typed.events())
        .containsExactly(new Typing(room.id("Ben"), new DisplayName("Ben"), started));
    assertThat(typed.next()).isSameAs(before);
  }

  private static Decision say(RoomFixture room, int number) {
    return room.act(new SendMessage(room.id("Ben"), new UUID(0, number), "message " + number));
  }

  private static ChatMessage message(int number) {
    return new ChatMessage(
        new UUID(0, number), RoomFixture.user("Ben"), new DisplayName("Ben"), "m", number, number);
  }

  private static List<String> texts(RoomFixture room) {
    return room.state().chat().messages().stream().map(ChatMessage::text).toList();
  }
}
