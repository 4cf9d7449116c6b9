package dev.watchnchill.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sets the response headers that restrict a page and the use of a response (TR17). */
final class SecurityHeaders {
  private static final List<String> YOUTUBE =
      List.of("https://www.youtube.com", "https://www.youtube-nocookie.com");
  private static final String VIMEO = "https://player.vimeo.com";
  private static final String TWITCH = "https://player.twitch.tv";
  private static final String DAILYMOTION = "https://geo.dailymotion.com";

  /** Origins of the frames that play videos of other sites, and nothing else. */
  private static final List<String> PLAYERS =
      Stream.concat(YOUTUBE.stream(), Stream.of(VIMEO, TWITCH, DAILYMOTION)).toList();

  private static final String PERMISSIONS_POLICY = permissionsPolicy(PLAYERS, YOUTUBE, "(self)");

  /** Where the posters of the server's descriptions of films are (rule MD14). */
  private static final List<String> POSTERS =
      List.of(
          "https://i.ytimg.com",
          "https://i.vimeocdn.com",
          "https://s1.dmcdn.net",
          "https://s2.dmcdn.net");

  private static final String SECURE = contentSecurityPolicy("'self' https:");
  // On a page without TLS, films without TLS play as well.
  private static final String PLAIN = contentSecurityPolicy("'self' https: http:");

  private SecurityHeaders() {}

  /**
   * Returns the permissions that players may use; nothing else is allowed.
   *
   * @param players origins that may play
   * @param sharing origins that may also share and read how a device is held
   * @param voice who may use the microphone and the camera (rule VO8)
   */
  private static String permissionsPolicy(
      List<String> players, List<String> sharing, String voice) {
    Stream<String> allowed =
        Stream.concat(
            Stream.of("autoplay", "encrypted-media", "fullscreen", "picture-in-picture")
                .map(permission -> permission + "=" + selfAnd(players)),
            Stream.of("clipboard-write", "web-share", "accelerometer", "gyroscope")
                .map(permission -> permission + "=" + selfAnd(sharing)));
    Stream<String> forbidden =
        Stream.of(
                "bluetooth",
                "display-capture",
                "geolocation",
                "hid",
                "magnetometer",
                "midi",
                "payment",
                "publickey-credentials-get",
                "serial",
                "usb",
                "xr-spatial-tracking")
            .map(permission -> permission + "=()");
    return Stream.of(allowed, Stream.of("camera=" + voice, "microphone=" + voice), forbidden)
        .flatMap(Function.identity())
        .collect(Collectors.joining(", "));
  }

  private static String selfAnd(List<String> origins) {
    return origins.stream()
        .map(origin -> " \"" + origin + "\"")
        .collect(Collectors.joining("", "(self", ")"));
  }

  /**
   * Scripts only from here and from the players of YouTube and Dailymotion, which need one; media
   * from anywhere, since members set any link. The page's own websocket is {@code 'self'}; HLS and
   * DASH fetch their pieces. {@code 'self'} frames the document of {@link #peertube}.
   */
  private static String contentSecurityPolicy(String connect) {
    return String.join(
        "; ",
        List.of(
            "default-src 'self'",
            "script-src 'self' https://www.youtube.com " + DAILYMOTION,
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob: " + String.join(" ", POSTERS),
            "media-src http: https: blob:",
            "connect-src " + connect,
            "frame-src 'self' " + String.join(" ", PLAYERS),
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

  /**
   * Adds the headers of the document that frames the player of one PeerTube instance. Instances
   * have any host, so that the policy of a page cannot name them; the policy of this document
   * allows the one that its address names.
   *
   * @param instance origin of the instance, or empty when the address names none
   */
  static void peertube(HttpHeaders headers, Optional<String> instance) {
    headers.set(
        "Content-Security-Policy",
        String.join(
            "; ",
            List.of(
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'unsafe-inline'",
                "frame-src " + instance.orElse("'none'"),
                "base-uri 'none'",
                "frame-ancestors 'self'",
                "form-action 'none'")));
    headers.set(
        "Permissions-Policy", permissionsPolicy(instance.stream().toList(), List.of(), "()"));
    headers.set("Referrer-Policy", "strict-origin-when-cross-origin");
  }

  /** Adds the headers of a film, which is no document and belongs to the pages of this server. */
  static void film(HttpHeaders headers) {
    headers.set("Content-Security-Policy", "default-src 'none'; sandbox");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
  }

  /** Adds the headers of every response; one without a cache policy is cached nowhere. */
  static void every(HttpHeaders headers) {
    headers.set("X-Content-Type-Options", "nosniff");
    if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
      headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
  }
}
