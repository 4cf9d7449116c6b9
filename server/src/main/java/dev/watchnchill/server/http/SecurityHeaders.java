package dev.watchnchill.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Sets the response headers that restrict a page and the use of a response (TR17). */
final class SecurityHeaders {
  private static final String YOUTUBE =
      "(self \"https://www.youtube.com\" \"https://www.youtube-nocookie.com\")";

  /** Hosts of the posters in the queue (MD14). */
  private static final String POSTERS =
      "https://i.ytimg.com https://i.vimeocdn.com https://s1.dmcdn.net https://s2.dmcdn.net";

  /** Permissions that a player may use, YouTube's included; nothing else is allowed. */
  private static final String PERMISSIONS_POLICY =
      String.join(
          ", ",
          List.of(
              "autoplay=" + YOUTUBE,
              "encrypted-media=" + YOUTUBE,
              "fullscreen=" + YOUTUBE,
              "picture-in-picture=" + YOUTUBE,
              "clipboard-write=" + YOUTUBE,
              "web-share=" + YOUTUBE,
              "accelerometer=" + YOUTUBE,
              "gyroscope=" + YOUTUBE,
              "bluetooth=()",
              "camera=()",
              "display-capture=()",
              "geolocation=()",
              "hid=()",
              "magnetometer=()",
              "microphone=()",
              "midi=()",
              "payment=()",
              "publickey-credentials-get=()",
              "serial=()",
              "usb=()",
              "xr-spatial-tracking=()"));

  private static final String SECURE = contentSecurityPolicy("'self' https:");
  // On a page without TLS, films without TLS play as well.
  private static final String PLAIN = contentSecurityPolicy("'self' https: http:");

  private SecurityHeaders() {}

  /**
   * Scripts only from here and from YouTube's player; media from anywhere, since members set any
   * link. The page's own websocket is {@code 'self'}; HLS and DASH fetch their pieces.
   */
  private static String contentSecurityPolicy(String connect) {
    return String.join(
        "; ",
        List.of(
            "default-src 'self'",
            "script-src 'self' https://www.youtube.com",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob: " + POSTERS,
            "media-src http: https: blob:",
            "connect-src " + connect,
            "frame-src https://www.youtube.com https://www.youtube-nocookie.com",
            "font-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "form-action 'self'"));
  }

  /**
   * Adds the headers of a document.
   *
   * @param secure whether the browser asked over TLS
   */
  static void document(HttpHeaders headers, boolean secure) {
    headers.set("Content-Security-Policy", secure ? SECURE : PLAIN);
    headers.set("Permissions-Policy", PERMISSIONS_POLICY);
    // Not same-origin: a frame of YouTube could open no window then.
    headers.set("Cross-Origin-Opener-Policy", "same-origin-allow-popups");
    // YouTube's player refuses to play (error 153) without a referrer.
    headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  }

  /** Adds the headers of every response; one without a cache policy is cached nowhere. */
  static void every(HttpHeaders headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
  }
}
