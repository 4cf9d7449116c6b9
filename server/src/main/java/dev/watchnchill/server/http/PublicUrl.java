package dev.watchnchill.server.http;

/**
 * The address at which browsers reach the server, as the operator gives it (rule TR14).
 *
 * @param origin always counts as the server's own
 * @param path the default of {@code BASE_PATH}
 */
public record PublicUrl(WebOrigin origin, BasePath path) {
  /**
   * Reads {@code https://watch.example.com} or {@code https://example.com/party}.
   *
   * @throws IllegalArgumentException with a message for the operator when it is invalid
   */
  public static PublicUrl of(String text) {
    int authority = text.indexOf("://") + 3;
    int slash = authority < 3 ? -1 : text.indexOf('/', authority);
    WebOrigin origin = WebOrigin.of(slash < 0 ? text : text.substring(0, slash));
    if (origin == null) {
      throw new IllegalArgumentException(
          "PUBLIC_URL must be such as https://watch.example.com, not '" + text + "'");
    }
    return new PublicUrl(origin, slash < 0 ? BasePath.ROOT : BasePath.of(text.substring(slash)));
  }
}
