package dev.watchnchill.server.http;

import dev.watchnchill.socketio.http.OriginCheck;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides which origins are the server's own although {@code Host} differs: that of {@code
 * PUBLIC_URL}, and the one that a trusted proxy names as requested by the browser (rule TR14).
 *
 * <p>A browser lets no page set these headers on a websocket, so that another site's page cannot
 * claim to be the server's own by them.
 */
public final class OwnOrigins implements OriginCheck {
  private static final int ITEMS_MAX = 8;

  private final Networks trusted;
  private final @Nullable PublicUrl publicUrl;
  private final RefusedOrigins refused = new RefusedOrigins();

  /**
   * @param trustedProxies networks in CIDR form, or single addresses
   * @param publicUrl address at which browsers reach the server, or null when not known
   * @throws IllegalArgumentException when a network is none
   */
  public OwnOrigins(List<String> trustedProxies, @Nullable PublicUrl publicUrl) {
    trusted = new Networks(trustedProxies);
    this.publicUrl = publicUrl;
  }

  @Override
  public boolean isOwn(String origin, InetSocketAddress remoteAddress, HttpHeaders headers) {
    WebOrigin page = WebOrigin.of(origin);
    if (page == null) {
      return false;
    }
    if (publicUrl != null && page.equals(publicUrl.origin())) {
      return true;
    }
    if (trusts(remoteAddress) && isForwarded(page, headers)) {
      return true;
    }
    refused.warn(page, headers.get(HttpHeaderNames.HOST));
    return false;
  }

  /**
   * Returns whether the request came over TLS: a trusted proxy names it, or the host is that of an
   * {@code https} address that the operator gave.
   */
  boolean isSecure(InetSocketAddress remoteAddress, HttpHeaders headers) {
    List<String> schemes = trusts(remoteAddress) ? schemes(headers) : List.of();
    if (!schemes.isEmpty()) {
      return schemes.getLast().equals("https"); // the first proxy saw what the browser used
    }
    String host = headers.get(HttpHeaderNames.HOST);
    WebOrigin asked = host == null ? null : WebOrigin.of("https", host);
    return publicUrl != null
        && publicUrl.origin().scheme().equals("https")
        && asked != null
        && asked.host().equals(publicUrl.origin().host());
  }

  private boolean trusts(InetSocketAddress remoteAddress) {
    InetAddress address = remoteAddress.getAddress();
    return address != null && trusted.contain(address);
  }

  private static boolean isForwarded(WebOrigin page, HttpHeaders headers) {
    List<String> schemes = schemes(headers);
    if (!schemes.isEmpty() && !schemes.contains(page.scheme())) {
      return false;
    }
    List<String> ports = items(headers, "X-Forwarded-Port");
    List<String> hosts = new ArrayList<>(items(headers, "X-Forwarded-Host"));
    hosts.addAll(forwarded(headers, "host"));
    String host = headers.get(HttpHeaderNames.HOST);
    if (host != null && !ports.isEmpty()) {
      hosts.add(host); // which lacks the port that the browser used
    }
    for (String name : hosts) {
      WebOrigin asked = WebOrigin.of(page.scheme(), name);
      if (asked == null) {
        continue;
      }
      if (asked.equals(page)) {
        return true;
      }
      for (String text : ports) {
        int port = WebOrigin.port(text);
        if (port > 0 && asked.hasDefaultPort() && asked.withPort(port).equals(page)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the schemes that proxies name, nearest proxy first. */
  private static List<String> schemes(HttpHeaders headers) {
    List<String> named = new ArrayList<>(items(headers, "X-Forwarded-Proto"));
    named.addAll(forwarded(headers, "proto"));
    return named.stream()
        .map(scheme -> scheme.toLowerCase(Locale.ROOT))
        .map(scheme -> scheme.equals("wss") ? "https" : scheme.equals("ws") ? "http" : scheme)
        .filter(scheme -> scheme.equals("http") || scheme.equals("https"))
        .toList();
  }

  private static List<String> forwarded(HttpHeaders headers, String parameter) {
    List<String> values = new ArrayList<>();
    for (String element : items(headers, "Forwarded")) {
      String value = ForwardedElement.parameter(element, parameter);
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private static List<String> items(HttpHeaders headers, String name) {
    var items = new ItemsFromRight(headers.getAll(name));
    List<String> found = new ArrayList<>();
    for (String item = items.next();
        item != null && found.size() < ITEMS_MAX;
        item = items.next()) {
      if (!item.isEmpty()) {
        found.add(item);
      }
    }
    return found;
  }
}
