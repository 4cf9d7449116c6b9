package dev.watchnchill.server.app;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parsed command line.
 *
 * <p>It is parsed by hand: there are few options, and a library took a fifth of a cold start.
 */
sealed interface Arguments {
  /** A request to start a server. */
  record Start(Config.CommandLineOptions options) implements Arguments {}

  /** A text to print instead of a start. */
  record Say(String text) implements Arguments {}

  /** A command line that cannot be parsed, with the reason. */
  record Refused(String reason) implements Arguments {}

  /** An option of the command line. */
  enum Option {
    PORT("--port", "-p", "N"),
    HOST("--host", "-H", "ADDRESS"),
    PRODUCTION("--production", null, null),
    REDIS("--redis", null, "URL"),
    DATA("--data", null, "DIR"),
    REPAIR("--repair", null, null),
    BASE_PATH("--base-path", null, "PATH"),
    MEDIA("--media", null, "DIR"),
    MEDIA_CACHE("--media-cache", null, "DIR"),
    HELP("--help", "-h", null),
    VERSION("--version", "-V", null);

    private final String longName;
    private final @Nullable String shortName;
    private final @Nullable String value;

    Option(String longName, @Nullable String shortName, @Nullable String value) {
      this.longName = longName;
      this.shortName = shortName;
      this.value = value;
    }

    /** Returns the long form, such as {@code --port}. */
    String longName() {
      return longName;
    }

    private static @Nullable Option of(String name) {
      for (Option option : values()) {
        if (name.equals(option.longName) || name.equals(option.shortName)) {
          return option;
        }
      }
      return null;
    }
  }

  /** The output of {@code --version}. */
  String VERSION = "Watch N Chill 0.1.0";

  /** The output of {@code --help}, also printed after an error. */
  String USAGE =
      """
      Usage: watchnchill start [-hV] [--production] [--data=DIR] [-H=ADDRESS] [-p=N]
                               [--redis=URL] [--repair] [--base-path=PATH]
                               [--media=DIR] [--media-cache=DIR]
      Starts the server: pages, rooms and Socket.IO on one port.
        -p, --port=N         Port to listen on; 0 takes a free one. Default: PORT,
                               else 3000.
        -H, --host=ADDRESS   Address to listen on. Default: all.
            --production     Limits requests, and answers only ALLOWED_ORIGINS across
                               origins.
            --redis=URL      Keep rooms in Redis, shared with every server on it:
                               redis://[user:password@]host[:port][/db],
                               rediss:// for TLS, redis+cluster://host:port,host:port
                               for a cluster. Default: REDIS_URL.
            --data=DIR       Keep rooms in files in that directory, so that a restart
                               loses none. Default: DATA_DIR, else in memory.
            --repair         When the files in that directory are damaged, keep them
                               aside and go on with the rooms that can be found.
            --base-path=PATH Path below which the server is reached, such as /party.
                               Default: BASE_PATH, else that of PUBLIC_URL, else /.
            --media=DIR      Let hosts find the films in that directory; several
                               are separated as in PATH. Default: MEDIA_DIR.
            --media-cache=DIR
                             Keep what is made of films in that directory. Default:
                               MEDIA_CACHE, else a temporary one.
        -h, --help           Show this help message and exit.
        -V, --version        Print version information and exit.

      Environment: PORT, ALLOWED_ORIGINS, NODE_ENV=production, RATE_LIMIT_WINDOW_MS,
      RATE_LIMIT_MAX_REQUESTS, RATE_LIMIT_SOCKET_MAX_PER_IP, TRUSTED_PROXIES,
      FORWARDING_HEADER, PUBLIC_URL, BASE_PATH, EVENT_RATE_SCALE, CHAT_HISTORY,
      CHAT_KEEP, MEMBERS_MAX, ROOMS_MAX, RECONNECT_GRACE_MS, EMPTY_ROOM_GRACE_MS,
      PRESENCE_EACH_MAX, EVENT_LOOPS, METRICS_ALLOWED, REDIS_URL, DATA_DIR,
      STORE_TIMEOUT_MS, RATE_LIMIT_CONNECT_MAX_PER_IP, RATE_LIMIT_ENTRY_MAX_PER_IP,
      RATE_LIMIT_MISS_MAX_PER_IP, RATE_LIMIT_MISS_WINDOW_MS,
      RATE_LIMIT_ROOM_MAX_PER_IP, RATE_LIMIT_AWAY_MAX_PER_IP, ROOMS_BYTES_MAX,
      CONNECTIONS_PER_ADDRESS_MAX, PROXY_PROTOCOL, MEDIA_DIR, MEDIA_CACHE, FFMPEG,
      FFPROBE, TRANSCODE_JOBS, TRANSCODE_DISK_MB, VOICE_MAX, ICE_SERVERS, TURN_URLS,
      TURN_SECRET, TURN_TTL.
      docs/OPERATING.md has each one with its default and meaning.
      """;

