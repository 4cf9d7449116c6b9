package dev.watchnchill.server.redis.client;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns once when Redis is configured to evict rooms as soon as its memory is full. */
public final class EvictionWarning {
  private static final Logger log = LoggerFactory.getLogger(EvictionWarning.class);

  private final RedisUrl url;
  private final AtomicBoolean warned = new AtomicBoolean();

  EvictionWarning(RedisUrl url) {
    this.url = url;
  }

  /**
   * Reads the answer to {@code INFO memory}.
   *
   * @param info the answer
   */
  void read(String info) {
    String policy = field(info, "maxmemory_policy:");
    String max = field(info, "maxmemory:");
    if (policy.isEmpty() || policy.equals("noeviction") || max.isEmpty() || max.equals("0")) {
      return;
    }
    if (warned.compareAndSet(false, true)) {
      log.warn(
          "Redis at {} drops rooms when its memory is full: maxmemory-policy is {};"
              + " set it to noeviction",
          url,
          policy);
    }
  }

  private static String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }
}
