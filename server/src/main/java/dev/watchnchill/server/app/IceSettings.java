package dev.watchnchill.server.app;

import dev.watchnchill.server.runtime.port.IceServers;
import dev.watchnchill.server.wire.IceServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The STUN and TURN servers that speakers' browsers use (rule VO6).
 *
 * @param fixed those that are the same for everybody
 * @param turnUrls TURN servers with time-limited credentials
 * @param turnSecret the secret that these servers share with this one, or null without any
 * @param turnTtlSeconds how long a credential is valid
 */
record IceSettings(
    List<IceServer> fixed,
    List<String> turnUrls,
    @Nullable String turnSecret,
    long turnTtlSeconds) {
  private static final int URLS_MAX = 16;
  private static final int SECRET_MIN = 16;
  private static final long TTL_MIN = 60;
  private static final long TTL_MAX = 7 * 86_400;
  private static final long TTL_DEFAULT = 6 * 3_600;

  // RFC 7064 and RFC 7065.
  private static final String HOST = "(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9.-]{1,253})(:\\d{1,5})?";
  private static final Pattern STUN = Pattern.compile("stuns?:" + HOST);
  private static final Pattern TURN =
      Pattern.compile("turns?:" + HOST + "(\\?transport=(udp|tcp))?");

  /** Creates settings with copies of the lists. */
  IceSettings {
    fixed = List.copyOf(fixed);
    turnUrls = List.copyOf(turnUrls);
  }

  /** Returns the settings of a server whose speakers' browsers use none. */
  static IceSettings none() {
    return new IceSettings(List.of(), List.of(), null, TTL_DEFAULT);
  }

  @Override
  public String toString() {
    return "IceSettings" + Stream.concat(fixed.stream(), turnUrls.stream()).toList();
  }

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException with a message for the operator, without any secret, when a
   *     value is invalid
   */
  static IceSettings from(Variables in) {
    String servers = in.text("ICE_SERVERS", "");
    List<IceServer> fixed =
        servers.startsWith("[") || servers.startsWith("{") ? ofJson(servers) : ofUrls(servers);
    List<String> turnUrls = split(in.text("TURN_URLS", ""));
    for (String url : turnUrls) {
      require(TURN.matcher(url).matches(), "TURN_URLS must be turn: or turns: addresses");
    }
    long urls = turnUrls.size() + fixed.stream().mapToLong(server -> server.urls().size()).sum();
    require(
        urls <= URLS_MAX,
        "ICE_SERVERS and TURN_URLS can have at most " + URLS_MAX + " addresses together");
    String secret = in.text("TURN_SECRET", "");
    require(turnUrls.isEmpty() || !secret.isEmpty(), "TURN_URLS needs TURN_SECRET");
    require(secret.isEmpty() || !turnUrls.isEmpty(), "TURN_SECRET needs TURN_URLS");
    require(
        secret.isEmpty() || secret.length() >= SECRET_MIN,
        "TURN_SECRET must have at least " + SECRET_MIN + " characters");
    long ttl = in.number("TURN_TTL", TTL_DEFAULT);
    require(
        ttl >= TTL_MIN && ttl <= TTL_MAX,
        "TURN_TTL must be within " + TTL_MIN + " to " + TTL_MAX + " seconds");
    return new IceSettings(fixed, turnUrls, secret.isEmpty() ? null : secret, ttl);
  }

  private static List<IceServer> ofUrls(String list) {
    List<String> urls = split(list);
    for (String url : urls) {
      require(
          !TURN.matcher(url).matches(),
          "ICE_SERVERS: a turn: address needs a username and a credential (use the JSON form), or"
              + " stands in TURN_URLS");
      require(STUN.matcher(url).matches(), "ICE_SERVERS must be stun: addresses, or a JSON list");
    }
    return urls.isEmpty() ? List.of() : List.of(new IceServer(urls, null, null));
  }

  private static List<IceServer> ofJson(String json) {
    JsonNode list;
    try {
      list = JsonMapper.shared().readTree(json);
    } catch (JacksonException _) { // its message may show a credential
      throw new IllegalArgumentException("ICE_SERVERS is no valid JSON");
    }
    require(list.isArray(), "ICE_SERVERS must be a JSON list of {urls, username, credential}");
    var servers = new ArrayList<IceServer>();
    for (JsonNode each : list) {
      servers.add(ofNode(each));
    }
    return servers;
  }

  private static IceServer ofNode(JsonNode node) {
    var urls = new ArrayList<String>();
    JsonNode given = node.path("urls");
    if (given.isString()) {
      urls.add(given.stringValue());
    }
    for (JsonNode url : given) {
      urls.add(url.isString() ? url.stringValue() : "");
    }
    String username = text(node, "username");
    String credential = text(node, "credential");
    require(!urls.isEmpty(), "ICE_SERVERS: each entry needs urls");
    for (String url : urls) {
      boolean turn = TURN.matcher(url).matches();
      require(
          turn || STUN.matcher(url).matches(),
          "ICE_SERVERS: urls must be stun:, stuns:, turn: or turns: addresses");
      require(
          !turn || (username != null && credential != null),
          "ICE_SERVERS: a turn: address needs a username and a credential");
    }
    return new IceServer(urls, username, credential);
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? value.stringValue() : null;
  }

  private static List<String> split(String list) {
    return Arrays.stream(list.split("[,\\s]+", -1)).filter(url -> !url.isEmpty()).toList();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Returns the servers as browsers get them; credentials are made from random bytes. */
  IceServers open(LongSupplier nowMs, Supplier<byte[]> random) {
    String secret = turnSecret;
    if (secret == null) {
      return () -> fixed;
    }
    var credentials = new TurnCredentials(secret, turnTtlSeconds);
    return () -> {
      var all = new ArrayList<>(fixed);
      all.add(credentials.server(turnUrls, nowMs.getAsLong(), random.get()));
      return all;
    };
  }
}
