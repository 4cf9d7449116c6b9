package dev.watchnchill.server.docs;

import static dev.watchnchill.server.contract.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import dev.watchnchill.server.contract.TestClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** Servers whose Redis user has exactly the rights that docs/OPERATING.md lists. */
abstract class RedisPermissions {
  static final String PASSWORD = "s3cret";
  static final String SIGN_ON = "watchnchill:" + PASSWORD + "@";

  private static final Pattern BLOCK =
      Pattern.compile("```sh\\nredis-cli (ACL SETUSER .*?)\\n```", Pattern.DOTALL);
  private static final Pattern REFUSED = Pattern.compile("(?m)^object\\n(.*)$");

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<TestClient> clients = new ArrayList<>();

  /** Two members of one room, on two servers. */
  record Pair(TestClient ann, TestClient bob) {}

  @AfterEach
  void close() throws Exception {
    clients.forEach(TestClient::close);
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  /** Closes that after the test, before what was opened earlier. */
  final <T extends AutoCloseable> T opened(T closeable) {
    opened.add(closeable);
    return closeable;
  }

  /** Closes a server now. */
  final void closeNow(TestServer server) {
    opened.remove(server);
    server.close();
  }

  /** Returns the words of the command that the page gives, with our password in it. */
  static List<String> acl() {
    var block = BLOCK.matcher(RepositoryFiles.read("docs/OPERATING.md"));
    assertThat(block.find()).as("a command ACL SETUSER on the page").isTrue();
    String line = block.group(1).replace("\\\n", " ").replace("'", "");
    return List.of(line.replace("PASSWORD", PASSWORD).strip().split("\\s+", -1));
  }

  /** Returns what a log of Redis' access control says that it has refused. */
  static List<String> refused(String log) {
    return REFUSED.matcher(log).results().map(entry -> entry.group(1)).distinct().toList();
  }

  final TestServer server(String url) {
    return opened(
        TestServer.start(
            "NODE_ENV",
            "production",
            "CHAT_HISTORY",
            "2",
            "EMPTY_ROOM_GRACE_MS",
            "1",
            "REDIS_URL",
            url));
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

  private static String text(TestServer server, String path) {
    try (InputStream in = URI.create(server.url() + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Plays, chats and resumes in a room on two servers. */
  final Pair useRoom(TestServer first, TestServer second) {
    await().until(() -> status(first, "/health/ready") == 200);
    await().until(() -> status(second, "/health/ready") == 200);
    assertThat(status(first, "/")).isEqualTo(200);
    assertThat(status(first, "/join")).isEqualTo(200);
    TestClient ann = client(first).create("Ann");
    TestClient bob = client(second);
    String token = bob.join(ann.roomId(), "Bob").get("sessionToken").stringValue();
    ann.must("set-video", ann.here("videoUrl", "https://films.example/one.mp4"));
    ann.must("play-video", ann.here("currentTime", 3));
    ann.must("set-settings", ann.here("listed", true));
    await().until(() -> text(first, "/api/rooms").contains(ann.roomId()));
    await().until(() -> text(second, "/api/rooms").contains(ann.roomId()));
    bob.take("video-played");
    for (int i = 0; i < 4; i++) { // more than the history keeps
      bob.must("send-message", bob.here("message", "number " + i));
      ann.take("new-message");
    }
    bob.emit("typing-start", bob.here());
    ann.take("user-typing");
    JsonNode behind = ann.must("resume", ann.here("epoch", 0, "seq", 0));
    assertThat(behind.get("snapshot").isObject()).isTrue();
    JsonNode unknown =
        client(first).call("join-room", with("roomId", "ZZZZZZ", "userName", "Dora"));
    assertThat(unknown.get("code").stringValue()).isEqualTo("room_not_found");

    bob.close();
    ann.take("user-away");
    TestClient again = client(second);
    JsonNode joined = again.join(ann.roomId(), "Bob", "sessionToken", token);
    assertThat(joined.get("resumed").booleanValue()).isTrue();
    ann.take("user-returned");
    return new Pair(ann, again);
  }
}
