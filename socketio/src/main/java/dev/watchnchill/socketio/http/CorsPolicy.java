package dev.watchnchill.socketio.http;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Policy for web pages of other origins.
 *
 * <p>Pages of the same origin (their {@code Origin} names the request's {@code Host}) and clients
 * that send no {@code Origin} are always allowed. An origin is echoed only if it is on the list.
 *
 * @param origins exact origins such as {@code https://app.example:8443}
 * @param anyOrigin whether every origin is allowed ({@code *})
 * @param credentials whether browsers may send cookies; never together with {@code anyOrigin}
 */
public record CorsPolicy(Set<String> origins, boolean anyOrigin, boolean credentials) {
  /** Checks the origins. */
  public CorsPolicy {
    if (anyOrigin && credentials) {
      throw new IllegalArgumentException(
          "CORS with credentials needs a list of origins: browsers reject '*' together with credentials");
    }
    var normal = new TreeSet<String>();
    for (String origin : origins) {
      normal.add(normalise(origin));
    }
    origins = Set.copyOf(normal);
  }

  /** Returns a policy that allows same-origin pages only. */
  public static CorsPolicy sameOrigin() {
    return new CorsPolicy(Set.of(), false, false);
  }

  /** Returns a policy that allows every page, without credentials. */
  public static CorsPolicy any() {
    return new CorsPolicy(Set.of(), true, false);
  }

  /**
   * Returns a policy that allows the pages of these origins.
   *
   * @throws IllegalArgumentException if one is not an origin (scheme, host and optional port)
   */
  public static CorsPolicy of(Set<String> origins, boolean credentials) {
    return new CorsPolicy(origins, false, credentials);
  }

  /**
   * Returns the value of {@code Access-Control-Allow-Origin}, or null when the page may not read
   * the response.
   */
  public @Nullable String allowedOrigin(@Nullable String origin) {
    if (origin == null) {
      return null;
    }
    if (anyOrigin) {
      return "*";
    }
    return origins.contains(serialised(origin)) ? origin : null;
  }

  /** Returns the origin as browsers send it: in lower case, without the scheme's default port. */
  private static String serialised(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String port = lower.startsWith("https://") ? ":443" : lower.startsWith("http://") ? ":80" : "";
    return port.isEmpty() || !lower.endsWith(port)
        ? lower
        : lower.substring(0, lower.length() - port.length());
  }

  /** Checks the form of an origin, not whether its host exists. */
  private static String normalise(String origin) {
    int host = origin.indexOf("://") + 3;
    boolean shaped =
        host > 3
            && host < origin.length()
            && origin.chars().allMatch(c -> c > ' ' && c < 0x7f)
            && origin.chars().skip(host).noneMatch(c -> "/?#@\\*".indexOf(c) >= 0)
            && origin.chars().limit(host - 3).allMatch(CorsPolicy::isOfScheme)
            && origin.charAt(host) != ':';
    if (!shaped) {
      throw new IllegalArgumentException(describe(origin));
    }
    return serialised(origin);
  }

  private static boolean isOfScheme(int c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        || (c >= '0' && c <= '9')
        || "+-.".indexOf(c) >= 0;
  }

  private static String describe(String origin) {
    return "'"
        + origin
        + "' is not an origin; write scheme, host and port only: https://app.example:8443";
  }
}
