package dev.watchnchill.server.redis.room;

import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisUrl;
import dev.watchnchill.server.store.RoomStore;
import dev.watchnchill.server.store.RoomStreamContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract of stores, on a real Redis in real time. */
abstract class RedisStoreContract extends RoomStreamContract {
  private static final AtomicInteger INSTANCES = new AtomicInteger();

  private @Nullable RedisLink link;

  /** Returns the URL of a Redis without data. */
  abstract RedisUrl emptied();

  /** Whether sharded channels may be used. */
  boolean sharded() {
    return true;
  }

  @Override
  protected RoomStore open() {
    RedisLink fresh = RedisLink.open(emptied(), new RedisLink.Settings(5_000, sharded()));
    link = fresh;
    if (!fresh.awaitUp(Duration.ofSeconds(10))) {
      throw new AssertionError("No connection to " + fresh);
    }
    return new RedisRoomStore(fresh, "test" + INSTANCES.incrementAndGet(), this::nowMs, lifeMs());
  }

  @AfterEach
  void closeLink() {
    if (link != null) {
      link.close();
    }
  }

  @Override
  protected boolean shared() {
    return true;
  }

  @Override
  protected long lifeMs() {
    return large() ? 60_000 : 1_200;
  }

  @Override
  protected long slackMs() {
    return 600;
  }

  /** A hundredth of the lifetime: most commits leave the time to live as it is. */
  @Override
  protected long lateMs() {
    return lifeMs() / 100;
  }

  @Override
  protected void advance(long ms) {
    Duration wait = Duration.ofMillis(ms);
    Awaitility.await().pollDelay(wait).pollInterval(wait).until(() -> true);
  }

  @Override
  protected long nowMs() {
    return System.currentTimeMillis();
  }
}
