package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Applies a {@link CorsPolicy} to one request. */
public final class CorsHeaders {
  private CorsHeaders() {}

  /**
   * Returns the CORS headers of every response to a request; empty when its origin is not allowed.
   */
  public static HttpHeaders responseHeaders(CorsPolicy policy, HttpHeaders request) {
    if (policy.origins().isEmpty() && !policy.anyOrigin()) {
      return EmptyHttpHeaders.INSTANCE;
    }
    var headers = new DefaultHttpHeaders();
    if (!policy.anyOrigin()) {
      headers.set(HttpHeaderNames.VARY, "Origin");
    }
    String allowed = policy.allowedOrigin(request.get(HttpHeaderNames.ORIGIN));
    if (policy.anyOrigin()) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    } else if (allowed != null) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
      if (policy.credentials()) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
      }
    }
    return headers;
  }

  /** Adds the headers of a preflight response, when the origin is allowed. */
  public static void addPreflight(HttpHeaders response, HttpHeaders request) {
    if (!response.contains(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN)) {
      return;
    }
    response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,POST");
    response.set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
    String wanted = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
    if (wanted != null) {
      response.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, wanted);
      response.add(HttpHeaderNames.VARY, "Access-Control-Request-Headers");
    }
  }

  /**
   * Returns whether a websocket may be opened. Browsers do not apply CORS to websockets, so the
   * server checks the origin.
   */
  public static boolean mayUpgrade(CorsPolicy policy, HttpHeaders request) {
    String origin = request.get(HttpHeaderNames.ORIGIN);
    return origin == null
        || policy.allowedOrigin(origin) != null
        || sameOrigin(origin, request.get(HttpHeaderNames.HOST));
  }

  private static boolean sameOrigin(String origin, @Nullable String host) {
    if (host == null) {
      return false;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    int start = lower.indexOf("://");
    if (!lower.startsWith("http") || start < 0) {
      return false;
    }
    String defaultPort = lower.startsWith("https") ? ":443" : ":80";
    String authority = withoutSuffix(lower.substring(start + 3), defaultPort);
    return authority.equals(withoutSuffix(host.toLowerCase(Locale.ROOT), defaultPort));
  }

  private static String withoutSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }
}
