package dev.watchnchill.load.net;

import java.net.URI;

/** Where a server is. */
public record Target(String host, int port) {
  /**
   * The server of that address.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Target of(String url) {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() <= 0) {
      throw new IllegalArgumentException("not of the form http://HOST:PORT: " + url);
    }
    return new Target(uri.getHost(), uri.getPort());
  }
}
