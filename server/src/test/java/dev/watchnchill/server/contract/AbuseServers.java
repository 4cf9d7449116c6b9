package dev.watchnchill.server.contract;

import dev.watchnchill.server.app.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;

/** Servers and clients for the tests of the limits of an address. */
final class AbuseServers {
  static final String ATTACKER = "198.51.100.7";
  static final String FRIEND = "203.0.113.20";
  static final String UNKNOWN = "{\"roomId\":\"ZZZZZZ\",\"userName\":\"Eve Doe\"}";

  private AbuseServers() {}

  /** Returns a server with the limits of production and those variables. */
  static TestServer production(String... namesAndValues) {
    var environment = new HashMap<String, String>();
    environment.put("NODE_ENV", "production");
    environment.put("EVENT_LOOPS", "2");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return TestServer.with(environment);
  }

  static TestClient at(TestServer server, String address) {
    return TestClient.options().header("X-Forwarded-For", address).connect(server);
  }

  static String join(String room, String name) {
    return "{\"roomId\":\"" + room + "\",\"userName\":\"" + name + "\"}";
  }

  static String metrics(TestServer server) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
