package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.http.HttpHandler;
import dev.watchnchill.socketio.http.HttpResponses;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Answers requests outside of the Engine.IO path when the application has no handler. */
final class NotFoundHandler implements HttpHandler {
  @Override
  public int bodyBytesMax(HttpRequest head) {
    return 0;
  }

  @Override
  public void handle(ChannelHandlerContext ctx, FullHttpRequest request) {
    request.release();
    HttpResponses.send(ctx, HttpResponses.text(HttpResponseStatus.NOT_FOUND, "not found"));
  }
}
