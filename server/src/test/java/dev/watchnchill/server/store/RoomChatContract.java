package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.chat.ChatLog;
import dev.watchnchill.party.chat.ChatMessage;
import dev.watchnchill.party.chat.Reactions;
import dev.watchnchill.server.store.RoomStore.Published;
import dev.watchnchill.server.store.codec.ChatSamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of every store for the log of messages. */
public abstract class RoomChatContract extends RoomQueueContract {
  private Room withLog(Room room) {
    Room next = ChatSamples.discussed(room);
    assertCommitted(room, next);
    return next;
  }

  @Test
  void CH5_room_with_a_log_is_found_as_it_was() {
    Room room = ChatSamples.discussed(room(ID));
    assertThat(store.create(room)).isTrue();
    assertThat(store.load(ID)).isEqualTo(room);
  }

  @Test
  @Tag(LARGE)
  void CH5_each_change_of_a_log_is_found_and_leads_to_the_next() {
    Room room = withLog(created());
    for (int seed = 0; seed < 3; seed++) {
      var random = new Random(seed);
      for (int step = 0; step < 40; step++) {
        Room next = ChatSamples.changed(room, random, 1_000 * seed + step);
        assertCommitted(room, next);
        room = next;
      }
    }
  }

  @Test
  void CH5_commits_of_other_things_leave_the_log() {
    Room room = withLog(created());
    Room next = room.changed(nowMs());
    assertCommitted(room, next);
    assertThat(loaded().chat()).isEqualTo(room.chat());
  }

  @Test
  void CH5_log_that_is_replaced_leaves_nothing_behind() {
    Room room = withLog(created());
    Room empty = room.changed(nowMs()).withChat(ChatLog.EMPTY);
    assertCommitted(room, empty);
    assertCommitted(empty, ChatSamples.discussed(empty));
  }

  @Test
  void CH8_deleted_message_is_stored_without_its_text_and_reactions() {
    Room room = withLog(created());
    ChatMessage message = room.chat().get(1);
    assertThat(message.reactions().isEmpty()).isFalse();
    Room next = room.changed(nowMs()).withChat(room.chat().with(message.asDeleted()));
    assertCommitted(room, next);
    assertThat(loaded().chat().get(1)).isEqualTo(message.asDeleted());
  }

  @Test
  void CH7_CH8_CH9_events_reach_subscribers_as_they_were() {
    Room room = withLog(created());
    List<Published> published = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(ID, published::add);
    Room next = room.changed(nowMs());
    UUID id = room.chat().get(0).id();
    List<RoomEvent> events =
        List.of(
            new RoomEvent.MessageSent(next.seq(), room.chat().get(1).withReactions(Reactions.NONE)),
            new RoomEvent.MessageEdited(next.seq(), id, "other", 7, HOST),
            new RoomEvent.MessageDeleted(next.seq(), id, HOST),
            new RoomEvent.MessageReacted(next.seq(), id));
    assertThat(store.commit(room, next, events)).isTrue();
    awaitSize(published, 1);
    assertThat(published.getFirst().events()).isEqualTo(events);
  }

  @Test
  @Tag(LARGE)
  void CH9_reactions_of_more_members_than_a_command_can_hold_are_found() {
    Room room = withLog(created());
    ChatMessage message = room.chat().get(0);
    var marks = new HashMap<UserId, List<Reactions.Mark>>();
    for (int i = 0; i < 5_000; i++) {
      marks.put(new UserId(new UUID(9, i)), List.of(new Reactions.Mark("\u2764\ufe0f", 1_000 + i)));
    }
    ChatMessage liked = message.withReactions(Reactions.of(marks));
    Room next = room.changed(nowMs()).withChat(room.chat().with(liked));
    assertCommitted(room, next);
    assertCommitted(next, next.changed(nowMs()).withChat(next.chat().with(liked.asDeleted())));
  }
}
