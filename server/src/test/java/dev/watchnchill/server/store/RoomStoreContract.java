package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.DisplayName;
import dev.watchnchill.party.Limits;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomRules;
import dev.watchnchill.party.SecretHash;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.party.access.Members;
import dev.watchnchill.server.store.RoomStore.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does; each sentence of {@link RoomStore}'s documentation is a test. */
public abstract class RoomStoreContract {
  /** When the tests begin, ms since the epoch. */
  protected static final long START_MS = 1_700_000_000_000L;

  /** How long a room of a store lives from its last write, when its clock can be moved. */
  protected static final long LIFE_MS = 10_000;

  private static final RoomId ID = new RoomId("ROOM01");
  private static final RoomId OTHER = new RoomId("ROOM02");
  private static final UserId HOST = new UserId(new UUID(1, 1));
  private static final RoomRules RULES = new RoomRules(Limits.DEFAULT);

  private BlockingStore store;

  /** How long a room of the store under test lives from its last write. */
  protected long lifeMs() {
    return LIFE_MS;
  }

  /** How far the clock of the store under test may be from where {@link #advance} left it. */
  protected long slackMs() {
    return 1;
  }

  /** An empty store whose rooms live {@link #lifeMs} by the clock of {@link #advance}. */
  protected abstract RoomStore open();

  /** Moves the store's clock forward. */
  protected abstract void advance(long ms);

  /** What the store's clock says. */
  protected abstract long nowMs();

  /** Whether other servers may come to its rooms, and ask what was before. */
  protected boolean shared() {
    return false;
  }

  @BeforeEach
  void fresh() {
    store = new BlockingStore(open());
  }

  @AfterEach
  void done() {
    store.close();
  }

  private Room room(RoomId id) {
    return RULES.create(
        id, 7, new DisplayName("Ann"), HOST, SecretHash.of("secret"), null, nowMs());
  }

  private Decision say(Room room, String text) {
    return RULES.decide(room, new RoomCommand.SendMessage(HOST, UUID.randomUUID(), text), nowMs());
  }

  private boolean commit(Room before, Decision decision) {
    return store.commit(before, decision.next(), decision.events());
  }

  private Room created() {
    Room room = room(ID);
    assertThat(store.create(room)).isTrue();
    return room;
  }

  private Room loaded() {
    Room room = store.load(ID);
    assertThat(room).isNotNull();
    return java.util.Objects.requireNonNull(room);
  }

  private static <T> List<T> atOnce(int threads, Callable<T> task) {
    var start = new CountDownLatch(1);
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var running = new ArrayList<Future<T>>();
      for (int i = 0; i < threads; i++) {
        running.add(
            pool.submit(() -> {
              start.await();
              return task.call();
            }));
      }
      start.countDown();
      var results = new ArrayList<T>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void created_room_is_found_as_it_was() {
    Room room = created();
    assertThat(store.load(ID)).isEqualTo(room);
    assertThat(store.active()).containsExactly(ID);
    assertThat(store.load(OTHER)).isNull();
  }

  @Test
  void taken_id_is_refused_and_the_room_stays() {
    Room room = created();
    advance(5);
    assertThat(store.create(room(ID))).isFalse();
    assertThat(store.load(ID)).isEqualTo(room);
  }

  @Test
  void one_of_many_creations_of_an_id_succeeds() {
    assertThat(atOnce(8, () -> store.create(room(ID)))).containsOnlyOnce(true);
  }

  @Test
  void commit_replaces_the_room_with_its_chat() {
    Room room = created();
    Decision said = say(room, "hello");
    assertThat(commit(room, said)).isTrue();
    assertThat(store.load(ID)).isEqualTo(said.next());
    assertThat(loaded().chat().messages()).hasSize(1);
  }

  @Test
  void commit_against_another_seq_does_nothing() {
    Room room = created();
    Decision first = say(room, "first");
    assertThat(commit(room, first)).isTrue();
    var heard = new ArrayList<Published>();
    store.subscribe(ID, heard::add);
    assertThat(commit(room, say(room, "second"))).isFalse();
    assertThat(store.load(ID)).isEqualTo(first.next());
    assertThat(heard).isEmpty();
  }

  @Test
  void commit_against_another_epoch_does_nothing() {
    Room room = created();
    Room formerLife =
        RULES.create(ID, 6, new DisplayName("Ann"), HOST, SecretHash.of("old"), null, nowMs());
    assertThat(commit(formerLife, say(formerLife, "from the past"))).isFalse();
    assertThat(store.load(ID)).isEqualTo(room);
  }

  @Test
  void commit_to_a_room_that_never_was_does_nothing() {
    Room room = room(OTHER);
    assertThat(commit(room, say(room, "anybody?"))).isFalse();
    assertThat(store.load(OTHER)).isNull();
    assertThat(store.active()).isEmpty();
  }

  @Test
  void of_many_commits_against_one_revision_exactly_one_succeeds() {
    for (int round = 0; round < 50; round++) {
      Room room = round == 0 ? created() : loaded();
      assertThat(atOnce(8, () -> commit(room, say(room, "me")))).containsOnlyOnce(true);
      assertThat(loaded().seq()).isEqualTo(room.seq() + 1);
    }
  }

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

  private static void awaitSize(List<?> list, int size) {
    org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(list).hasSize(size));
  }

