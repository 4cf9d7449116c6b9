package dev.watchnchill.socketio.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The path and the query of a request line. */
public final class RequestTarget {
  private static final int PARAMETERS_MAX = 64;

  private RequestTarget() {}

  /** Returns the raw path, also of an absolute URI. */
  public static String path(String uri) {
    String target = relative(uri);
    int end = target.length();
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?' || c == '#') {
        end = i;
        break;
      }
    }
    return target.substring(0, end);
  }

  /**
   * Returns the query parameters, of a repeated one the last value; null when they cannot be
   * decoded.
   */
  public static @Nullable Map<String, String> query(String uri) {
    try {
      Map<String, List<String>> all =
          QueryStringDecoder.builder().maxParams(PARAMETERS_MAX).build(relative(uri)).parameters();
      Map<String, String> last = HashMap.newHashMap(all.size());
      all.forEach((name, values) -> last.put(StringPool.of(name), StringPool.of(values.getLast())));
      return Map.copyOf(last);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String relative(String uri) {
    if (!uri.startsWith("http://") && !uri.startsWith("https://")) {
      return uri;
    }
    int slash = uri.indexOf('/', uri.indexOf("://") + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }
}
