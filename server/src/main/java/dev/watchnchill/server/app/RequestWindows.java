package dev.watchnchill.server.app;

import dev.watchnchill.server.http.RequestLimit;
import dev.watchnchill.server.http.WindowLimit;
import dev.watchnchill.server.runtime.port.ServerClock;
import org.jspecify.annotations.Nullable;

/** The limits of HTTP requests of one address, which hold in production alone (rules RL1, LB9). */
final class RequestWindows {
  /** Requests for files for each request that RL1 allows: a page and a film take dozens of them. */
  private static final int FILES_FACTOR = 6;

  private RequestWindows() {}

  /** Returns the limit of requests for pages, which instances on one Redis count together. */
  static @Nullable RequestLimit ofPages(Config config, Backend backend, ServerClock clock) {
    return config.production()
        ? backend.requests(window(config, config.httpRequestsMax(), clock))
        : null;
  }

  /** Returns a limit of requests for files, which each instance counts alone. */
  static @Nullable RequestLimit ofFiles(Config config, ServerClock clock) {
    return config.production()
        ? window(config, (long) FILES_FACTOR * config.httpRequestsMax(), clock)
        : null;
  }

  private static WindowLimit window(Config config, long requests, ServerClock clock) {
    return new WindowLimit(
        (int) Math.min(Integer.MAX_VALUE, requests), config.httpWindowMs(), clock::nowMs);
  }
}
