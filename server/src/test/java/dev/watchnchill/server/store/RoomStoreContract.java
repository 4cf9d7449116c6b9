package dev.watchnchill.server.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The contract of every store; each sentence of {@link RoomStore}'s documentation is a test. */
public abstract class RoomStoreContract {
  /** When the tests begin, ms since the epoch. */
  protected static final long START_MS = 1_700_000_000_000L;

  /** Lifetime of a room from its last write, in stores whose clock can be moved. */
  protected static final long LIFE_MS = 10_000;

  static final RoomId ID = new RoomId("ROOM01");
  static final RoomId OTHER = new RoomId("ROOM02");
  static final UserId HOST = new UserId(new UUID(1, 1));
  static final RoomRules RULES = new RoomRules(Limits.DEFAULT);

  /** Marks a test with changes so large that a slow machine takes seconds for them. */
  static final String LARGE = "large";

  BlockingStore store;
  private boolean large;

  /**
   * Returns whether this test makes changes so large or so many that its rooms have to live longer.
   */
  protected boolean large() {
    return large;
  }

  /** Returns the lifetime of a room from its last write, in ms. */
  protected long lifeMs() {
    return LIFE_MS;
  }

  /** Returns how far the clock of the store may be from where {@link #advance} left it. */
  protected long slackMs() {
    return 1;
  }

  /** Returns how much longer than its lifetime the store may keep a room after a commit. */
  protected long lateMs() {
    return 0;
  }

  /** An empty store whose rooms live {@link #lifeMs} by the clock of {@link #advance}. */
  protected abstract RoomStore open();

  /** Moves the store's clock forward. */
  protected abstract void advance(long ms);

  /** Returns the time of the store's clock. */
  protected abstract long nowMs();

  /** Whether other servers may come to its rooms, and ask what was before. */
  protected boolean shared() {
    return false;
  }

  @BeforeEach
  void fresh(TestInfo test) {
    large = test.getTags().contains(LARGE);
    store = new BlockingStore(open());
  }

  @AfterEach
  void done() {
    store.close();
  }

  Room room(RoomId id) {
    return RULES.create(
        id, 7, new DisplayName("Ann"), HOST, SecretHash.of("secret"), null, nowMs());
  }

  Decision say(Room room, String text) {
    return RULES.decide(room, new RoomCommand.SendMessage(HOST, UUID.randomUUID(), text), nowMs());
  }

  boolean commit(Room before, Decision decision) {
    return store.commit(before, decision.next(), decision.events());
  }

  Room created() {
    Room room = room(ID);
    assertThat(store.create(room)).isTrue();
    return room;
  }

  Room loaded() {
    Room room = store.load(ID);
    assertThat(room).isNotNull();
    return java.util.Objects.requireNonNull(room);
  }

  static void awaitSize(List<?> list, int size) {
    org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(list).hasSize(size));
  }

  static <T> List<T> atOnce(int threads, Callable<T> task) {
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
  void taken_id_is_rejected_and_the_room_stays() {
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
  void members_keep_their_order_through_joins_departures_and_changes() {
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
  void LF1_room_expires_in_time_and_not_sooner() {
    created();
    advance(lifeMs() - slackMs());
    assertThat(store.load(ID)).isNotNull();
    assertThat(store.active()).containsExactly(ID);
    advance(slackMs());
    assertThat(store.active()).isEmpty();
    assertThat(store.load(ID)).isNull();
  }

  @Test
  void LF1_each_write_renews_the_expiry() {
    Room room = created();
    advance(lifeMs() - slackMs());
    assertThat(commit(room, say(room, "still here"))).isTrue();
    advance(lifeMs() - slackMs());
    assertThat(store.load(ID)).isNotNull();
    advance(slackMs() + lateMs());
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
  void room_that_is_there_is_not_restored_from_a_copy_that_is_not_newer() {
    Room room = created();
    assertThat(commit(room, say(room, "newer"))).isTrue();
    Room now = loaded();
    assertThat(store.restore(room)).isEqualTo(Restoration.SUPERSEDED);
    assertThat(store.restore(now)).isEqualTo(Restoration.SUPERSEDED);
    assertThat(store.load(ID)).isEqualTo(now);
  }
}
