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

/** The connection to one Redis. */
final class RedisLinkTest {
  @RegisterExtension final RedisServer redis = new RedisServer();

  private RedisLink open() {
    return RedisLink.open(RedisUrl.parse(redis.url()), RedisLink.Settings.DEFAULT);
  }

  private RedisLink up() {
    RedisLink link = open();
    assertThat(link.awaitUp(Duration.ofSeconds(5))).isTrue();
    return link;
  }

  /** Writes down what a channel does. */
  private static final class Heard implements ChannelListener {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void message(byte[] payload) {
      all.add(RedisLink.text(payload));
    }

    @Override
    public void outageBegan() {
      all.add("(away)");
    }

    @Override
    public void outageEnded() {
      all.add("(back)");
    }

    void await(String... expected) {
      Awaitility.await().untilAsserted(() -> assertThat(all).containsExactly(expected));
    }
  }

  @Test
  void link_tells_version_and_kind_of_channels() {
    try (RedisLink link = up()) {
      assertThat(redis.cli("info", "server")).contains("redis_version:" + link.version());
      assertThat(link.sharded()).isEqualTo(RedisVersion.shardsChannels(link.version()));
      assertThat(link.available()).isTrue();
    }
  }

  @Test
  void script_is_run_whether_or_not_redis_knows_it() {
    String source = "return {KEYS[1], ARGV[1], #ARGV[2]}";
    var script = RedisScript.of("echo", source, ScriptOutputType.MULTI);
    try (RedisLink link = up()) {
      for (int i = 0; i < 2; i++) {
        List<?> answer = (List<?>) link.run(script, List.of("key"), 7, new byte[] {0, -1});
        assertThat((byte[]) answer.get(0)).isEqualTo(RedisLink.bytes("key"));
        assertThat((byte[]) answer.get(1)).isEqualTo(RedisLink.bytes("7"));
        assertThat(answer.get(2)).isEqualTo(2L);
      }
    }
  }

  @Test
  void calls_fail_at_once_while_redis_is_away_and_work_when_it_is_back() {
    redis.stop();
    try (RedisLink link = open()) {
      assertThat(link.available()).isFalse();
      assertThatThrownBy(() -> link.call(commands -> commands.get("key")))
          .isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> link.await(link.subscribe("channel", new Heard())))
          .isInstanceOf(StoreUnavailableException.class);
      redis.start();
      assertThat(link.awaitUp(Duration.ofSeconds(5))).isTrue();
      Long found = link.call(commands -> commands.exists("key"));
      assertThat(found).isZero();
    }
  }

  @Test
  void channel_is_heard_and_is_whole_again_after_a_restart() {
    var heard = new Heard();
    try (RedisLink link = up()) {
      link.subscribe("channel", heard).join();
      publish(link, "one");
      heard.await("one");
      redis.stop();
      heard.await("one", "(away)");
      redis.start();
      heard.await("one", "(away)", "(back)");
      publish(link, "two");
      heard.await("one", "(away)", "(back)", "two");
    }
  }

  @Test
  void silent_redis_is_found_out_and_comes_back() {
    var heard = new Heard();
    try (RedisLink link = up()) {
      link.subscribe("channel", heard).join();
      redis.freeze();
      assertThatThrownBy(() -> link.call(commands -> commands.get("key")))
          .isInstanceOf(StoreUnavailableException.class);
      heard.await("(away)");
      Awaitility.await().until(() -> !link.available());
      redis.thaw();
      heard.await("(away)", "(back)");
      Long found = link.call(commands -> commands.exists("key"));
      assertThat(found).isZero();
    }
  }

  @Test
  void closed_subscription_is_not_heard_and_the_channel_is_free_for_another() {
    var first = new Heard();
    var second = new Heard();
    try (RedisLink link = up()) {
      RedisLink.Subscription subscription = link.subscribe("channel", first).join();
      assertThatThrownBy(() -> link.subscribe("channel", second))
          .isInstanceOf(IllegalStateException.class);
      subscription.close();
      link.subscribe("channel", second).join();
      publish(link, "one");
      second.await("one");
      assertThat(first.all).isEmpty();
    }
  }

  private static void publish(RedisLink link, String text) {
    link.call(commands ->
        link.sharded()
            ? commands.spublish("channel", RedisLink.bytes(text))
            : commands.publish("channel", RedisLink.bytes(text)));
  }
}
