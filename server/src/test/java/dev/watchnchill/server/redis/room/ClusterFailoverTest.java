package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisCluster;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of a cluster whose master dies or freezes, and whose replica takes over. */
final class ClusterFailoverTest {
  @RegisterExtension static final RedisCluster CLUSTER = new RedisCluster();

  private static final String KEY = "room:{ROOM01}";

  @Test
  void room_and_subscriptions_continue_on_the_promoted_replica() {
    try (var here = new StoreInstance(CLUSTER.url());
        var there = new StoreInstance(CLUSTER.url())) {
      here.store.create(StoreInstance.room());
      there.subscribe();
      Room room = here.sendMessage(here.loadRoom(), "before");
      there.awaitReceived("before");
      RedisServer master = CLUSTER.masterOf(KEY);
      assertThat(master.cli("wait", "1", "2000")).isEqualTo("1");
      master.stop();
      there.awaitReceived("(outage began)");
      Throwable failure = catchThrowable(() -> here.store.load(StoreInstance.ID));
      assertThat(failure == null || failure instanceof StoreUnavailableException)
          .as("the call is answered or rejected, not lost: %s", failure)
          .isTrue();
      there.awaitReceived("(outage ended)");
      assertThat(StoreInstance.messageTexts(here.loadRoomWhenAvailable()))
          .isEqualTo(StoreInstance.messageTexts(room));
      here.sendMessageWhenAvailable("after");
      there.awaitReceived("after");
      master.start();
      RedisServer next = CLUSTER.masterOf(KEY);
      there.received.clear();
      next.freeze();
      there.awaitReceived("(outage began)");
      there.awaitReceived("(outage ended)");
      here.sendMessageWhenAvailable("after the freeze");
      there.awaitReceived("after the freeze");
      next.thaw();
    }
  }
}
