package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisCluster;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.store.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A master of a cluster dies, or falls silent, and its replica takes over. */
final class ClusterFailoverTest {
  @RegisterExtension static final RedisCluster CLUSTER = new RedisCluster();

  private static final String KEY = "room:{ROOM01}";

  @Test
  void room_goes_on_with_its_subscriptions_on_the_replica() {
    try (var here = new StoreInstance(CLUSTER.url());
        var there = new StoreInstance(CLUSTER.url())) {
      here.store.create(StoreInstance.room());
      there.listen();
      Room room = here.tell(here.loaded(), "before");
      there.awaitHeard("before");
      RedisServer master = CLUSTER.masterOf(KEY);
      assertThat(master.cli("wait", "1", "2000")).isEqualTo("1");
      master.stop();
      there.awaitHeard("(away)");
      long began = System.nanoTime();
      boolean failed = false;
      try {
        here.store.load(StoreInstance.ID);
      } catch (StoreUnavailableException _) {
        failed = true;
      }
      assertThat((System.nanoTime() - began) / 1_000_000).as("failed: " + failed).isLessThan(2_000);
      there.awaitHeard("(back)");
      assertThat(StoreInstance.said(here.loaded())).isEqualTo(StoreInstance.said(room));
      here.tellAtLast("after");
      there.awaitHeard("after");
      master.start();
      RedisServer next = CLUSTER.masterOf(KEY);
      there.heard.clear();
      next.freeze();
      there.awaitHeard("(away)");
      there.awaitHeard("(back)");
      here.tellAtLast("after the freeze");
      there.awaitHeard("after the freeze");
      next.thaw();
    }
  }
}
