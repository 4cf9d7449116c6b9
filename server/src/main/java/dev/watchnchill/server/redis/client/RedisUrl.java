package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The address and credentials of Redis: {@code redis://[user:password@]host[:port][/db]}, {@code
 * rediss://} for TLS, {@code redis+cluster://} and {@code rediss+cluster://} with one or more
 * {@code host[:port]}, comma-separated. User and password are percent-decoded. {@link #toString}
 * shows neither.
 *
 * @param cluster whether it is a Redis Cluster; the hosts are then asked for its nodes
 * @param tls whether to use TLS; certificate and host name are always checked
 * @param user the user's name, or null for the default one
 * @param password the user's password, or null for none
 * @param hosts exactly one unless it is a cluster
 * @param database the number of the database; 0 in a cluster
 */
public record RedisUrl(
    boolean cluster,
    boolean tls,
    @Nullable String user,
    @Nullable String password,
    List<Host> hosts,
    int database) {

  /** The accepted forms of a URL, for error messages. */
  private static final String FORMS =
      "redis://[user:password@]host[:port][/database], rediss://... for TLS, or"
          + " redis+cluster://host[:port],host[:port],...";

  private static final int DEFAULT_PORT = 6379;
  private static final Pattern SCHEME = Pattern.compile("(redis|rediss)(\\+cluster)?://(.*)");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");

  /**
   * One host to connect to.
   *
   * @param name a name or an address, IPv6 without brackets
   * @param port 1 to 65535
   */
  public record Host(String name, int port) {
    @Override
    public String toString() {
      return (name.contains(":") ? "[" + name + "]" : name) + ":" + port;
    }
  }

  /** Copies the list. */
  public RedisUrl {
    hosts = List.copyOf(hosts);
  }

  /**
   * Parses a URL.
   *
   * @throws IllegalArgumentException with one line for the user, without user name and password
   */
  public static RedisUrl parse(String text) {
    Matcher scheme = SCHEME.matcher(text.strip());
    if (!scheme.matches()) {
      throw new IllegalArgumentException("This is not the URL of a Redis; it looks like " + FORMS);
    }
    boolean cluster = scheme.group(2) != null;
    String rest = scheme.group(3);
    // A password may contain @ / ? unescaped; the address after the last @ cannot.
    int at = rest.lastIndexOf('@');
    String credentials = at < 0 ? "" : rest.substring(0, at);
    String address = rest.substring(at + 1);
    if (address.contains("?") || address.contains("#")) {
      throw new IllegalArgumentException("The URL of a Redis has no ? or # part; it is " + FORMS);
    }
    int slash = address.indexOf('/');
    String path = slash < 0 ? "" : address.substring(slash + 1);
    int colon = credentials.indexOf(':');
    return new RedisUrl(
        cluster,
        scheme.group(1).equals("rediss"),
        colon <= 0 ? null : decoded(credentials.substring(0, colon)),
        credentials.length() <= colon + 1 ? null : decoded(credentials.substring(colon + 1)),
        hosts(slash < 0 ? address : address.substring(0, slash), cluster),
        database(path, cluster));
  }

  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message quotes the text.
      throw new IllegalArgumentException(
          "A % in the user or the password of a Redis URL is written as %25");
    }
  }

  private static List<Host> hosts(String list, boolean cluster) {
    var hosts = new ArrayList<Host>();
    for (String item : list.split(",", -1)) {
      Matcher host = HOST.matcher(item);
      int port = 0;
      if (host.matches()) {
        port = host.group(2) == null ? DEFAULT_PORT : Integer.parseInt(host.group(2));
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException(
            "'" + item + "' is not host or host:port; the URL of a Redis looks like " + FORMS);
      }
      hosts.add(new Host(host.group(1).replaceAll("[\\[\\]]", ""), port));
    }
    if (hosts.size() > 1 && !cluster) {
      throw new IllegalArgumentException(
          "More than one host is for a Redis Cluster: redis+cluster://host:port,host:port");
    }
    return hosts;
  }

  private static int database(String path, boolean cluster) {
    if (path.isEmpty() || path.equals("0")) {
      return 0;
    }
    if (!path.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "'/" + path + "' is not a database of a Redis, which is a number such as /0");
    }
    if (cluster) {
      throw new IllegalArgumentException("A Redis Cluster has no database but 0");
    }
    return Integer.parseInt(path);
  }

  /** Returns the hosts as Lettuce's URIs. */
  List<RedisURI> toLettuce(Duration timeout) {
    return hosts.stream().map(host -> toLettuce(host.name(), host.port(), timeout)).toList();
  }

  /** Returns one node as Lettuce's URI. */
  RedisURI toLettuce(String host, int port, Duration timeout) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(host)
            .withPort(port)
            .withSsl(tls)
            .withVerifyPeer(SslVerifyMode.FULL)
            .withDatabase(database)
            .withTimeout(timeout);
    if (password != null) {
      uri =
          user == null
              ? uri.withPassword(password.toCharArray())
              : withCredentials(uri, user, password);
    }
    return uri.build();
  }

  private static RedisURI.Builder withCredentials(
      RedisURI.Builder uri, String user, String password) {
    return uri.withAuthentication(user, password.toCharArray());
  }

  /** Returns the URL without user and password. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "redis%s%s://%s%s",
        tls ? "s" : "",
        cluster ? "+cluster" : "",
        hosts.stream().map(Host::toString).collect(Collectors.joining(",")),
        database == 0 ? "" : "/" + database);
  }
}
