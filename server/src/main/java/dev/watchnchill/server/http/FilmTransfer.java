package dev.watchnchill.server.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a part of a film, one piece after the other, as fast as the client reads (rule LB9). The
 * kernel copies the bytes from the file to the socket; none of them is in this process's memory.
 * Runs on the connection's event loop.
 */
final class FilmTransfer {
  /** Between two pieces the link and the file are checked again. */
  private static final long PIECE_BYTES = 4L << 20;

  private static final long LOOK_MINUTES = 1;

  /** A paused player reads nothing; after so many looks without a byte it has to ask again. */
  private static final int RESTING_LOOKS_MAX = 30;

  private final ChannelHandlerContext ctx;
  private final FilmRoute.Film film;
  private final long end;
  private final ChannelFutureListener onClose = _ -> release();
  private long position;
  private @Nullable Piece piece;
  private @Nullable ScheduledFuture<?> look;
  private long progress;
  private int restingLooks;

  FilmTransfer(ChannelHandlerContext ctx, FilmRoute.Film film, ByteRange part) {
    this.ctx = ctx;
    this.film = film;
    this.position = part.start();
    this.end = part.end() + 1;
  }

  /** A part of an open file, which stays open when the part is sent. */
  private static final class Piece extends DefaultFileRegion {
    Piece(FileChannel file, long position, long count) {
      super(file, position, count);
    }

    @Override
    protected void deallocate() {
      // The transfer closes the file.
    }
  }

  void begin(HttpResponse head) {
    ctx.channel().closeFuture().addListener(onClose);
    look =
        ctx.executor()
            .scheduleAtFixedRate(this::look, LOOK_MINUTES, LOOK_MINUTES, TimeUnit.MINUTES);
    var _ = ctx.write(head);
    next();
  }

  private void next() {
    if (position == end) {
      release();
      var _ = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      return;
    }
    long count = Math.min(PIECE_BYTES, end - position);
    var sent = new Piece(film.channel(), position, count);
    piece = sent;
    var _ =
        ctx.writeAndFlush(sent)
            .addListener(
                (ChannelFutureListener)
                    done -> {
                      film.sent(sent.transferred());
                      if (done.isSuccess()) {
                        position += count;
                        check();
                      } else {
                        abort(); // the file is shorter than it was, or the client is gone
                      }
                    });
  }

  private void check() {
    if (position == end) {
      next();
      return;
    }
    var _ =
        film.stillValid()
            .whenComplete((valid, _) ->
                ctx.executor()
                    .execute(() -> {
                      if (Boolean.TRUE.equals(valid) && ctx.channel().isActive()) {
                        next();
                      } else {
                        abort();
                      }
                    }));
  }

  private void look() {
    Piece now = piece;
    long sent = position + (now == null ? 0 : now.transferred());
    restingLooks = sent == progress ? restingLooks + 1 : 0;
    progress = sent;
    if (restingLooks > RESTING_LOOKS_MAX) {
      abort();
    }
  }

  /** Closes the connection: the length of the answer has been sent already. */
  private void abort() {
    release();
    var _ = ctx.close();
  }

  private void release() {
    ctx.channel().closeFuture().removeListener(onClose);
    if (look != null) {
      look.cancel(false);
    }
    film.close();
  }
}
