package dev.watchnchill.server.redis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.server.store.StoreUnavailableException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of the connection to one Redis. */
final class RedisLinkTest {
  @RegisterExtension final RedisServer redis = new RedisServer();

  private RedisLink open() {
    return RedisLink.open(RedisUrl.parse(redis.url()), RedisLink.Settings.DEFAULT);
  }

  private RedisLink openConnected() {
    RedisLink link = open();
    assertThat(link.awaitUp(Duration.ofSeconds(5))).isTrue();
    return link;
  }

  /** Records the messages and outages of a channel. */
  private static final class RecordingListener implements ChannelListener {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void message(byte[] payload) {
      events.add(RedisLink.text(payload));
    }

    @Override
    public void outageBegan() {
      events.add("(outage began)");
    }

    @Override
    public void outageEnded() {
      events.add("(outage ended)");
    }

    void awaitEvents(String... expected) {
      Awaitility.await().untilAsserted(() -> assertThat(events).containsExactly(expected));
    }
  }

  @Test
  void link_reports_version_and_kind_of_channels() {
    try (RedisLink link = openConnected()) {
      assertThat(redis.cli("info", "server")).contains("redis_version:" + link.version());
      assertThat(link.sharded()).isEqualTo(RedisVersion.shardsChannels(link.version()));
      assertThat(link.available()).isTrue();
    }
  }

  @Test
  void script_is_run_whether_or_not_redis_knows_it() {
    String source = "return {KEYS[1], ARGV[1], #ARGV[2]}";
    var script = RedisScript.of("echo", source, ScriptOutputType.MULTI);
    try (RedisLink link = openConnected()) {
      for (int i = 0; i < 2; i++) {
        List<?> answer = (List<?>) link.run(script, List.of("key"), 7, new byte[] {0, -1});
        assertThat((byte[]) answer.get(0)).isEqualTo(RedisLink.bytes("key"));
        assertThat((byte[]) answer.get(1)).isEqualTo(RedisLink.bytes("7"));
        assertThat(answer.get(2)).isEqualTo(2L);
      }
    }
  }

  @Test
  void calls_fail_at_once_during_an_outage_and_work_after_it() {
    redis.stop();
    try (RedisLink link = open()) {
      assertThat(link.available()).isFalse();
      assertThatThrownBy(() -> link.call(commands -> commands.get("key")))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> link.await(link.subscribe("channel", new RecordingListener())))
          .isInstanceOf(StoreUnavailableException.class);
      redis.start();
      assertThat(link.awaitUp(Duration.ofSeconds(5))).isTrue();
      Long found = link.call(commands -> commands.exists("key"));
      assertThat(found).isZero();
    }
  }

  @Test
  void channel_is_resubscribed_after_a_restart() {
    var listener = new RecordingListener();
    try (RedisLink link = openConnected()) {
      link.subscribe("channel", listener).join();
      publish(link, "one");
      listener.awaitEvents("one");
      redis.stop();
      listener.awaitEvents("one", "(outage began)");
      redis.start();
      listener.awaitEvents("one", "(outage began)", "(outage ended)");
      publish(link, "two");
      listener.awaitEvents("one", "(outage began)", "(outage ended)", "two");
    }
  }

  @Test
  void frozen_redis_is_an_outage_that_ends() {
    var listener = new RecordingListener();
    try (RedisLink link = openConnected()) {
      link.subscribe("channel", listener).join();
      redis.freeze();
      assertThatThrownBy(() -> link.call(commands -> commands.get("key")))
          .isInstanceOf(StoreUnavailableException.class);
      listener.awaitEvents("(outage began)");
      Awaitility.await().until(() -> !link.available());
      redis.thaw();
      listener.awaitEvents("(outage began)", "(outage ended)");
      Long found = link.call(commands -> commands.exists("key"));
      assertThat(found).isZero();
    }
  }

  @Test
  void channels_are_on_the_connection_of_the_commands() {
    var listener = new RecordingListener();
    try (RedisLink link = openConnected()) {
      link.subscribe("channel", listener).join();
      publish(link, "one");
      listener.awaitEvents("one");
      assertThat(redis.cli("client", "list").lines().filter(line -> !line.contains("cmd=client")))
          .hasSize(1);
    }
  }

  @Test
  void closed_subscription_receives_nothing_and_frees_the_channel() {
    var first = new RecordingListener();
    var second = new RecordingListener();
    try (RedisLink link = openConnected()) {
      RedisLink.Subscription subscription = link.subscribe("channel", first).join();
      assertThatThrownBy(() -> link.subscribe("channel", second))
          .isInstanceOf(IllegalStateException.class);
      subscription.close();
      link.subscribe("channel", second).join();
      publish(link, "one");
      second.awaitEvents("one");
      assertThat(first.events).isEmpty();
    }
  }

  private static void publish(RedisLink link, String text) {
    link.call(commands ->
        link.sharded()
            ? commands.spublish("channel", RedisLink.bytes(text))
            : commands.publish("channel", RedisLink.bytes(text)));
  }
}
