package dev.watchnchill.socketio.engine;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import java.util.Iterator;
import java.util.Map;

/**
 * Copies of request headers for the life of a session: read-only, and one array instead of a table.
 */
final class CompactHeaders {
  private CompactHeaders() {}

  static HttpHeaders copyOf(HttpHeaders headers) {
    CharSequence[] pairs = new CharSequence[headers.size() * 2];
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
    for (int i = 0; i < pairs.length && entries.hasNext(); i += 2) {
      Map.Entry<CharSequence, CharSequence> entry = entries.next();
      pairs[i] = entry.getKey();
      pairs[i + 1] = entry.getValue().toString();
    }
    return new ReadOnlyHttpHeaders(false, pairs);
  }
}
