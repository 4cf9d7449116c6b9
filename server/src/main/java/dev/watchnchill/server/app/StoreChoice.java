package dev.watchnchill.server.app;

import dev.watchnchill.server.redis.client.RedisUrl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store that a server keeps its rooms in. */
sealed interface StoreChoice {
  /** In memory: rooms are lost when the process ends. */
  record Memory() implements StoreChoice {}

  /**
   * In a directory of this machine: rooms survive a restart.
   *
   * @param repair whether to start with the readable rooms when some are damaged
   */
  record Directory(Path path, boolean repair) implements StoreChoice {}

  /** In Redis, shared with any number of other instances. */
  record Redis(RedisUrl url) implements StoreChoice {}

  /**
   * Returns the store for the given settings.
   *
   * @param redis URL of a Redis, or null
   * @param data directory, or null
   * @param repair whether to start with the readable rooms when some are damaged
   * @throws IllegalArgumentException with a message for the operator
   */
  static StoreChoice of(@Nullable String redis, @Nullable String data, boolean repair) {
    if (redis != null && data != null) {
      throw new IllegalArgumentException(
          "rooms are kept either in Redis (--redis, REDIS_URL) or in a directory (--data,"
              + " DATA_DIR), not in both");
    }
    if (repair && data == null) {
      throw new IllegalArgumentException(
          "--repair is for rooms in a directory (--data, DATA_DIR), and none is given");
    }
    if (redis != null) {
      return new Redis(RedisUrl.parse(redis));
    }
    return data == null ? new Memory() : new Directory(Path.of(data), repair);
  }
}
