package dev.watchnchill.server.app;

import dev.watchnchill.server.password.PasswordHasher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A whole server in this process, on a free port of the loopback, configured as a user would: by
 * environment.
 */
public final class TestServer implements AutoCloseable {
  // Hashes are cheap here, so that tests are fast; what a real one costs is tested by itself.
  private static final PasswordHasher.Settings PASSWORDS =
      new PasswordHasher.Settings(1_000, 2, 64);

  private final Wiring wiring;
  private final int port;

  private TestServer(Wiring wiring, int port) {
    this.wiring = wiring;
    this.port = port;
  }

  /**
   * Starts one. Without other words its limits are out of the way.
   *
   * @param namesAndValues of environment variables
   */
  public static TestServer start(String... namesAndValues) {
    var environment = new HashMap<String, String>();
    environment.put("RATE_LIMIT_SOCKET_MAX_PER_IP", "10000");
    environment.put("EVENT_RATE_SCALE", "1000");
    environment.put("EVENT_LOOPS", "2"); // both used, so that what one overtakes on the other shows
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return with(environment);
  }

  /** Starts one with exactly that environment. */
  public static TestServer with(Map<String, String> environment) {
    var all = new HashMap<String, String>(environment);
    all.putIfAbsent("METADATA", "off"); // no test asks a site on the internet
    if (Boolean.getBoolean("contract.redis") && !all.containsKey("DATA_DIR")) {
      all.putIfAbsent("REDIS_URL", SharedRedis.url());
    }
    var wiring =
        new Wiring(
            Config.from(all, new Config.CommandLineOptions("127.0.0.1", 0, false, "", "")),
            PASSWORDS);
    try {
      return new TestServer(wiring, wiring.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one whose rooms live that long from their last write, in ms. */
  public static TestServer withRoomLife(long lifeMs) {
    Config usual =
        Config.from(
            Map.of("RECONNECT_GRACE_MS", "50", "EMPTY_ROOM_GRACE_MS", "50", "METADATA", "off"),
            new Config.CommandLineOptions("127.0.0.1", 0, false, "", ""));
    var shortLived =
        new Config(
            usual.host(),
            usual.port(),
            usual.production(),
            usual.allowedOrigins(),
            usual.httpRequestsMax(),
            usual.httpWindowMs(),
            usual.socketsPerAddressMax(),
            usual.trustedProxies(),
            usual.proxy(),
            usual.metricsAllowed(),
            usual.eventRateScale(),
            usual.limits().withRoomLife(lifeMs),
            usual.roomsMax(),
            usual.eventLoops(),
            usual.store(),
            usual.storeTimeoutMs(),
            usual.abuse(),
            usual.connectionsPerAddressMax(),
            usual.proxyProtocol(),
            usual.directory(),
            usual.metadata(),
            usual.media(),
            usual.ice());
    var wiring = new Wiring(shortLived, PASSWORDS);
    try {
      return new TestServer(wiring, wiring.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Its root, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Open transport sessions. */
  public int sessions() {
    return wiring.load().sessions();
  }

  /** Live rooms. */
  public int rooms() {
    return wiring.load().rooms();
  }

  /** Sockets counted for their addresses. */
  public int leases() {
    return wiring.load().leases();
  }

  /** Closes the server, and fails when it still counts connections or sessions afterwards. */
  @Override
  public void close() {
    wiring.close();
    Wiring.Load left = wiring.load();
    if (left.sessions() != 0 || left.connections() != 0) {
      throw new AssertionError("a server that has ended still counts " + left);
    }
  }
}
