package dev.watchnchill.load.net;

import java.net.URI;

/** The address of a server. */
public record ServerAddress(String host, int port) {
  /**
   * Parses a URL.
   *
   * @throws IllegalArgumentException when it is not of the form http://HOST:PORT
   */
  public static ServerAddress of(String url) {
    URI uri = URI.create(url);
    if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() <= 0) {
      throw new IllegalArgumentException("not of the form http://HOST:PORT: " + url);
    }
    return new ServerAddress(uri.getHost(), uri.getPort());
  }
}
