package dev.watchnchill.server.contract;

import dev.watchnchill.server.app.TestServer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own page as a client: it can come back to its seat, and keeps a key in its browser. */
final class Pages {
  private Pages() {}

  /** Connects a page from an address. */
  static TestClient open(TestServer server, String address, @Nullable String browserKey) {
    return open(server, address, browserKey, Map.of());
  }

  /** Connects a page from an address that brings more in its auth payload. */
  static TestClient open(
      TestServer server, String address, @Nullable String browserKey, Map<String, ?> more) {
    var auth = new HashMap<String, Object>(more);
    auth.put("resume", true);
    if (browserKey != null) {
      auth.put("browserKey", browserKey);
    }
    return TestClient.options().header("X-Forwarded-For", address).auth(auth).connect(server);
  }

  /** Returns a key as a browser makes it, of that person. */
  static String keyOf(String person) {
    return "0123456789abcdef-" + person;
  }
}
