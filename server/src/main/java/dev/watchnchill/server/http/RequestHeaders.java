package dev.watchnchill.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Reads request headers that the server interprets, bounded in length (rule TR11). */
final class RequestHeaders {
  /** Longest value that is interpreted, in characters. */
  static final int VALUE_LENGTH_MAX = 1_024;

  private RequestHeaders() {}

  /** Returns the header's first value, or null when it is absent or longer than the bound. */
  static @Nullable String bounded(HttpHeaders headers, CharSequence name) {
    String value = headers.get(name);
    return value == null || value.length() > VALUE_LENGTH_MAX ? null : value;
  }
}
