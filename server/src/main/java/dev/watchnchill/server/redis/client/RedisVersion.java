package dev.watchnchill.server.redis.client;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and compares versions in the answer to {@code INFO server}. Valkey reports the version of
 * Redis that it is compatible with.
 */
final class RedisVersion {
  private static final Pattern LINE = Pattern.compile("(?m)^redis_version:([0-9.]+)");
  private static final int SHARDED_PUB_SUB_SINCE = 7;

  private RedisVersion() {}

  /** Returns the version in the answer, or empty. */
  static String of(String info) {
    Matcher line = LINE.matcher(info);
    return line.find() ? line.group(1) : "";
  }

  /** Returns the older of two versions; an unknown one counts as the oldest. */
  static String older(String one, String other) {
    return Arrays.compare(numbers(one), numbers(other)) <= 0 ? one : other;
  }

  /** Returns whether a version has sharded channels. */
  static boolean shardsChannels(String version) {
    // Called for every change of a room: no patterns, no lists.
    int major = 0;
    for (int i = 0; i < version.length() && Character.isDigit(version.charAt(i)); i++) {
      major = major * 10 + (version.charAt(i) - '0');
    }
    return major >= SHARDED_PUB_SUB_SINCE;
  }

  private static int[] numbers(String version) {
    return Arrays.stream(("0" + version).split("\\.", -1))
        .mapToInt(part -> part.isEmpty() ? 0 : Integer.parseInt(part))
        .toArray();
  }
}
