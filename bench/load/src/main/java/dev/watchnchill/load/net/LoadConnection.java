package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.LoopCounters;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A Socket.IO connection over WebSocket, in the default namespace. */
public final class LoadConnection extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
  private static final int HEAD_MAX = 16_384;
  private static final byte[] END_OF_HEADERS = JsonScanner.of("\r\n\r\n");

  private final LoopContext loopContext;
  private final LoopCounters counters;
  private final ConnectionListener listener;
  private final ServerAddress target;
  private final String connectPacket;
  private final CompletableFuture<LoadConnection> connected = new CompletableFuture<>();
  private final FrameReader reader = new FrameReader(this, HEAD_MAX);

  private @Nullable StringBuilder response = new StringBuilder();
  private volatile @Nullable Channel channel;
  private boolean leaving;

  LoadConnection(
      LoopContext loopContext,
      ServerAddress target,
      ConnectionListener listener,
      @Nullable String auth) {
    this.loopContext = loopContext;
    this.counters = loopContext.counters;
    this.target = target;
    this.listener = listener;
    this.connectPacket = auth == null ? "40" : "40" + auth;
  }

  CompletableFuture<LoadConnection> connected() {
    return connected;
  }

  /** Sends an event: the JSON array of its name and payload. */
  public void emit(CharSequence json) {
    send("42" + json);
  }

  /** Sends an event with an acknowledgement number. */
  public void ask(long number, CharSequence json) {
    send("42" + number + json);
  }

  /** Runs a task on the connection's event loop. */
  public void execute(Runnable task) {
    loopContext.loop.execute(task);
  }

  /** Returns whether it is open. */
  public boolean open() {
    Channel to = channel;
    return to != null && to.isActive();
  }

  /** Closes the connection without a WebSocket close frame. */
  public void close() {
    loopContext.loop.execute(() -> {
      leaving = true;
      shut();
    });
  }

  private void send(CharSequence packet) {
    if (loopContext.loop.inEventLoop()) {
      write(packet);
    } else {
      loopContext.loop.execute(() -> write(packet));
    }
  }

  private void write(CharSequence packet) {
    Channel to = channel;
    if (to == null || !to.isActive()) {
      counters.errors++;
      return;
    }
    counters.messagesOut++;
    flush(to, ClientFrames.text(to.alloc(), packet));
  }

  private void flush(Channel to, ByteBuf frame) {
    counters.bytesOut += frame.readableBytes();
    var _ = to.writeAndFlush(frame, to.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    channel = context.channel();
    String request =
        """
        GET /api/socket/io/?EIO=4&transport=websocket HTTP/1.1\r
        Host: %s:%d\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: d2F0Y2huY2hpbGwgbG9hZA==\r
        \r
        """
            .formatted(target.host(), target.port());
    flush(
        context.channel(),
        context.alloc().buffer().writeBytes(request.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      ByteBuf in = (ByteBuf) message;
      while (in.isReadable()) {
        int length = Math.min(in.readableBytes(), loopContext.scratch.length);
        in.readBytes(loopContext.scratch, 0, length);
        counters.bytesIn += length;
        read(loopContext.scratch, length);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(byte[] in, int length) {
    if (response == null) {
      reader.read(in, 0, length);
      return;
    }
    int behind = JsonScanner.after(END_OF_HEADERS, in, 0, length);
    if (behind < 0) {
      throw new FrameReader.BadFrame("an answer that does not end in one piece");
    }
    String status = new String(in, 0, Math.min(length, 32), StandardCharsets.US_ASCII);
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new FrameReader.BadFrame("no WebSocket but " + status.lines().findFirst().orElse(""));
    }
    response = null;
    reader.read(in, behind, length - behind);
  }

  @Override
  public void text(byte[] in, int offset, int length, long wholeLength) {
    if (length == 0) {
      return;
    }
    switch (in[offset]) {
      case '4' -> packet(in, offset + 1, offset + length);
      case '2' -> {
        sendUncounted("3");
        listener.heartbeat(counters);
      }
      case '0' -> sendUncounted(connectPacket);
      default -> {}
    }
  }

  private void sendUncounted(String packet) {
    Channel to = channel;
    if (to != null) {
      flush(to, ClientFrames.text(to.alloc(), packet));
    }
  }

  private void packet(byte[] in, int from, int to) {
    if (from == to) {
      return;
    }
    switch (in[from]) {
      case '0' -> connected.complete(this);
      case '1', '4' -> fail(new IOException("the server has rejected the connection"));
      case '2' -> event(in, arguments(in, from + 1, to), to);
      case '3' -> {
        counters.messagesIn++;
        counters.acks++;
        int arguments = arguments(in, from + 1, to);
        listener.ack(JsonScanner.number(in, from + 1, arguments), in, arguments, to, counters);
      }
      default -> {}
    }
  }

  private void event(byte[] in, int arguments, int to) {
    int name = arguments + 2;
    int end = name;
    while (end < to && in[end] != '"') {
      end++;
    }
    EventName event = EventName.of(in, name, end);
    counters.messagesIn++;
    counters.all++;
    if (event.base()) {
      counters.base++;
    }
    listener.event(event, in, Math.min(end + 1, to), to, counters);
  }

  private static int arguments(byte[] in, int from, int to) {
    int at = from;
    while (at < to && in[at] != '[') {
      at++;
    }
    return at;
  }

  @Override
  public void ping(byte[] payload) {
    Channel to = channel;
    if (to != null) {
      flush(to, ClientFrames.pong(to.alloc(), payload));
    }
  }

  @Override
  public void close(int code) {
    fail(new IOException("the server has closed with " + code));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    connected.completeExceptionally(new IOException("the connection has ended"));
    if (!leaving && !loopContext.ending) {
      counters.errors++;
      listener.lost();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    connected.completeExceptionally(cause);
    shut();
  }

  private void shut() {
    Channel to = channel;
    if (to != null) {
      var _ = to.close();
    }
  }
}
