package dev.watchnchill.party.link;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An absolute {@code http} or {@code https} address in its normal form, as the WHATWG URL Standard
 * reads it. Browsers read links by the same rules (rule MD2).
 *
 * @param scheme {@code http} or {@code https}
 * @param credentials whether a user name or a password stands before the host
 * @param host a domain in ASCII, an IPv4 address in four parts, or an IPv6 address in brackets
 * @param port -1 for the scheme's default
 * @param path begins with a slash
 * @param query without its question mark, or null
 * @param fragment without its number sign, or null
 */
public record WebAddress(
    String scheme,
    boolean credentials,
    String host,
    int port,
    String path,
    @Nullable String query,
    @Nullable String fragment) {

  private static final int PORT_MAX = 65_535;

  /** Parses a text; empty when a browser would not accept it, or for another scheme. */
  public static Optional<WebAddress> parse(String text) {
    String input = withoutControls(text);
    String scheme = scheme(input);
    if (!isWeb(scheme)) {
      return Optional.empty();
    }
    int start = scheme.length() + 1;
    while (start < input.length() && isSlash(input.charAt(start))) {
      start++; // any number of them, also none
    }
    int end = start;
    while (end < input.length() && !endsAuthority(input.charAt(end))) {
      end++;
    }
    int at = input.lastIndexOf('@', end - 1);
    int hostStart = at >= start ? at + 1 : start;
    boolean credentials = at >= start && !input.substring(start, at).replace(":", "").isEmpty();
    int hostEnd = endOfHost(input, hostStart, end);
    String host = Hosts.parse(input.substring(hostStart, hostEnd));
    int port = port(input, hostEnd, end, scheme);
    if (host == null || port < -1) {
      return Optional.empty();
    }
    int hash = input.indexOf('#', end);
    int pathAndQueryEnd = hash < 0 ? input.length() : hash;
    int question = input.indexOf('?', end);
    int pathEnd = question < 0 || question > pathAndQueryEnd ? pathAndQueryEnd : question;
    return Optional.of(
        new WebAddress(
            scheme,
            credentials,
            host,
            port,
            Paths.normal(input.substring(end, pathEnd)),
            pathEnd == pathAndQueryEnd
                ? null
                : PercentEncoding.QUERY.encode(input.substring(pathEnd + 1, pathAndQueryEnd)),
            hash < 0 ? null : PercentEncoding.FRAGMENT.encode(input.substring(hash + 1))));
  }

  /** Returns whether a text begins with a scheme that is neither {@code http} nor {@code https}. */
  public static boolean hasOtherScheme(String text) {
    String scheme = scheme(withoutControls(text));
    return !isWeb(scheme)
        && !scheme.isEmpty()
        && isLetter(scheme.charAt(0))
        && scheme.chars().allMatch(WebAddress::isAllowedInSchemes);
  }

  /** Returns scheme, host and port, as a browser's {@code Origin} header has them. */
  public String origin() {
    return scheme + "://" + host + (port < 0 ? "" : ":" + port);
  }

  /** Returns the whole address in its normal form, without credentials. */
  public String href() {
    return origin()
        + path
        + (query == null ? "" : "?" + query)
        + (fragment == null ? "" : "#" + fragment);
  }

  /** Returns the parts of the path between its slashes, decoded as UTF-8, without empty ones. */
  public List<String> pathSegments() {
    return Arrays.stream(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .map(PercentEncoding::decode)
        .toList();
  }

  /**
   * Returns the text without control characters and spaces around it, and tabs and line ends in it.
   */
  private static String withoutControls(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) <= ' ') {
      from++;
    }
    while (from < to && text.charAt(to - 1) <= ' ') {
      to--;
    }
    var kept = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c != '\t' && c != '\n' && c != '\r') {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Returns the text before the first colon, in small letters; "" without a colon. */
  private static String scheme(String input) {
    int colon = input.indexOf(':');
    return colon < 0 ? "" : input.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static boolean isWeb(String scheme) {
    return scheme.equals("http") || scheme.equals("https");
  }

  private static boolean isLetter(int c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isAllowedInSchemes(int c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '\\';
  }

  private static boolean endsAuthority(char c) {
    return isSlash(c) || c == '?' || c == '#';
  }

  /** Returns the index of the colon before the port, or the end; brackets belong to the host. */
  private static int endOfHost(String input, int from, int to) {
    boolean inBrackets = false;
    for (int i = from; i < to; i++) {
      char c = input.charAt(i);
      if (c == ':' && !inBrackets) {
        return i;
      }
      inBrackets = c == '[' || (inBrackets && c != ']');
    }
    return to;
  }

  /** Returns the port after a colon; -1 for none and for the scheme's default, -2 when invalid. */
  private static int port(String input, int colon, int end, String scheme) {
    int port = 0;
    for (int i = colon + 1; i < end; i++) {
      int digit = input.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -2;
      }
      port = port * 10 + digit;
      if (port > PORT_MAX) {
        return -2;
      }
    }
    boolean usual = port == (scheme.equals("http") ? 80 : 443);
    return colon + 1 >= end || usual ? -1 : port;
  }
}
