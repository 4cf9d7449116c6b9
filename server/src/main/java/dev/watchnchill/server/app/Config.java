package dev.watchnchill.server.app;

import dev.watchnchill.party.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The typed and checked settings of a server. docs/OPERATING.md documents their environment
 * variables.
 *
 * @param host address to listen on, or empty for all
 * @param port 0 to 65535; 0 takes a free one
 * @param production whether the limits of RL1 and RL6 and the origins of TR4 apply
 * @param allowedOrigins origins whose pages may connect (TR4)
 * @param httpRequestsMax requests per window and address (RL1)
 * @param httpWindowMs length of that window
 * @param socketsPerAddressMax sockets at once per address (RL2)
 * @param trustedProxies networks whose {@code X-Forwarded-For} is believed (RL4)
 * @param proxy settings of the proxy in front of the server (TR13, TR14, TR16)
 * @param metricsAllowed networks whose clients may read {@code /metrics} (MX2)
 * @param eventRateScale multiplies the limits of RL5
 * @param limits bounds of a room
 * @param roomsMax live rooms of this instance at most
 * @param eventLoops threads for network traffic; 0 for one per processor
 * @param store the store of the rooms
 * @param storeTimeoutMs how long a store may take to answer
 * @param abuse limits of one address (RL8 to RL10) and of memory (RL11)
 * @param connectionsPerAddressMax TCP connections at once per address (RL14)
 * @param proxyProtocol whether connections begin with a PROXY header (TR10)
 * @param directory whether listed rooms are shown to everybody (EN12)
 * @param metadata where titles of films come from (MD11)
 * @param media folders of the media library (LB5), and its programs
 * @param ice the STUN and TURN servers for speakers (VO6)
 */
