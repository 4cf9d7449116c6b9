package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.server.store.RoomStore.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of every store for subscriptions and for the changes of the past. */
public abstract class RoomStreamContract extends RoomSubtitlesContract {
  @Test
  void subscribers_get_every_change_once_in_the_order_of_seq() {
    Room room = created();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(ID, heard::add);
    atOnce(
        8,
        () -> {
          for (int i = 0; i < 50; ) {
            Room now = loaded();
            if (commit(now, say(now, "number " + i))) {
              i++;
            }
          }
          return true;
        });
    awaitSize(heard, 400);
    for (int i = 0; i < 400; i++) {
      assertThat(heard.get(i)).isInstanceOf(RoomStore.Committed.class);
      var change = (RoomStore.Committed) heard.get(i);
      room = change.update().applyTo(room);
      assertThat(room.seq()).isEqualTo(i + 2);
      assertThat(change.before()).isEqualTo(new RoomStore.Revision(7, i + 1));
      assertThat(change.after()).isEqualTo(RoomStore.Revision.of(room));
      assertThat(change.events()).hasSize(1);
    }
    assertThat(loaded()).isEqualTo(room);
  }

  @Test
  void subscribers_receive_changes_of_their_room_alone() {
    Room room = created();
    var heard = new ArrayList<Published>();
    store.subscribe(OTHER, heard::add);
    assertThat(commit(room, say(room, "hello"))).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void SQ2_recent_changes_up_to_a_revision_have_no_gap() {
    Room room = created();
    for (int i = 0; i < 5; i++) {
      Decision said = say(room, "number " + i);
      assertThat(commit(room, said)).isTrue();
      room = said.next();
    }
    List<RoomStore.Committed> recent = store.recent(ID, RoomStore.Revision.of(room));
    assertThat(recent).hasSizeGreaterThanOrEqualTo(shared() ? 5 : 0);
    long expected = room.seq();
    for (RoomStore.Committed change : recent.reversed()) {
      assertThat(change.after()).isEqualTo(new RoomStore.Revision(7, expected));
      expected = change.before().seq();
    }
    assertThat(store.recent(ID, new RoomStore.Revision(6, room.seq()))).isEmpty();
    assertThat(store.recent(OTHER, RoomStore.Revision.of(room))).isEmpty();
  }

  @Test
  void passing_events_reach_subscribers_and_change_nothing() {
    Room room = created();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(ID, heard::add);
    List<RoomEvent> events = List.of(new RoomEvent.Typing(HOST, new DisplayName("Ann"), true));
    store.publish(ID, events);
    awaitSize(heard, 1);
    assertThat(heard.getFirst()).isInstanceOf(RoomStore.Transient.class);
    assertThat(heard.getFirst().events()).isEqualTo(events);
    assertThat(store.load(ID)).isEqualTo(room);
  }

  @Test
  void passing_events_of_a_room_that_is_not_there_do_no_harm() {
    assertThatCode(() -> store.publish(OTHER, List.of())).doesNotThrowAnyException();
  }

  @Test
  void nothing_is_delivered_after_a_subscription_is_closed() {
    Room room = created();
    var heard = new ArrayList<Published>();
    RoomStore.Subscription subscription = store.subscribe(ID, heard::add);
    subscription.close();
    subscription.close();
    assertThat(commit(room, say(room, "hello"))).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void subscription_closed_during_a_delivery_does_not_receive_it() {
    Room room = created();
    var later = new ArrayList<RoomStore.Subscription>();
    var heard = new ArrayList<Published>();
    var first = new AtomicInteger();
    store.subscribe(
        ID,
        _ -> {
          first.incrementAndGet();
          later.forEach(RoomStore.Subscription::close);
        });
    later.add(store.subscribe(ID, heard::add));
    assertThat(commit(room, say(room, "hello"))).isTrue();
    org.awaitility.Awaitility.await().until(() -> first.get() == 1);
    assertThat(heard).isEmpty();
  }

  @Test
  void two_subscriptions_of_one_consumer_are_two() {
    Room room = created();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    RoomStore.Subscriber consumer = heard::add;
    RoomStore.Subscription first = store.subscribe(ID, consumer);
    store.subscribe(ID, consumer);
    first.close();
    first.close();
    assertThat(commit(room, say(room, "hello"))).isTrue();
    awaitSize(heard, 1);
  }

  @Test
  void subscriber_that_fails_costs_neither_the_writer_nor_the_others() {
    Room room = created();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(
        ID,
        _ -> {
          throw new IllegalStateException("a subscriber that fails on purpose");
        });
    store.subscribe(ID, heard::add);
    assertThat(commit(room, say(room, "hello"))).isTrue();
    awaitSize(heard, 1);
  }

  @Test
  void since_gives_the_changes_from_a_revision_to_the_present() {
    Room known = created();
    Room now = known;
    for (int i = 0; i < 3; i++) {
      Decision said = say(now, "number " + i);
      assertThat(commit(now, said)).isTrue();
      now = said.next();
    }
    List<RoomStore.Committed> missed = store.since(ID, RoomStore.Revision.of(known));
    assertThat(missed).isNotNull().hasSize(3);
    Room led = known;
    for (RoomStore.Committed change : java.util.Objects.requireNonNull(missed)) {
      assertThat(change.before()).isEqualTo(RoomStore.Revision.of(led));
      led = change.update().applyTo(led);
      assertThat(change.after()).isEqualTo(RoomStore.Revision.of(led));
      assertThat(change.events()).hasSize(1);
    }
    assertThat(led).isEqualTo(now);
    assertThat(store.since(ID, RoomStore.Revision.of(now))).isEmpty();
  }

  @Test
  void since_is_unknown_for_another_epoch_and_for_future_changes() {
    Room room = created();
    assertThat(store.since(ID, new RoomStore.Revision(room.epoch() - 1, room.seq()))).isNull();
    assertThat(store.since(ID, new RoomStore.Revision(room.epoch(), room.seq() + 1))).isNull();
    assertThat(store.since(OTHER, RoomStore.Revision.of(room))).isNull();
  }
}
