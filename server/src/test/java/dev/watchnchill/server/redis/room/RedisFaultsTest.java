package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.TcpProxy;
import dev.watchnchill.server.store.BlockingStore;
import dev.watchnchill.server.store.Restoration;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of rooms when Redis, or the way to it, fails; with two servers. */
final class RedisFaultsTest {
  @RegisterExtension final RedisServer redis = RedisServer.keeping();

  @Test
  void commit_whose_answer_was_lost_is_done_once_and_said_to_be() {
    try (var proxy = new TcpProxy(redis.port());
        var here = new StoreInstance("redis://127.0.0.1:" + proxy.port())) {
      Room room = StoreInstance.room();
      assertThat(here.store.create(room)).isTrue();
      room = here.tell(room, "so that the script is known");
      proxy.loseTheAnswerTo("EVALSHA");
      room = here.tell(room, "into the dark");
      assertThat(here.loaded()).isEqualTo(room);
      assertThat(StoreInstance.said(here.loaded()))
          .containsExactly("so that the script is known", "into the dark");
    }
  }

  @Test
  void commits_of_two_servers_add_up_and_both_hear_each_once_and_in_order() throws Exception {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.listen();
      there.listen();
      int each = 150;
      try (var pool = Executors.newFixedThreadPool(4)) {
        var running = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 4; i++) {
          StoreInstance mine = i % 2 == 0 ? here : there;
          String name = "voice " + i;
          running.add(() -> {
            for (int said = 0; said < each; ) {
              Room now = mine.loaded();
              Decision next = StoreInstance.say(now, name + " number " + said);
              said += mine.store.commit(now, next.next(), next.events()) ? 1 : 0;
            }
            return null;
          });
        }
        for (var one : pool.invokeAll(running)) {
          one.get();
        }
      }
      assertThat(here.loaded().seq()).isEqualTo(1 + 4 * each);
      Awaitility.await().until(() -> here.heard.size() == 4 * each);
      Awaitility.await().until(() -> there.heard.size() == 4 * each);
      assertThat(there.heard).isEqualTo(here.heard);
      for (int i = 0; i < 4 * each; i++) {
        assertThat(here.heard.get(i)).contains("seq=" + (i + 2) + ",");
      }
    }
  }

  @Test
  void changes_since_a_revision_rebuild_the_room_elsewhere() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      Room known = there.loaded();
      Room now = known;
      for (int i = 0; i < 30; i++) {
        now = here.tell(now, "number " + i);
      }
      List<RoomStore.Committed> missed =
          there.store.since(StoreInstance.ID, RoomStore.Revision.of(known));
      assertThat(missed).hasSize(30);
      for (RoomStore.Committed change : missed == null ? List.<RoomStore.Committed>of() : missed) {
        known = change.update().applyTo(known);
      }
      assertThat(known).isEqualTo(now);
      Room over = now.changed(now.lastWriteMs()).asClosed();
      var end = new RoomEvent.RoomClosed(over.seq(), RoomEvent.ClosureReason.EMPTY);
      assertThat(here.store.commit(now, over, List.of(end))).isTrue();
      List<RoomStore.Committed> last =
          there.store.since(StoreInstance.ID, RoomStore.Revision.of(known));
      assertThat(last).hasSize(1);
      assertThat(there.store.restore(known)).isEqualTo(Restoration.SUPERSEDED);
    }
  }

  @Test
  void restart_with_its_data_loses_nothing_and_is_told() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      there.listen();
      Room room = here.tell(here.loaded(), "before");
      redis.stop();
      there.awaitHeard("(away)");
      assertThatThrownBy(there::loaded).isInstanceOf(StoreUnavailableException.class);
      assertThat(there.store.available()).isFalse();
      redis.start();
      there.awaitHeard("(back)");
      assertThat(there.loaded()).isEqualTo(room);
      here.tellAtLast("after");
      there.awaitHeard("after");
    }
  }

  @Test
  void room_that_redis_has_lost_is_put_back_by_one_from_the_newest_copy() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.listen();
      there.listen();
      Room old = here.tell(here.loaded(), "known to both");
      Room newest = here.tell(old, "known to one");
      redis.cli("flushall");
      assertThat(there.store.restore(old)).isEqualTo(Restoration.RETRY_LATER);
      assertThat(here.store.restore(newest)).isEqualTo(Restoration.RETRY_LATER);
      var first = new AtomicReference<>(Restoration.RETRY_LATER);
      var second = new AtomicReference<>(Restoration.RETRY_LATER);
      Awaitility.await()
          .until(() -> {
            ask(first, there.store, old);
            ask(second, here.store, newest);
            return first.get() != Restoration.RETRY_LATER
                && second.get() != Restoration.RETRY_LATER;
          });
      assertThat(second.get()).isEqualTo(Restoration.RESTORED);
      assertThat(first.get()).isEqualTo(Restoration.SUPERSEDED);
      assertThat(StoreInstance.said(there.loaded())).isEqualTo(StoreInstance.said(newest));
      assertThat(there.loaded().epoch()).isGreaterThan(newest.epoch());
      assertThat(there.store.active()).containsExactly(StoreInstance.ID);
      here.awaitHeard("(back)");
      there.awaitHeard("(back)");
      here.tellAtLast("and on");
      there.awaitHeard("and on");
    }
  }

  private static void ask(AtomicReference<Restoration> last, BlockingStore store, Room copy) {
    if (last.get() == Restoration.RETRY_LATER) {
      last.set(store.restore(copy));
    }
  }

  @Test
  void frozen_redis_fails_calls_in_time_and_subscriptions_outlive_it() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      there.listen();
      redis.freeze();
      long began = System.nanoTime();
      assertThatThrownBy(() -> here.store.load(StoreInstance.ID))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(2_000);
      there.awaitHeard("(away)");
      redis.thaw();
      there.awaitHeard("(back)");
      here.tellAtLast("after");
      there.awaitHeard("after");
    }
  }

  @Test
  void network_that_swallows_everything_is_found_out_and_got_over() {
    try (var proxy = new TcpProxy(redis.port());
        var here = new StoreInstance(redis.url());
        var there = new StoreInstance("redis://127.0.0.1:" + proxy.port())) {
      here.store.create(StoreInstance.room());
      there.listen();
      proxy.mute();
      there.awaitHeard("(away)");
      here.tellAtLast("unheard");
      proxy.heal();
      there.awaitHeard("(back)");
      here.tellAtLast("heard");
      there.awaitHeard("=heard");
    }
  }

  @Test
  void record_that_makes_no_sense_is_no_room() {
    try (var here = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      redis.cli("hset", "room:{ROOM01}", "state", "{nonsense");
      assertThat(here.store.load(StoreInstance.ID)).isNull();
    }
  }

  @Test
  void nobody_finds_a_secret_in_redis() {
    try (var here = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.tell(here.loaded(), "hello");
      var all = new StringBuilder();
      for (String key : redis.cli("keys", "*").split("\\s+", -1)) {
        all.append(key)
            .append(redis.cli("hgetall", key))
            .append(redis.cli("lrange", key, "0", "-1"));
        all.append(redis.cli("xrange", key, "-", "+")).append(redis.cli("smembers", key));
      }
      assertThat(all.toString()).contains("hello").doesNotContain(StoreInstance.TOKEN);
    }
  }
}
