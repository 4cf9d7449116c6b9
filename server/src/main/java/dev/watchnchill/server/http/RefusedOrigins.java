package dev.watchnchill.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns an operator of pages whose websockets are refused for their origin: once per origin, for a
 * bounded number of origins, since clients choose them (rule TR14).
 */
final class RefusedOrigins {
  /** Most origins that one process warns of. */
  static final int ORIGINS_MAX = 16;

  private static final Logger log = LoggerFactory.getLogger(RefusedOrigins.class);

  private final Set<WebOrigin> warned = ConcurrentHashMap.newKeySet();

  void warn(WebOrigin origin, @Nullable String host) {
    if (warned.size() >= ORIGINS_MAX || !warned.add(origin)) {
      return;
    }
    log.warn(
        "A page of {} was refused a websocket: the request is for the host \"{}\". If the page is"
            + " this server's own, set PUBLIC_URL={} or let the proxy pass the Host header on with"
            + " its port; if it is another site that may connect, add it to ALLOWED_ORIGINS.",
        origin,
        LogText.excerpt(host == null ? "" : host),
        origin);
  }
}
