package dev.watchnchill.server.http;

import java.util.Set;

/**
 * The path below which the server is reached, such as {@code /party} (rule TR16).
 *
 * <p>Requests are answered with and without it, so that proxies may strip it or leave it.
 *
 * @param value begins with a slash and does not end with one, or is empty for the root
 */
public record BasePath(String value) {
  /** The root. */
  public static final BasePath ROOT = new BasePath("");

  private static final int LENGTH_MAX = 128;

  // Below one of them, a path could be read in two ways.
  private static final Set<String> OWN =
      Set.of("api", "assets", "create", "health", "join", "media", "metrics", "room");

  /** Checks the form. */
  public BasePath {
    if (!value.isEmpty()) {
      require(value.length() <= LENGTH_MAX, "is longer than " + LENGTH_MAX + " characters", value);
      String[] segments = value.substring(1).split("/", -1);
      require(value.charAt(0) == '/', "does not begin with a slash", value);
      for (String segment : segments) {
        require(
            !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.chars().allMatch(BasePath::isAllowed),
            "has a segment that is not of letters, digits, '-', '_', '.' and '~'",
            value);
      }
      require(!OWN.contains(segments[0]), "begins with a path of the server itself", value);
    }
  }

  /**
   * Reads a path as an operator writes it: with or without a slash at the end, {@code /} for the
   * root.
   *
   * @throws IllegalArgumentException with a message for the operator when it is invalid
   */
  public static BasePath of(String text) {
    String path = text.strip();
    return new BasePath(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }

  /** Returns the rest of a path below this one, or the path itself when it is not below. */
  String strip(String path) {
    if (value.isEmpty() || !path.startsWith(value)) {
      return path;
    }
    if (path.length() == value.length()) {
      return "/";
    }
    return path.charAt(value.length()) == '/' ? path.substring(value.length()) : path;
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.~".indexOf(c) >= 0;
  }

  private static void require(boolean holds, String problem, String value) {
    if (!holds) {
      throw new IllegalArgumentException("the base path '" + value + "' " + problem);
    }
  }
}
