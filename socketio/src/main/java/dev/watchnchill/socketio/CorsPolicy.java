package dev.watchnchill.socketio;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which foreign web pages may talk to the server.
 *
 * <p>A page of the same origin (its {@code Origin} names the request's {@code Host}) and a client
 * that sends no {@code Origin} always may. An origin is never echoed unless it is on the list.
 *
 * @param origins exact origins such as {@code https://app.example:8443}
 * @param anyOrigin whether every origin may ({@code *})
 * @param credentials whether browsers may send cookies; never together with {@code anyOrigin}
 */
public record CorsPolicy(Set<String> origins, boolean anyOrigin, boolean credentials) {
  /** Checks the origins. */
  public CorsPolicy {
    if (anyOrigin && credentials) {
      throw new IllegalArgumentException(
          "CORS with credentials needs a list of origins: browsers refuse '*' together with credentials");
    }
    var normal = new TreeSet<String>();
    for (String origin : origins) {
      normal.add(normalise(origin));
    }
    origins = Set.copyOf(normal);
  }

  /** Same-origin pages only. */
  public static CorsPolicy sameOrigin() {
    return new CorsPolicy(Set.of(), false, false);
  }

  /** Every page, without credentials. */
  public static CorsPolicy any() {
    return new CorsPolicy(Set.of(), true, false);
  }

  /**
   * The pages of these origins.
   *
   * @throws IllegalArgumentException if one is no origin (scheme, host and optional port)
   */
  public static CorsPolicy of(Set<String> origins, boolean credentials) {
    return new CorsPolicy(origins, false, credentials);
  }

  /**
   * The value for {@code Access-Control-Allow-Origin}, or null when the page may not read the
   * answer.
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

  /** Returns the origin as browsers send it: in small letters, without the scheme's own port. */
  private static String serialised(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    String port = lower.startsWith("https://") ? ":443" : lower.startsWith("http://") ? ":80" : "";
    return port.isEmpty() || !lower.endsWith(port)
        ? lower
        : lower.substring(0, lower.length() - port.length());
  }

  /** Checks the form only: which hosts there are is for the caller to know. */
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
        + "' is no origin; write scheme, host and port only: https://app.example:8443";
  }
}
