package dev.watchnchill.server.http;

import dev.watchnchill.party.link.QueryParameters;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads which PeerTube instance the document that frames its player may show (rule TR17). */
final class PeertubeFrame {
  /** The path of that document, below the base path. */
  static final String PATH = "/peertube.html";

  // Stricter than browsers, because the host becomes a part of a header.
  private static final Pattern HOST = Pattern.compile("[a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}]");

  private PeertubeFrame() {}

  /**
   * Returns the origin of the instance; empty when the address names none.
   *
   * @param uri of the request
   * @param secure whether the browser asked over TLS, and so frames no page without it
   */
  static Optional<String> instance(String uri, boolean secure) {
    String path = HttpRoutes.pathOf(uri);
    String query = uri.length() > path.length() ? uri.substring(path.length() + 1) : null;
    String named = QueryParameters.first(query, "origin");
    WebOrigin origin = named == null ? null : WebOrigin.of(named);
    if (origin == null
        || !HOST.matcher(origin.host()).matches()
        || (secure && !origin.scheme().equals("https"))) {
      return Optional.empty();
    }
    return Optional.of(origin.toString());
  }
}
