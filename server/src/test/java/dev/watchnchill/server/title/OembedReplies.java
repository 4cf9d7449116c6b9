package dev.watchnchill.server.title;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers of oEmbed endpoints, as the providers document and give them. */
public final class OembedReplies {
  private OembedReplies() {}

  /** YouTube's description of a video. */
  public static ObjectNode youtube(String id, String title) {
    return video("YouTube", "https://www.youtube.com/", title)
        .put("author_name", "Blender")
        .put("author_url", "https://www.youtube.com/@BlenderOfficial")
        .put("height", 113)
        .put("width", 200)
        .put("thumbnail_height", 360)
        .put("thumbnail_width", 480)
        .put("thumbnail_url", "https://i.ytimg.com/vi/" + id + "/hqdefault.jpg")
        .put(
            "html",
            "<iframe width=\"200\" src=\"https://www.youtube.com/embed/" + id + "\"></iframe>");
  }

  /** Vimeo's description of a video; the only one with a duration. */
  static ObjectNode vimeo(String id, String title, int seconds) {
    return video("Vimeo", "https://vimeo.com/", title)
        .put("author_name", "Vimeo Staff")
        .put("is_plus", "0")
        .put("width", 480)
        .put("height", 270)
        .put("duration", seconds)
        .put("description", "A short film.\nIn two lines.")
        .put("thumbnail_url", "https://i.vimeocdn.com/video/452001751-8216e0571c251a09-d_295x166")
        .put("thumbnail_width", 295)
        .put("upload_date", "2013-10-15 14:08:29")
        .put("video_id", Long.parseLong(id))
        .put("uri", "/videos/" + id);
  }

  /** Dailymotion's description of a video. */
  static ObjectNode dailymotion(String title) {
    return video("Dailymotion", "https://www.dailymotion.com", title)
        .put("description", "")
        .put("author_name", "Uffie")
        .put("width", 480)
        .put("height", 270)
        .put("thumbnail_url", "https://s2.dmcdn.net/v/63aD1au2tjDf9rTG/x240")
        .put("thumbnail_width", 320);
  }

  private static ObjectNode video(String provider, String url, String title) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("type", "video")
        .put("version", "1.0")
        .put("provider_name", provider)
        .put("provider_url", url)
        .put("title", title);
  }

  /** A description with status 200. */
  public static OembedStandIn.Reply json(ObjectNode description) {
    return body("application/json; charset=utf-8", description.toString());
  }

  /** Any body with status 200. */
  static OembedStandIn.Reply body(String type, String text) {
    return exchange -> send(exchange, 200, type, text);
  }

  /** An error, whose body is a text as of YouTube. */
  static OembedStandIn.Reply status(int status, String text) {
    return exchange -> send(exchange, status, "text/html; charset=UTF-8", text);
  }

  /** A redirect. */
  static OembedStandIn.Reply redirect(int status, String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      send(exchange, status, "text/html", "Moved");
    };
  }

  /** An answer to too many requests. */
  static OembedStandIn.Reply tooManyRequests(String retryAfter) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      send(exchange, 429, "text/html", "Too Many Requests");
    };
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      begin(exchange, status, type, -1).close();
      return;
    }
    try (OutputStream body = begin(exchange, status, type, bytes.length)) {
      body.write(bytes);
    }
  }

  /**
   * Sends a head and returns the stream of the body.
   *
   * @param length of the body; 0 for chunks without an end, -1 for none
   */
  static OutputStream begin(HttpExchange exchange, int status, String type, long length)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, length);
    return exchange.getResponseBody();
  }
}
