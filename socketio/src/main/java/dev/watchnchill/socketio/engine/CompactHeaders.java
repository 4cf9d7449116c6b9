package dev.watchnchill.socketio.engine;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Copies of request headers for the life of a session: read-only, one array instead of a table, and
 * texts shared with other sessions. Headers that concern the connection alone are left out.
 */
final class CompactHeaders {
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

  static HttpHeaders copyOf(HttpHeaders headers) {
    var pairs = new ArrayList<CharSequence>(headers.size() * 2);
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
    while (entries.hasNext()) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      CharSequence name = entry.getKey();
      if (OF_THE_CONNECTION.stream()
          .noneMatch(left -> AsciiString.contentEqualsIgnoreCase(left, name))) {
        pairs.add(Interned.of(name));
        pairs.add(Interned.of(entry.getValue()));
      }
    }
    return new ReadOnlyHttpHeaders(false, pairs.toArray(CharSequence[]::new));
  }
}
