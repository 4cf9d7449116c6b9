package dev.watchnchill.server.http;

import dev.watchnchill.socketio.HttpResponses;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the web client: pages, hashed assets, ranges of media, compressed where the browser takes
 * it (rule TR7).
 */
final class AssetResponses {
  private static final Pattern PAGE = Pattern.compile("/|/create/?|/join/?|/room/[^/]{1,64}/?");

  /**
   * Scripts from here and YouTube's player alone; media from anywhere, since that is what people
   * bring.
   */
  private static final String CONTENT_SECURITY_POLICY =
      String.join(
          "; ",
          List.of(
              "default-src 'self'",
              "script-src 'self' https://www.youtube.com",
              "style-src 'self' 'unsafe-inline'",
              "img-src 'self' data: blob: https://i.ytimg.com",
              "media-src http: https: blob:",
              "connect-src 'self' ws: wss: http: https:",
              "frame-src https://www.youtube.com https://www.youtube-nocookie.com",
              "font-src 'self'",
              "worker-src 'self' blob:",
              "object-src 'none'",
              "base-uri 'none'",
              "frame-ancestors 'self'",
              "form-action 'self'"));

  private final Assets assets;

  AssetResponses(Assets assets) {
    this.assets = assets;
  }

  FullHttpResponse respond(String path, FullHttpRequest request) {
    Assets.Asset asset = assets.at(path);
    if (asset != null && !path.equals("/index.html")) {
      return file(asset, request, HttpResponseStatus.OK);
    }
    // An unknown path gets the document too, which then shows that there is nothing here.
    boolean known = PAGE.matcher(path).matches();
    boolean wantsPage = request.headers().get(HttpHeaderNames.ACCEPT, "*/*").contains("text/html");
    if (!known && !wantsPage) {
      return HttpResponses.text(HttpResponseStatus.NOT_FOUND, "not found");
    }
    FullHttpResponse response =
        file(
            assets.document(),
            request,
            known ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND);
    response.headers().set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    // YouTube's player refuses to play (error 153) when it is not told where it is embedded.
    response.headers().set("Referrer-Policy", "strict-origin-when-cross-origin");
    return response;
  }

  private static FullHttpResponse file(
      Assets.Asset asset, FullHttpRequest request, HttpResponseStatus status) {
    HttpHeaders asked = request.headers();
    if (status.equals(HttpResponseStatus.OK)
        && asset.etag().equals(asked.get(HttpHeaderNames.IF_NONE_MATCH))) {
      FullHttpResponse unchanged = HttpResponses.empty(HttpResponseStatus.NOT_MODIFIED);
      unchanged.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
      return described(unchanged, asset, null);
    }
    if (asset.gzip() == null && asset.brotli() == null) {
      // A player that has a part of other bytes needs all of these (RFC 9110, section 13.1.5).
      String ifRange = asked.get(HttpHeaderNames.IF_RANGE, asset.etag());
      String range = ifRange.equals(asset.etag()) ? asked.get(HttpHeaderNames.RANGE) : null;
      return ranged(asset, range, status);
    }
    String accepted = asked.get(HttpHeaderNames.ACCEPT_ENCODING, "");
    if (asset.brotli() != null && accepts(accepted, "br")) {
      return described(whole(asset, asset.brotli(), status), asset, "br");
    }
    if (asset.gzip() != null && accepts(accepted, "gzip")) {
      return described(whole(asset, asset.gzip(), status), asset, "gzip");
    }
    return described(whole(asset, asset.bytes(), status), asset, null);
  }

  /** Whether that coding is named, and not with a weight of 0 (RFC 9110, section 12.5.3). */
  private static boolean accepts(String acceptEncoding, String coding) {
    for (String part : acceptEncoding.split(",", -1)) {
      String[] words = part.strip().split("\\s*;\\s*", 2);
      if (words[0].equalsIgnoreCase(coding)) {
        return words.length == 1 || !words[1].matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static FullHttpResponse ranged(
      Assets.Asset asset, @Nullable String range, HttpResponseStatus status) {
    int size = asset.bytes().readableBytes();
    FullHttpResponse response =
        switch (ByteRange.of(range, size)) {
          case ByteRange.Outcome.Whole _ -> whole(asset, asset.bytes(), status);
          case ByteRange.Outcome.Part(ByteRange part) -> {
            FullHttpResponse partial =
                whole(
                    asset,
                    asset.bytes().slice(part.start(), part.length()),
                    HttpResponseStatus.PARTIAL_CONTENT);
            partial
                .headers()
                .set(
                    HttpHeaderNames.CONTENT_RANGE,
                    "bytes " + part.start() + "-" + part.end() + "/" + size);
            yield partial;
          }
          case ByteRange.Outcome.Unsatisfiable _ -> {
            FullHttpResponse none =
                HttpResponses.empty(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            none.headers().set(HttpHeaderNames.CONTENT_RANGE, "bytes */" + size);
            yield none;
          }
        };
    response.headers().set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
    return described(response, asset, null);
  }

  private static FullHttpResponse whole(
      Assets.Asset asset, ByteBuf bytes, HttpResponseStatus status) {
    return HttpResponses.of(status, asset.type(), bytes.duplicate());
  }

  private static FullHttpResponse described(
      FullHttpResponse response, Assets.Asset asset, @Nullable String encoding) {
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.ETAG, asset.etag());
    headers.set(
        HttpHeaderNames.CACHE_CONTROL,
        asset.immutable() ? "public, max-age=31536000, immutable" : "no-cache");
    headers.set("X-Content-Type-Options", "nosniff");
    if (asset.gzip() != null || asset.brotli() != null) {
      headers.set(HttpHeaderNames.VARY, "Accept-Encoding");
    }
    if (encoding != null) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, encoding);
    }
    return response;
  }
}
