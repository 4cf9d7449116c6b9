package dev.watchnchill.server.app;

import dev.watchnchill.server.http.BasePath;
import dev.watchnchill.server.http.ForwardingHeader;
import dev.watchnchill.server.http.PublicUrl;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the proxy in front of the server.
 *
 * @param header the header by which trusted proxies name a client (TR13)
 * @param publicUrl address at which browsers reach the server, or null when not known (TR14)
 * @param basePath the path below which it is reached (TR16)
 */
record ProxySettings(ForwardingHeader header, @Nullable PublicUrl publicUrl, BasePath basePath) {
  /**
   * Reads the settings; an empty text sets nothing.
   *
   * @throws IllegalArgumentException with a message for the operator when a value is invalid
   */
  static ProxySettings of(String header, String publicUrl, String basePath) {
    PublicUrl url = publicUrl.isEmpty() ? null : PublicUrl.of(publicUrl);
    BasePath otherwise = url == null ? BasePath.ROOT : url.path();
    return new ProxySettings(
        header.isEmpty() ? ForwardingHeader.EITHER : ForwardingHeader.of(header),
        url,
        basePath.isEmpty() ? otherwise : BasePath.of(basePath));
  }
}
