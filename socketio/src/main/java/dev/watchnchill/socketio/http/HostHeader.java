package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** Checks the {@code Host} header of a request (RFC 9112, section 3.2). */
public final class HostHeader {
  private HostHeader() {}

  /**
   * Returns whether there is exactly one header that names a host. A request of HTTP/1.0 may have
   * none. Two headers could be read differently by a proxy and by this server.
   */
  public static boolean isValid(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.isEmpty()) {
      return request.protocolVersion().compareTo(HttpVersion.HTTP_1_0) <= 0;
    }
    return hosts.size() == 1 && isAuthority(hosts.getFirst());
  }

  private static boolean isAuthority(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c == 0x7F || "/\\?#@,<>\"".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
