package dev.watchnchill.server.http;

import dev.watchnchill.socketio.http.HttpResponses;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the web client: pages, hashed assets, ranges of media, compressed where the browser takes
 * it (rule TR7).
 */
final class AssetResponses {
  private static final Pattern PAGE = Pattern.compile("/|/create/?|/join/?|/room/[^/]{1,64}/?");

  private final Assets assets;
  private final OwnOrigins origins;

  AssetResponses(Assets assets, OwnOrigins origins) {
    this.assets = assets;
    this.origins = origins;
  }

  /**
   * Returns the file or the page.
   *
   * @param path without the base path
   * @param peer address of the connection
   */
  FullHttpResponse respond(String path, FullHttpRequest request, InetSocketAddress peer) {
    Assets.Asset asset = assets.at(path);
    if (asset != null && !path.equals("/index.html")) {
      FullHttpResponse response = file(asset, request, HttpResponseStatus.OK);
      if (path.equals(PeertubeFrame.PATH)) {
        boolean secure = origins.isSecure(peer, request.headers());
        SecurityHeaders.peertube(response.headers(), PeertubeFrame.instance(request.uri(), secure));
      }
      return response;
    }
    // An unknown path gets the document too, which then shows its "not found" page.
    boolean known = PAGE.matcher(path).matches();
    String accept = RequestHeaders.bounded(request.headers(), HttpHeaderNames.ACCEPT);
    boolean wantsPage = accept != null && accept.contains("text/html");
    if (!known && !wantsPage) {
      return HttpResponses.text(HttpResponseStatus.NOT_FOUND, "not found");
    }
    FullHttpResponse response =
        file(
            assets.document(),
            request,
            known ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND);
    SecurityHeaders.document(response.headers(), origins.isSecure(peer, request.headers()));
    return response;
  }

  private static FullHttpResponse file(
      Assets.Asset asset, FullHttpRequest request, HttpResponseStatus status) {
    HttpHeaders asked = request.headers();
    String have = RequestHeaders.bounded(asked, HttpHeaderNames.IF_NONE_MATCH);
    if (status.equals(HttpResponseStatus.OK)
        && have != null
        && EntityTags.match(have, asset.etag())) {
      FullHttpResponse unchanged = HttpResponses.empty(HttpResponseStatus.NOT_MODIFIED);
      unchanged.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
      return described(unchanged, asset, null);
    }
    if (asset.gzip() == null && asset.brotli() == null) {
      // A player that has a part of other bytes needs all of these (RFC 9110, section 13.1.5).
      String ifRange = asked.get(HttpHeaderNames.IF_RANGE, asset.etag());
      String range =
          ifRange.equals(asset.etag())
              ? RequestHeaders.bounded(asked, HttpHeaderNames.RANGE)
              : null;
      return ranged(asset, range, status);
    }
    String header = RequestHeaders.bounded(asked, HttpHeaderNames.ACCEPT_ENCODING);
    String accepted = header == null ? "" : header;
    if (asset.brotli() != null && AcceptEncoding.accepts(accepted, "br")) {
      return described(whole(asset, asset.brotli(), status), asset, "br");
    }
    if (asset.gzip() != null && AcceptEncoding.accepts(accepted, "gzip")) {
      return described(whole(asset, asset.gzip(), status), asset, "gzip");
    }
    return described(whole(asset, asset.bytes(), status), asset, null);
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
                    asset.bytes().slice((int) part.start(), (int) part.length()),
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
    if (asset.gzip() != null || asset.brotli() != null) {
      headers.set(HttpHeaderNames.VARY, "Accept-Encoding");
    }
    if (encoding != null) {
      headers.set(HttpHeaderNames.CONTENT_ENCODING, encoding);
    }
    return response;
  }
}
