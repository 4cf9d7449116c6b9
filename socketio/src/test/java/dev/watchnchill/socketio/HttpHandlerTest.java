package dev.watchnchill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchnchill.socketio.http.HttpResponses;
import dev.watchnchill.socketio.support.EngineIoRequests;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests outside of the Socket.IO path. */
class HttpHandlerTest extends HttpScenario {
  @Test
  void HTTP3_handler_gets_requests_outside_of_the_path() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              String body = request.content().toString(StandardCharsets.UTF_8);
              String answer = request.method() + " " + request.uri() + " " + body;
              request.release();
              HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.OK, answer));
            }),
        (server, http) -> {
          assertThat(http.post("/x?y=1", "hello").body()).isEqualTo("POST /x?y=1 hello");
          assertThat(http.get(EngineIoRequests.POLLING).body()).startsWith("0{");
          assertThat(http.post("/x", "x".repeat(70_000)).status()).isEqualTo(413);
        });
  }

  @Test
  void HTTP3_handler_may_stream_chunks_and_files(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("film"), "f".repeat(300_000));
    with(
        config -> config.httpHandler((ctx, request) -> stream(ctx, request, file)),
        (server, http) -> {
          assertThat(http.get("/chunks").body()).isEqualTo("one two");
          assertThat(http.get("/file").body()).hasSize(300_000).matches("f+");
          assertThat(http.request("HEAD", "/file", "").header("content-length"))
              .isEqualTo("300000");
          assertThat(http.get("/chunks").body()).isEqualTo("one two");
        });
  }

  private static void stream(ChannelHandlerContext ctx, FullHttpRequest request, Path file) {
    boolean wantsFile = request.uri().equals("/file");
    boolean head = request.method().name().equals("HEAD");
    request.release();
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    if (wantsFile) {
      HttpUtil.setContentLength(response, file.toFile().length());
    } else {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    var _ = ctx.write(response);
    if (wantsFile && !head) {
      var _ = ctx.write(new DefaultFileRegion(file.toFile(), 0, file.toFile().length()));
    } else if (!wantsFile) {
      var _ =
          ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer("one ", StandardCharsets.UTF_8)));
      var _ =
          ctx.write(new DefaultHttpContent(Unpooled.copiedBuffer("two", StandardCharsets.UTF_8)));
    }
    var _ = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  @Test
  void HTTP3_failed_handler_is_500_and_the_connection_stays() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              request.release();
              throw new IllegalStateException("this handler fails on purpose");
            }),
        (server, http) -> {
          assertThat(http.get("/x").status()).isEqualTo(500);
          assertThat(http.get("/x").body()).isEqualTo("internal server error");
        });
  }

  @Test
  void HTTP3_response_without_length_ends_with_the_connection() throws IOException {
    with(
        config ->
            config.httpHandler((ctx, request) -> {
              request.release();
              var _ =
                  ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
              var _ = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
            }),
        (server, http) -> {
          assertThat(http.get("/x").header("connection")).isEqualTo("close");
          assertThat(http.readsEnd()).isTrue();
        });
  }
}
