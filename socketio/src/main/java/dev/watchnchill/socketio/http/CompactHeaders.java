package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Copies request headers for the lifetime of a session: read-only, in one array, with strings
 * shared between sessions. Headers that concern only the connection are left out.
 */
public final class CompactHeaders {
  private static final List<CharSequence> OF_THE_CONNECTION =
      List.of(
          HttpHeaderNames.CONNECTION,
          HttpHeaderNames.UPGRADE,
          HttpHeaderNames.SEC_WEBSOCKET_KEY,
          HttpHeaderNames.SEC_WEBSOCKET_VERSION,
          HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS,
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.TRANSFER_ENCODING);

  private CompactHeaders() {}

  /** Returns a compact copy of the headers. */
  public static HttpHeaders copyOf(HttpHeaders headers) {
    var pairs = new ArrayList<CharSequence>(headers.size() * 2);
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
    while (entries.hasNext()) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      CharSequence name = entry.getKey();
      if (OF_THE_CONNECTION.stream()
          .noneMatch(left -> AsciiString.contentEqualsIgnoreCase(left, name))) {
        pairs.add(StringPool.of(name));
        pairs.add(StringPool.of(entry.getValue()));
      }
    }
    return new ReadOnlyHttpHeaders(false, pairs.toArray(CharSequence[]::new));
  }
}