  /** Parses {@code --name value}, {@code --name=value}, {@code -n value} and {@code -nvalue}. */
  static Arguments parse(String... args) {
    var given = new HashMap<Option, String>();
    for (int i = 0; i < args.length; i++) {
      Argument argument = Argument.of(args[i]);
      Option option = argument.option();
      if (option == null) {
        return new Refused(
            args[i].startsWith("-")
                ? "Unknown option: '" + args[i] + "'"
                : "Unmatched argument: '" + args[i] + "'");
      }
      String value = argument.value();
      if (option.value == null) {
        if (value != null) {
          return new Refused("option '" + option.longName + "' takes no value");
        }
        if (option == Option.HELP) {
          return new Say(USAGE);
        }
        if (option == Option.VERSION) {
          return new Say(VERSION + "\n");
        }
        value = "";
      } else if (value == null) {
        if (i + 1 == args.length || Argument.of(args[i + 1]).option() != null) {
          return new Refused(
              "Missing required parameter for option '%s' (%s)"
                  .formatted(option.longName, option.value));
        }
        value = args[++i];
      }
      if (given.put(option, value) != null) {
        return new Refused("option '" + option.longName + "' should be specified only once");
      }
    }
    return start(given);
  }

  private static Arguments start(Map<Option, String> given) {
    int port = -1;
    String text = given.get(Option.PORT);
    if (text != null) {
      try {
        port = Integer.parseInt(text);
      } catch (NumberFormatException _) {
        return new Refused("Invalid value for option '--port': '" + text + "' is not an int");
      }
      if (port < 0) {
        return new Refused("Invalid value for option '--port': must not be negative");
      }
    }
    return new Start(
        new Config.CommandLineOptions(
            given.getOrDefault(Option.HOST, ""),
            port,
            given.containsKey(Option.PRODUCTION),
            given.getOrDefault(Option.REDIS, ""),
            given.getOrDefault(Option.DATA, ""),
            given.containsKey(Option.REPAIR),
            given.getOrDefault(Option.BASE_PATH, ""),
            given.getOrDefault(Option.MEDIA, ""),
            given.getOrDefault(Option.MEDIA_CACHE, "")));
  }

  /**
   * One argument of the command line.
   *
   * @param option the option that it names, or null
   * @param value the value behind {@code =} or the short form, or null
   */
  record Argument(@Nullable Option option, @Nullable String value) {
    private static Argument of(String text) {
      Option whole = Option.of(text);
      if (whole != null || !text.startsWith("-")) {
        return new Argument(whole, null);
      }
      int equals = text.indexOf('=');
      if (text.startsWith("--")) {
        return equals < 0
            ? new Argument(null, null)
            : new Argument(Option.of(text.substring(0, equals)), text.substring(equals + 1));
      }
      if (text.length() < 2) {
        return new Argument(null, null);
      }
      return new Argument(Option.of(text.substring(0, 2)), text.substring(equals == 2 ? 3 : 2));
    }
  }
}
