package dev.watchnchill.server.redis.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.server.runtime.port.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Links to a Redis and a scheduler for one test, closed together. */
public final class TestLinks implements AutoCloseable {
  private final RedisServer redis;
  private final List<RedisLink> links = new ArrayList<>();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  /** Creates links to that Redis. */
  public TestLinks(RedisServer redis) {
    this.redis = redis;
  }

  /** Opens a link, as each instance has one. */
  public RedisLink open() {
    RedisLink link = RedisLink.open(RedisUrl.parse(redis.url()), RedisLink.Settings.DEFAULT);
    links.add(link);
    assertThat(link.awaitUp(Duration.ofSeconds(20))).isTrue();
    return link;
  }

  /** Returns a scheduler with a thread of its own. */
  public Scheduler scheduler() {
    return (delayMs, task) -> {
      var future = timers.schedule(task, delayMs, TimeUnit.MILLISECONDS);
      return () -> future.cancel(false);
    };
  }

  @Override
  public void close() {
    timers.shutdownNow();
    links.forEach(RedisLink::close);
  }
}
