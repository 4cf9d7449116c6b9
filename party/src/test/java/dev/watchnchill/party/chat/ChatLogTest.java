package dev.watchnchill.party.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.RoomFixture;
import dev.watchnchill.party.generate.Generators;
import dev.watchnchill.party.generate.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rule CH5: the log of messages. */
class ChatLogTest {
  private static ChatMessage message(int number) {
    return new ChatMessage(
        new UUID(7, number), RoomFixture.user("Ben"), new DisplayName("Ben"), "m", number, number);
  }

  @Test
  void CH5_log_is_a_list_that_forgets_its_oldest_messages() {
    Property.check(choices -> {
      int keep = choices.draw(Generators.integers(1, 100));
      var model = new ArrayList<ChatMessage>();
      ChatLog log = ChatLog.EMPTY;
      int steps = choices.draw(Generators.integers(1, 150));
      for (int i = 1; i <= steps; i++) {
        ChatLog before = log;
        if (model.isEmpty() || choices.draw(Generators.integers(0, 3)) > 0) {
          model.add(message(i));
          log = log.plus(message(i), keep);
          if (model.size() > keep) {
            model.removeFirst();
          }
          assertThat(log.droppedOf(before)).isEqualTo(before.size() + 1 - log.size());
          assertThat(log.changedSince(before, log.droppedOf(before))).isEmpty();
        } else {
          int at = choices.draw(Generators.integers(0, model.size() - 1));
          ChatMessage edited = model.get(at).edited("at " + i, i);
          model.set(at, edited);
          log = log.with(edited);
          assertThat(log.droppedOf(before)).isZero();
          assertThat(log.changedSince(before, 0)).containsExactly(edited);
        }
      }
      assertThat(log.messages()).isEqualTo(model);
      assertThat(ChatLog.of(model)).isEqualTo(log).hasSameHashCodeAs(log);
      for (int i = 0; i < model.size(); i++) {
        assertThat(log.indexOf(model.get(i).id())).isEqualTo(i);
      }
      assertThat(log.find(new UUID(7, 0))).isNull();
      int dropped = choices.draw(Generators.integers(0, model.size()));
      assertThat(log.withoutOldest(dropped).messages())
          .isEqualTo(model.subList(dropped, model.size()));
    });
  }

  @Test
  void CH5_logs_that_do_not_follow_each_other_are_distinguished() {
    ChatLog log = ChatLog.of(List.of(message(1), message(2), message(3)));

    assertThat(ChatLog.of(List.of(message(1), message(3))).droppedOf(log)).isEqualTo(-1);
    assertThat(ChatLog.of(List.of(message(2))).droppedOf(log)).isEqualTo(-1);
    assertThat(ChatLog.of(List.of(message(9))).droppedOf(log)).isEqualTo(3);
    assertThat(ChatLog.EMPTY.droppedOf(log)).isEqualTo(3);
    assertThat(log.droppedOf(ChatLog.EMPTY)).isZero();
    assertThat(log).isNotEqualTo(ChatLog.of(List.of(message(1), message(2), message(4))));
  }

  @Test
  void LF2_base_history_is_the_newest_that_is_not_deleted() {
    ChatLog log = ChatLog.of(List.of(message(1), message(2), message(3).asDeleted(), message(4)));

    assertThat(log.newestPresent(2)).containsExactly(message(2), message(4));
    assertThat(log.newestPresent(9)).containsExactly(message(1), message(2), message(4));
    assertThat(log.newestPresent(0)).isEmpty();
  }
}
