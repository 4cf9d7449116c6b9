package dev.watchnchill.server.app;

import dev.watchnchill.server.redis.client.RedisUrl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a server keeps its rooms. */
sealed interface StoreChoice {
  /** In this process: they last as long as it does. */
  record Memory() implements StoreChoice {}

  /**
   * In a directory of this machine: they outlast this process.
   *
   * @param repair whether to go on with what can be found when the rooms are damaged
   */
  record Directory(Path path, boolean repair) implements StoreChoice {}

  /** In Redis, shared with any number of other servers. */
  record Redis(RedisUrl url) implements StoreChoice {}

  /**
   * Reads what was asked for.
   *
   * @param redis URL of a Redis, or null
   * @param data directory, or null
   * @param repair whether to go on with what can be found there when the rooms are damaged
   * @throws IllegalArgumentException with a line for a person
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
