package dev.watchnchill.server.docs;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.contract.TestClient;
import dev.watchnchill.server.store.redis.RedisServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Two servers whose Redis user has exactly the rights that docs/OPERATING.md lists: on a Redis with
 * sharded channels and on an old one without.
 */
final class RedisPermissionsTest {
  private static final String PASSWORD = "s3cret";
  private static final Pattern BLOCK =
      Pattern.compile("```sh\\nredis-cli (ACL SETUSER .*?)\\n```", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("\\+([a-z]+)");
  private static final Pattern CALLED =
      Pattern.compile("cmdstat_([a-z]+):calls=(\\d+)[^\\n]*", Pattern.MULTILINE);
  private static final Pattern REFUSED = Pattern.compile("(?m)^object\\n(.*)$");

  /** Commands in the list for the plain or the sharded channels alone. */
  private static final Set<String> CHANNELS =
      Set.of("publish", "subscribe", "unsubscribe", "spublish", "ssubscribe", "sunsubscribe");

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<TestClient> clients = new ArrayList<>();

  @BeforeEach
  void nothing_is_open() {
    assertThat(opened).isEmpty();
  }

  @AfterEach
  void close() throws Exception {
    clients.forEach(TestClient::close);
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  /** Returns the words of the command that the page gives, with our password in it. */
  private static List<String> acl() {
    var block = BLOCK.matcher(RepositoryFiles.read("docs/OPERATING.md"));
    assertThat(block.find()).as("a command ACL SETUSER on the page").isTrue();
    String line = block.group(1).replace("\\\n", " ").replace("'", "");
    return List.of(line.replace("PASSWORD", PASSWORD).strip().split("\\s+", -1));
  }

  private static Set<String> listed() {
    return COMMAND
        .matcher(String.join(" ", acl()))
        .results()
        .map(command -> command.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private RedisServer redis(RedisServer redis, List<String> acl) {
    redis.start();
    opened.add(redis);
    assertThat(redis.cli(acl.toArray(String[]::new))).isEqualTo("OK");
    redis.cli("config", "resetstat");
    return redis;
  }

  private TestServer server(RedisServer redis) {
    TestServer server =
        TestServer.start(
            "NODE_ENV",
            "production",
            "CHAT_HISTORY",
            "2",
            "EMPTY_ROOM_GRACE_MS",
            "1",
            "REDIS_URL",
            "redis://watchnchill:" + PASSWORD + "@127.0.0.1:" + redis.port() + "/3");
    opened.add(server);
    return server;
  }

  private TestClient client(TestServer server) {
    TestClient client = TestClient.extended(server);
    clients.add(client);
    return client;
  }

  private static int status(TestServer server, String path) {
    try {
      var connection = (HttpURLConnection) URI.create(server.url() + path).toURL().openConnection();
      return connection.getResponseCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Commands that were called on a Redis so far. */
  private static Set<String> called(RedisServer redis) {
    return CALLED
        .matcher(redis.cli("info", "commandstats").replace("\r", ""))
        .results()
        .filter(command -> !command.group().contains("calls=0,"))
        .map(command -> command.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Does what servers do with Redis, and returns the commands that were called for it. */
  private Set<String> useEverything(RedisServer redis) {
    TestServer first = server(redis);
    TestServer second = server(redis);
    await().until(() -> status(first, "/health/ready") == 200);
    assertThat(status(first, "/")).isEqualTo(200);
    assertThat(status(first, "/join")).isEqualTo(200);
    TestClient ann = client(first).create("Ann");
    TestClient bob = client(second);
    String token = bob.join(ann.roomId(), "Bob").get("sessionToken").stringValue();
    ann.must("set-video", ann.here("videoUrl", "https://films.example/one.mp4"));
    ann.must("play-video", ann.here("currentTime", 3));
    bob.take("video-played");
    for (int i = 0; i < 4; i++) { // more than the history keeps
      bob.must("send-message", bob.here("message", "number " + i));
      ann.take("new-message");
    }
    bob.emit("typing-start", bob.here());
    ann.take("user-typing");
    assertThat(ann.must("resume", ann.here("epoch", 0, "seq", 0)).get("snapshot").isObject())
        .isTrue();
    JsonNode unknown =
        client(first).call("join-room", with("roomId", "ZZZZZZ", "userName", "Dora"));
    assertThat(unknown.get("code").stringValue()).isEqualTo("room_not_found");

    bob.close();
    ann.take("user-away");
    TestClient again = client(second);
    JsonNode joined = again.join(ann.roomId(), "Bob", "sessionToken", token);
    assertThat(joined.get("resumed").booleanValue()).isTrue();
    ann.take("user-returned");

    redis.cli("flushall");
    ann.take("stream-position");
    await()
        .until(
            () -> ann.call("send-message", ann.here("message", "back")).get("ok").booleanValue());

    opened.remove(first);
    first.close(); // the other one takes its rooms over
    again.take("user-away");
    await().until(() -> redis.cli("-n", "3", "zcard", "instances").equals("1"));
    again.must("leave-room", again.here());
    return called(redis);
  }

  private void holds(RedisServer redis) {
    Set<String> called = useEverything(redis);
    List<String> refused =
        REFUSED
            .matcher(redis.cli("acl", "log"))
            .results()
            .map(entry -> entry.group(1))
            .distinct()
            .toList();
    assertThat(refused).as("what Redis has refused").isSubsetOf("client");
    Set<String> unused = listed();
    unused.removeAll(called);
    unused.removeAll(CHANNELS);
    assertThat(unused).as("commands that are listed and not used").isEmpty();
  }

  @Test
  void listed_rights_are_enough_and_all_used_with_sharded_channels() {
    var redis = redis(new RedisServer(), acl());
    holds(redis);
    assertThat(called(redis)).contains("spublish", "ssubscribe", "sunsubscribe");
  }

  @Test
  void listed_rights_are_enough_and_all_used_with_plain_channels() {
    List<String> acl =
        acl().stream().filter(right -> !right.matches("\\+s(un)?(sub|pub).*")).toList();
    var redis = redis(RedisServer.old(), acl);
    holds(redis);
    assertThat(called(redis)).contains("publish", "subscribe", "unsubscribe");
  }

  @Test
  void command_key_or_channel_outside_the_list_is_refused() {
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
