package dev.watchnchill.server.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.contract.TestClient;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.limit.GuessLimit;
import dev.watchnchill.server.limit.MemoryGuessLimit;
import dev.watchnchill.server.redis.client.RedisLink;
import dev.watchnchill.server.redis.client.RedisServer;
import dev.watchnchill.server.redis.client.RedisUrl;
import dev.watchnchill.server.redis.limit.SharedGuessLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rights of a Redis user are enough and all used, with sharded channels and without. */
final class RedisPermissionsTest extends RedisPermissions {
  private static final Pattern COMMAND = Pattern.compile("\\+([a-z]+)");
  private static final Pattern CALLED = Pattern.compile("cmdstat_([a-z]+):calls=[1-9]");

  /** Listed commands of which an old and a new Redis use three each. */
  private static final Set<String> CHANNELS =
      Set.of("publish", "subscribe", "unsubscribe", "spublish", "ssubscribe", "sunsubscribe");

  private static Set<String> listed() {
    return COMMAND
        .matcher(String.join(" ", acl()))
        .results()
        .map(command -> command.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private RedisServer redis(RedisServer redis, List<String> acl) {
    opened(redis).start();
    assertThat(redis.cli(acl.toArray(String[]::new))).isEqualTo("OK");
    redis.cli("config", "resetstat");
    return redis;
  }

  /** Returns the commands that were called so far. */
  private static Set<String> called(RedisServer redis) {
    return CALLED
        .matcher(redis.cli("info", "commandstats"))
        .results()
        .map(command -> command.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Does everything that servers do with Redis. */
  private void useEverything(RedisServer redis) {
    String url = "redis://" + SIGN_ON + "127.0.0.1:" + redis.port() + "/3";
    TestServer first = server(url);
    Pair members = useRoom(first, server(url));
    TestClient ann = members.ann();
    TestClient bob = members.bob();
    redis.cli("flushall"); // the servers restore the room
    ann.take("stream-position");
    await()
        .until(
            () -> ann.call("send-message", ann.here("message", "back")).get("ok").booleanValue());
    closeNow(first); // the other one takes its rooms over
    bob.take("user-away");
    await().until(() -> redis.cli("-n", "3", "zcard", "instances").equals("1"));
    bob.must("leave-room", bob.here());
  }

  private void rightsAreEnoughAndAllUsed(RedisServer redis) {
    useEverything(redis);
    assertThat(refused(redis.cli("acl", "log"))).isSubsetOf("client");
    Set<String> unused = listed();
    unused.removeAll(CHANNELS);
    unused.removeAll(called(redis));
    assertThat(unused).as("commands that are listed and not used").isEmpty();
  }

  @Test
  void rights_are_enough_and_all_used_with_sharded_channels() {
    var redis = redis(new RedisServer(), acl());
    rightsAreEnoughAndAllUsed(redis);
    await()
        .until(() -> called(redis).containsAll(Set.of("spublish", "ssubscribe", "sunsubscribe")));
  }

  @Test
  void rights_are_enough_and_all_used_with_plain_channels() {
    List<String> plain =
        acl().stream()
            .filter(right -> !right.matches("\\+s(publish|subscribe|unsubscribe)"))
            .toList();
    var redis = redis(RedisServer.old(), plain);
    rightsAreEnoughAndAllUsed(redis);
    await().until(() -> called(redis).containsAll(Set.of("publish", "subscribe", "unsubscribe")));
  }

  @Test
  void rights_are_enough_to_count_wrong_passwords() {
    var redis = redis(new RedisServer(), acl());
    String url = "redis://" + SIGN_ON + "127.0.0.1:" + redis.port() + "/3";
    var alone = new MemoryGuessLimit(GuessLimit.DEFAULT, () -> 0);
    RedisLink link = opened(RedisLink.open(RedisUrl.parse(url), RedisLink.Settings.DEFAULT));
    assertThat(link.awaitUp(Duration.ofSeconds(20))).isTrue();
    var limit = new SharedGuessLimit(link, GuessLimit.DEFAULT, 20_000, alone);
    for (boolean right : new boolean[] {false, true}) {
      var answer = limit.take(ClientKey.of("192.0.2.1"), new RoomId("ROOM01"));
      if (answer.toCompletableFuture().join() instanceof GuessLimit.Taken(var attempt)) {
        if (right) {
          attempt.giveBack();
        } else {
          attempt.wrong();
        }
      }
    }
    await()
        .untilAsserted(() ->
            assertThat(called(redis)).contains("hmget", "hincrby", "pexpire", "hget", "time"));
    assertThat(redis.cli("-n", "3", "keys", "*")).startsWith("guesses:{ROOM01}:");
    assertThat(refused(redis.cli("acl", "log"))).isSubsetOf("client");
  }

  @Test
  void command_key_or_channel_outside_the_list_is_rejected() {
    var redis = redis(new RedisServer(), acl());
    for (List<String> attempt :
        List.of(
            List.of("keys", "*"),
            List.of("flushall"),
            List.of("config", "get", "*"),
            List.of("exists", "of-another-program"),
            List.of("publish", "of-another-program", "text"))) {
      var words =
          new ArrayList<String>(
              List.of("--user", "watchnchill", "--pass", PASSWORD, "--no-auth-warning"));
      words.addAll(attempt);
      assertThat(redis.cli(words.toArray(String[]::new))).as(attempt.toString()).contains("NOPERM");
    }
  }
}