record Config(
    String host,
    int port,
    boolean production,
    List<String> allowedOrigins,
    int httpRequestsMax,
    long httpWindowMs,
    int socketsPerAddressMax,
    List<String> trustedProxies,
    ProxySettings proxy,
    List<String> metricsAllowed,
    double eventRateScale,
    Limits limits,
    int roomsMax,
    int eventLoops,
    StoreChoice store,
    long storeTimeoutMs,
    AbuseLimits abuse,
    int connectionsPerAddressMax,
    boolean proxyProtocol,
    boolean directory,
    MetadataSettings metadata,
    MediaSettings media,
    IceSettings ice) {

  private static final String LOOPBACK = "127.0.0.0/8,::1/128";
  private static final String ALL_ADDRESSES = "0.0.0.0/0,::/0";

  /** TCP connections of a browser for one socket: six for HTTP and one websocket, rounded up. */
  private static final int CONNECTIONS_PER_SOCKET = 8;

  private static final int CONNECTIONS_PER_ADDRESS = 128;
  private static final int CHAT_KEEP_MIN = 20;
  private static final int CHAT_KEEP_MAX = 2_000;
  private static final String DEVELOPMENT_ORIGIN = "http://localhost:3000";

  Config {
    require(port >= 0 && port <= 65_535, "PORT must be within 0 to 65535");
    require(httpRequestsMax >= 1, "RATE_LIMIT_MAX_REQUESTS must be at least 1");
    require(httpWindowMs >= 1, "RATE_LIMIT_WINDOW_MS must be at least 1");
    require(socketsPerAddressMax >= 1, "RATE_LIMIT_SOCKET_MAX_PER_IP must be at least 1");
    require(eventRateScale > 0, "EVENT_RATE_SCALE must be positive");
    require(roomsMax >= 1, "ROOMS_MAX must be at least 1");
    require(eventLoops >= 0, "EVENT_LOOPS must not be negative");
    require(
        storeTimeoutMs >= 100 && storeTimeoutMs <= 1_500,
        "STORE_TIMEOUT_MS must be within 100 to 1500");
    require(connectionsPerAddressMax >= 1, "CONNECTIONS_PER_ADDRESS_MAX must be at least 1");
    allowedOrigins = List.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
    metricsAllowed = List.copyOf(metricsAllowed);
  }

  /**
   * Reads the settings; an option of the command line goes before its variable.
   *
   * @throws IllegalArgumentException with one line for the operator when a value makes no sense
   */
  static Config from(Map<String, String> environment, CommandLineOptions options) {
    var in = new Variables(environment);
    boolean production =
        options.production() || "production".equals(in.text("NODE_ENV", "development"));
    Limits bounds =
        Limits.DEFAULT
            .withGraces(
                in.number("RECONNECT_GRACE_MS", Limits.DEFAULT.reconnectGraceMs()),
                in.number("EMPTY_ROOM_GRACE_MS", Limits.DEFAULT.emptyRoomGraceMs()))
            .withSizes(
                (int) in.number("MEMBERS_MAX", Limits.DEFAULT.membersMax()),
                (int) in.number("CHAT_HISTORY", Limits.DEFAULT.chatHistory()))
            .withChatKeep(chatKeep(in))
            .withPresenceEach(
                (int) in.number("PRESENCE_EACH_MAX", Limits.DEFAULT.presenceEachMax()))
            .withVoice(voiceMax(in));
    int sockets = (int) in.number("RATE_LIMIT_SOCKET_MAX_PER_IP", 10);
    double rateScale = in.decimal("EVENT_RATE_SCALE", 1);
    return new Config(
        options.host(),
        options.port() >= 0 ? options.port() : (int) in.number("PORT", 3_000),
        production,
        production ? Origins.parse(in.text("ALLOWED_ORIGINS", "")) : List.of(DEVELOPMENT_ORIGIN),
        (int) in.number("RATE_LIMIT_MAX_REQUESTS", 360),
        in.number("RATE_LIMIT_WINDOW_MS", 60_000),
        sockets,
        split(in.text("TRUSTED_PROXIES", LOOPBACK)),
        ProxySettings.of(
            in.text("FORWARDING_HEADER", ""),
            in.text("PUBLIC_URL", ""),
            options.basePath().isEmpty() ? in.text("BASE_PATH", "") : options.basePath()),
        networks(in.text("METRICS_ALLOWED", production ? LOOPBACK : ALL_ADDRESSES)),
        rateScale,
        bounds,
        (int) in.number("ROOMS_MAX", 100_000),
        (int) in.number("EVENT_LOOPS", 0),
        storeOf(in, options),
        in.number("STORE_TIMEOUT_MS", 1_000),
        AbuseLimits.from(in, production, sockets, rateScale),
        (int)
            in.number(
                "CONNECTIONS_PER_ADDRESS_MAX",
                Math.max(
                    CONNECTIONS_PER_ADDRESS,
                    Math.min(10_000_000L, (long) CONNECTIONS_PER_SOCKET * sockets))),
        in.flag("PROXY_PROTOCOL", false),
        in.flag("DIRECTORY", true),
        MetadataSettings.from(in),
        MediaSettings.of(
            options.media().isEmpty() ? in.text("MEDIA_DIR", "") : options.media(),
            options.mediaCache().isEmpty() ? in.text("MEDIA_CACHE", "") : options.mediaCache(),
            in.text("FFMPEG", "ffmpeg"),
            in.text("FFPROBE", "ffprobe"),
            MediaSettings.Conversion.from(in)),
        IceSettings.from(in));
  }

  /** Returns the store of the command line, else the one of the environment. */
  private static StoreChoice storeOf(Variables in, CommandLineOptions options) {
    boolean chosen = !options.redis().isEmpty() || !options.data().isEmpty();
    String redis = chosen ? options.redis() : in.text("REDIS_URL", "");
    String data = chosen ? options.data() : in.text("DATA_DIR", "");
    return StoreChoice.of(
        redis.isEmpty() ? null : redis, data.isEmpty() ? null : data, options.repair());
  }

  /** The options of the command line; a negative port or an empty text means that it is absent. */
  record CommandLineOptions(
      String host,
      int port,
      boolean production,
      String redis,
      String data,
      boolean repair,
      String basePath,
      String media,
      String mediaCache) {
    CommandLineOptions(String host, int port, boolean production, String redis, String data) {
      this(host, port, production, redis, data, false, "", "", "");
    }
  }

  /** Returns how many messages a room keeps: never fewer than base clients read (LF2, CH5). */
  private static int chatKeep(Variables in) {
    long keep = in.number("CHAT_KEEP", Limits.DEFAULT.chatKeep());
    require(
        keep >= CHAT_KEEP_MIN && keep <= CHAT_KEEP_MAX,
        "CHAT_KEEP must be within " + CHAT_KEEP_MIN + " to " + CHAT_KEEP_MAX);
    return (int) Math.max(keep, in.number("CHAT_HISTORY", Limits.DEFAULT.chatHistory()));
  }

  private static int voiceMax(Variables in) {
    long max = in.number("VOICE_MAX", Limits.DEFAULT.voiceMax());
    require(
        max >= 0 && max <= Limits.VOICE_MAX, "VOICE_MAX must be within 0 to " + Limits.VOICE_MAX);
    return (int) max;
  }

  private static List<String> networks(String list) {
    return list.equals("none") ? List.of() : split(list);
  }

  private static List<String> split(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