  @Test
  void subscribers_hear_of_their_room_alone() {
    Room room = created();
    var heard = new ArrayList<Published>();
    store.subscribe(OTHER, heard::add);
    assertThat(commit(room, say(room, "hello"))).isTrue();
    assertThat(heard).isEmpty();
  }

  @Test
  void SQ2_what_led_to_a_revision_is_told_without_a_hole_as_far_as_it_is_known() {
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
  void people_keep_their_order_whoever_comes_goes_or_changes() {
    Room room = created();
    var chance = new Random(20_261_123);
    for (int step = 0; step < 60; step++) {
      Room before = loaded();
      assertThat(before.members()).isEqualTo(room.members());
      room = before.changed(nowMs()).withMembers(shuffled(before.members(), chance, step), nowMs());
      assertThat(store.commit(before, room, List.of())).isTrue();
      Room known = before;
      for (RoomStore.Committed change :
          java.util.Objects.requireNonNull(store.since(ID, RoomStore.Revision.of(before)))) {
        known = change.update().applyTo(known);
      }
      assertThat(known).isEqualTo(room);
    }
  }

  private static Members shuffled(Members before, Random chance, int step) {
    var next = new ArrayList<Member>(before.list());
    next.removeIf(_ -> chance.nextInt(8) == 0);
    next.replaceAll(member -> chance.nextInt(4) == 0 ? member.asAway((long) step + 1) : member);
    for (int i = chance.nextInt(4); i > 0; i--) {
      var name = new DisplayName("P" + step + "-" + i);
      var id = new UserId(new UUID(step + 2, i));
      next.add(new Member(id, name, false, step, null, null, null));
    }
    if (chance.nextInt(5) == 0) {
      Collections.shuffle(next, chance);
    }
    return Members.of(next);
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
  void subscription_closed_while_a_change_is_delivered_hears_nothing_of_it() {
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
  void LF1_room_is_gone_when_its_life_has_passed_and_not_sooner() {
    created();
    advance(lifeMs() - slackMs());
    assertThat(store.load(ID)).isNotNull();
    assertThat(store.active()).containsExactly(ID);
    advance(slackMs());
    assertThat(store.active()).isEmpty();
    assertThat(store.load(ID)).isNull();
  }

  @Test
  void LF1_each_write_gives_a_whole_life() {
    Room room = created();
    advance(lifeMs() - slackMs());
    assertThat(commit(room, say(room, "still here"))).isTrue();
    advance(lifeMs() - slackMs());
    assertThat(store.load(ID)).isNotNull();
    advance(slackMs());
    assertThat(store.load(ID)).isNull();
  }

  @Test
  void LF1_commit_to_an_expired_room_does_nothing() {
    Room room = created();
    advance(lifeMs());
    var heard = new ArrayList<Published>();
    store.subscribe(ID, heard::add);
    assertThat(commit(room, say(room, "too late"))).isFalse();
    assertThat(store.load(ID)).isNull();
    assertThat(heard).isEmpty();
  }

  @Test
  void LF1_id_of_an_expired_room_is_free_again() {
    created();
    advance(lifeMs());
    assertThat(store.create(room(ID))).isTrue();
  }

  @Test
  void closed_room_is_deleted_and_its_end_is_published() {
    Room room = created();
    List<Published> heard = Collections.synchronizedList(new ArrayList<>());
    store.subscribe(ID, heard::add);
    Room over = room.changed(nowMs()).asClosed();
    var end = new RoomEvent.RoomClosed(over.seq(), RoomEvent.ClosureReason.EMPTY);
    assertThat(store.commit(room, over, List.of(end))).isTrue();
    awaitSize(heard, 1);
    assertThat(heard.getFirst().events()).containsExactly(end);
    assertThat(store.load(ID)).isNull();
    assertThat(store.active()).isEmpty();
    assertThat(commit(room, say(room, "too late"))).isFalse();
    assertThat(store.create(room(ID))).isTrue();
  }

  @Test
  void since_tells_what_leads_from_one_revision_to_where_the_room_stands() {
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
  void since_cannot_tell_of_another_life_nor_of_what_is_not_there_yet() {
    Room room = created();
    assertThat(store.since(ID, new RoomStore.Revision(room.epoch() - 1, room.seq()))).isNull();
    assertThat(store.since(ID, new RoomStore.Revision(room.epoch(), room.seq() + 1))).isNull();
    assertThat(store.since(OTHER, RoomStore.Revision.of(room))).isNull();
  }

  @Test
  void room_that_is_there_is_not_restored_from_a_copy_that_is_not_newer() {
    Room room = created();
    assertThat(commit(room, say(room, "newer"))).isTrue();
    Room now = loaded();
    assertThat(store.restore(room)).isEqualTo(Restoration.SUPERSEDED);
    assertThat(store.restore(now)).isEqualTo(Restoration.SUPERSEDED);
    assertThat(store.load(ID)).isEqualTo(now);
  }
}
