package dev.watchnchill.server.http;

import java.util.Locale;

/** The header by which trusted proxies name the client (rule TR13). */
public enum ForwardingHeader {
  /** Either one; when a request has both, they have to agree. */
  EITHER,
  /** {@code X-Forwarded-For} alone. */
  X_FORWARDED_FOR,
  /** {@code Forwarded} (RFC 7239) alone. */
  FORWARDED;

  /**
   * Reads {@code either}, {@code x-forwarded-for} or {@code forwarded}, in any case.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static ForwardingHeader of(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "either" -> EITHER;
      case "x-forwarded-for" -> X_FORWARDED_FOR;
      case "forwarded" -> FORWARDED;
      default ->
          throw new IllegalArgumentException(
              "FORWARDING_HEADER must be either, x-forwarded-for or forwarded, not '" + text + "'");
    };
  }
}
