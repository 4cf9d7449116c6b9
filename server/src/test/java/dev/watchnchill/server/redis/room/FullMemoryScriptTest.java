package dev.watchnchill.server.redis.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.server.redis.client.RedisScript;
import dev.watchnchill.server.redis.client.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of scripts on a Redis whose memory is full. Redis checks that only before the first write
 * of a script, so a script that deletes first would delete, and write beyond the limit.
 */
final class FullMemoryScriptTest {
  private static final String[] KEYS = {
    "room:{ROOM01}", "chat:{ROOM01}", "log:{ROOM01}", "lost:{ROOM01}", "events:{ROOM01}"
  };

  static Stream<RedisServer> servers() {
    return Stream.of(new RedisServer(), RedisServer.old());
  }

  private static String allValues(RedisServer redis) {
    var all = new StringBuilder();
    for (String key : redis.cli("keys", "*").lines().sorted().toList()) {
      all.append(key)
          .append(redis.cli("hgetall", key))
          .append(redis.cli("lrange", key, "0", "-1"))
          .append(redis.cli("xrange", key, "-", "+"));
    }
    return all.toString();
  }

  private static void assertRejectedUnchanged(
      RedisServer redis, RedisScript script, List<String> keys, String... arguments) {
    RedisClient client = RedisClient.create(redis.url());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      String before = allValues(redis);
      assertThatThrownBy(() ->
              connection
                  .sync()
                  .eval(
                      script.source(),
                      ScriptOutputType.INTEGER,
                      keys.toArray(String[]::new),
                      arguments))
          .isInstanceOf(RedisCommandExecutionException.class)
          .hasMessageContaining("OOM");
      assertThat(allValues(redis)).as(script.name()).isEqualTo(before);
    } finally {
      client.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void SF7_script_rejected_for_full_memory_changes_nothing(RedisServer redis) {
    redis.start();
    try (redis) {
      try (var here = new StoreInstance(redis.url())) {
        here.store.create(StoreInstance.room());
        Room room = here.sendMessage(here.loadRoom(), "one");
        Decision ignored = StoreInstance.decideMessage(room, "two");
        assertThat(ignored.next().seq()).isEqualTo(3);
      }
      redis.cli("set", "ballast", "x");
      redis.cli("config", "set", "maxmemory", "1");
      List<String> keys = List.of(KEYS);
      assertRejectedUnchanged(redis, CommitScript.SCRIPT, keys, commit("3", "0"));
      assertRejectedUnchanged(redis, CommitScript.SCRIPT, keys, commit("3", "1"));
      // The room is at an older revision than its log.
      redis.cli("config", "set", "maxmemory", "0");
      redis.cli("xadd", KEYS[2], "9-0", "e", "7", "b", "8", "n", "x", "x", "0", "p", "y");
      redis.cli("config", "set", "maxmemory", "1");
      assertRejectedUnchanged(redis, CommitScript.SCRIPT, keys, commit("3", "0"));
      assertRejectedUnchanged(
          redis,
          RestoreScript.SCRIPT,
          keys,
          "8",
          "9",
          "99",
          "0",
          "1000",
          "PUBLISH",
          "payload",
          "state",
          "0",
          "0");
      redis.cli("del", KEYS[0]);
      assertRejectedUnchanged(
          redis, CreateScript.SCRIPT, keys.subList(0, 4), "9", "1", "1000", "state", "0", "0");
      redis.cli("config", "set", "maxmemory", "0");
    }
  }

  private static String[] commit(String after, String ends) {
    return new String[] {
      "7", "2", after, "nonce", "1000", "128", "1000", "PUBLISH", "payload", ends, "state", "0",
      "0", "0", "-1"
    };
  }
}
