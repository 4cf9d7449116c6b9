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

/** Tests of rooms when Redis or the network fails, with two instances. */
final class RedisFaultsTest {
  @RegisterExtension final RedisServer redis = RedisServer.keeping();

  @Test
  void commit_whose_answer_was_lost_is_committed_once_and_reported_as_committed() {
    try (var proxy = new TcpProxy(redis.port());
        var here = new StoreInstance("redis://127.0.0.1:" + proxy.port())) {
      Room room = StoreInstance.room();
      assertThat(here.store.create(room)).isTrue();
      room = here.sendMessage(room, "loads the script");
      proxy.loseTheAnswerTo("EVALSHA");
      room = here.sendMessage(room, "answer lost");
      assertThat(here.loadRoom()).isEqualTo(room);
      assertThat(StoreInstance.messageTexts(here.loadRoom()))
          .containsExactly("loads the script", "answer lost");
    }
  }

  @Test
  void commits_of_two_instances_are_received_by_both_once_and_in_order() throws Exception {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.subscribe();
      there.subscribe();
      int each = 150;
      try (var pool = Executors.newFixedThreadPool(4)) {
        var running = new ArrayList<Callable<Void>>();
        for (int i = 0; i < 4; i++) {
          StoreInstance instance = i % 2 == 0 ? here : there;
          String name = "writer " + i;
          running.add(() -> {
            int committed = 0;
            for (int attempt = 0; committed < each && attempt < 100 * each; attempt++) {
              Room now = instance.loadRoom();
              Decision next = StoreInstance.decideMessage(now, name + " number " + committed);
              committed += instance.store.commit(now, next.next(), next.events()) ? 1 : 0;
            }
            return null;
          });
        }
        for (var one : pool.invokeAll(running)) {
          one.get();
        }
      }
      assertThat(here.loadRoom().seq()).isEqualTo(1 + 4 * each);
      Awaitility.await().until(() -> here.received.size() == 4 * each);
      Awaitility.await().until(() -> there.received.size() == 4 * each);
      assertThat(there.received).isEqualTo(here.received);
      for (int i = 0; i < 4 * each; i++) {
        assertThat(here.received.get(i)).contains("seq=" + (i + 2) + ",");
      }
    }
  }

  @Test
  void changes_since_a_revision_rebuild_the_room_elsewhere() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      Room known = there.loadRoom();
      Room now = known;
      for (int i = 0; i < 30; i++) {
        now = here.sendMessage(now, "number " + i);
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
  void restart_with_its_data_loses_nothing_and_is_reported() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      there.subscribe();
      Room room = here.sendMessage(here.loadRoom(), "before");
      redis.stop();
      there.awaitReceived("(outage began)");
      assertThatThrownBy(there::loadRoom).isInstanceOf(StoreUnavailableException.class);
      assertThat(there.store.available()).isFalse();
      redis.start();
      there.awaitReceived("(outage ended)");
      assertThat(there.loadRoom()).isEqualTo(room);
      here.sendMessageWhenAvailable("after");
      there.awaitReceived("after");
    }
  }

  @Test
  void lost_room_is_restored_once_from_the_newest_copy() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.subscribe();
      there.subscribe();
      Room old = here.sendMessage(here.loadRoom(), "known to both");
      Room newest = here.sendMessage(old, "known to one");
      redis.cli("flushall");
      assertThat(there.store.restore(old)).isEqualTo(Restoration.RETRY_LATER);
      assertThat(here.store.restore(newest)).isEqualTo(Restoration.RETRY_LATER);
      var first = new AtomicReference<>(Restoration.RETRY_LATER);
      var second = new AtomicReference<>(Restoration.RETRY_LATER);
      Awaitility.await()
          .until(() -> {
            restore(first, there.store, old);
            restore(second, here.store, newest);
            return first.get() != Restoration.RETRY_LATER
                && second.get() != Restoration.RETRY_LATER;
          });
      assertThat(second.get()).isEqualTo(Restoration.RESTORED);
      assertThat(first.get()).isEqualTo(Restoration.SUPERSEDED);
      assertThat(StoreInstance.messageTexts(there.loadRoom()))
          .isEqualTo(StoreInstance.messageTexts(newest));
      assertThat(there.loadRoom().epoch()).isGreaterThan(newest.epoch());
      assertThat(there.store.active()).containsExactly(StoreInstance.ID);
      here.awaitReceived("(outage ended)");
      there.awaitReceived("(outage ended)");
      here.sendMessageWhenAvailable("and on");
      there.awaitReceived("and on");
    }
  }

  private static void restore(AtomicReference<Restoration> last, BlockingStore store, Room copy) {
    if (last.get() == Restoration.RETRY_LATER) {
      last.set(store.restore(copy));
    }
  }

  @Test
  void frozen_redis_fails_calls_while_it_is_frozen_and_keeps_subscriptions() {
    try (var here = new StoreInstance(redis.url());
        var there = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      there.subscribe();
      redis.freeze();
      assertThatThrownBy(() -> here.store.load(StoreInstance.ID))
          .isInstanceOf(StoreUnavailableException.class);
      there.awaitReceived("(outage began)");
      redis.thaw();
      there.awaitReceived("(outage ended)");
      here.sendMessageWhenAvailable("after");
      there.awaitReceived("after");
    }
  }

  @Test
  void network_that_drops_everything_is_an_outage_that_ends() {
    try (var proxy = new TcpProxy(redis.port());
        var here = new StoreInstance(redis.url());
        var there = new StoreInstance("redis://127.0.0.1:" + proxy.port())) {
      here.store.create(StoreInstance.room());
      there.subscribe();
      proxy.mute();
      there.awaitReceived("(outage began)");
      here.sendMessageWhenAvailable("lost");
      proxy.heal();
      there.awaitReceived("(outage ended)");
      here.sendMessageWhenAvailable("delivered");
      there.awaitReceived("=delivered");
    }
  }

  @Test
  void corrupt_record_is_no_room() {
    try (var here = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      redis.cli("hset", "room:{ROOM01}", "state", "{nonsense");
      assertThat(here.store.load(StoreInstance.ID)).isNull();
    }
  }

  @Test
  void TK1_redis_stores_no_secret() {
    try (var here = new StoreInstance(redis.url())) {
      here.store.create(StoreInstance.room());
      here.sendMessage(here.loadRoom(), "hello");
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
