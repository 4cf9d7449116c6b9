package dev.watchnchill.server.contract;

import static org.awaitility.Awaitility.await;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The directory of two servers on one Redis. */
final class SharedDirectoryTest extends TwoServers {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static String rooms(TestServer server) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/rooms")).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void EN12_each_server_shows_the_rooms_of_both_once() {
    TestClient ann = resumable(first).create("Ann");
    TestClient bob = resumable(second);
    TestClient cleo = resumable(second).create("Cleo");
    bob.join(ann.roomId(), "Bob");
    ann.must("set-settings", ann.here("listed", true, "title", "Both"));
    cleo.must("set-settings", cleo.here("listed", true, "title", "Second"));
    for (TestServer server : new TestServer[] {first, second}) {
      await()
          .until(
              () -> rooms(server),
              json ->
                  json.split("\"roomId\"", -1).length == 3
                      && json.contains("\"title\":\"Both\",\"film\":null,\"members\":2")
                      && json.contains("\"title\":\"Second\",\"film\":null,\"members\":1"));
    }
    cleo.must("set-settings", cleo.here("listed", false));
    await().until(() -> !rooms(first).contains("Second"));
  }

  @Test
  void EN12_rooms_of_a_server_that_has_ended_are_shown_no_more() {
    TestClient ann = resumable(first).create("Ann");
    ann.must("set-settings", ann.here("listed", true));
    await().until(() -> rooms(second).contains(ann.roomId()));
    ann.must("leave-room", ann.here());
    closeFirst();
    await().until(() -> !rooms(second).contains(ann.roomId()));
  }
}
