package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The websocket transport of a session; the last handler of its connection. Confined to the
 * session's event loop.
 *
 * <p>It is either the session's transport or, during an upgrade, a candidate that has not yet
 * proved that it reaches the client.
 */
final class WebSocketTransport extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(WebSocketTransport.class);
  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int INVALID_PAYLOAD = 1007;
  private static final int POLICY = 1008;
  private static final int TOO_BIG = 1009;

  private enum State {
    CANDIDATE,
    PROBED,
    OPEN,
    CLOSED
  }

  private final EngineServer server;
  private final EngineSession session;
  private final Channel channel;
  private State state;
  private @Nullable ByteBuf fragments;
  private boolean fragmentsAreText;
  private @Nullable DirectSocketWriter directWriter;

  /**
   * The only frame of the next flush, which may be written directly. Null when there is none, or
   * when frames wait in the channel.
   */
  private @Nullable EncodedFrame pendingFrame;

  WebSocketTransport(
      EngineServer server, EngineSession session, Channel channel, boolean candidate) {
    this.server = server;
    this.session = session;
    this.channel = channel;
    this.state = candidate ? State.CANDIDATE : State.OPEN;
  }

  /** Counts the connection. {@link #handlerRemoved} always follows. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    server.metrics().websockets.incrementAndGet();
  }

  /** Sends a frame at the next flush. Takes no reference from the caller. */
  void send(EncodedFrame frame) {
    if (pendingFrame == null && directWriter != null && directWriter.isIdle()) {
      frame.retain();
      pendingFrame = frame;
    } else {
      write(frame.websocketBytes());
    }
  }

  /** Writes finished websocket frames at the next flush. Takes over the reference. */
  void write(ByteBuf frames) {
    EncodedFrame first = pendingFrame;
    if (first != null) {
      pendingFrame = null;
      ChannelOps.write(channel, first.websocketBytes());
      first.release();
    }
    ChannelOps.write(channel, frames);
  }

  /** Flushes the output to the network. */
  void flush() {
    EncodedFrame only = pendingFrame;
    if (only != null && directWriter != null) {
      pendingFrame = null;
      directWriter.send(only);
    } else {
      channel.flush();
    }
  }

  /** Enables direct writes, because the pipeline is complete after the handshake. */
  void handshakeComplete() {
    directWriter = DirectSocketWriter.of(channel);
  }

  /** Returns the size of the output that waits for the network, in bytes. */
  int outboxBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    int waiting = pendingFrame == null ? 0 : pendingFrame.size();
    return buffer == null
        ? waiting
        : (int) Math.min(waiting + buffer.totalPendingWriteBytes(), 1 << 30);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (state != State.CLOSED
          && msg instanceof WebSocketFrame frame
          && session.inbound().tryReceive(1, frame.content().readableBytes())) {
        onFrame(frame);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void onFrame(WebSocketFrame frame) {
    switch (frame) {
      case TextWebSocketFrame text -> onData(text, true);
      case BinaryWebSocketFrame binary -> onData(binary, false);
      case ContinuationWebSocketFrame more -> onContinuation(more);
      case PingWebSocketFrame ping -> {
        if (outboxBytes() < server.config().outboxBytesMax() / 4) {
          write(EncodedFrame.pongFrame(ping.content()));
          flush();
        }
      }
      case CloseWebSocketFrame close -> onClosed(NORMAL);
      case PongWebSocketFrame pong -> log.trace("websocket pong");
      default -> closeForViolation(PROTOCOL_ERROR);
    }
  }

  private void onData(WebSocketFrame frame, boolean text) {
    if (fragments != null) {
      closeForViolation(PROTOCOL_ERROR);
    } else if (!text && state == State.OPEN && !session.inbound().acceptsBinary()) {
      session.close(CloseReason.PARSE_ERROR);
    } else if (frame.isFinalFragment()) {
      onMessage(frame.content(), text);
    } else {
      ByteBuf buffer = Unpooled.buffer(Math.max(64, frame.content().readableBytes()));
      buffer.writeBytes(frame.content());
      fragments = buffer;
      fragmentsAreText = text;
      session.inbound().addBuffered(buffer.readableBytes());
    }
  }

  private void onContinuation(WebSocketFrame frame) {
    ByteBuf buffer = fragments;
    if (buffer == null) {
      closeForViolation(PROTOCOL_ERROR);
    } else if (buffer.readableBytes() + frame.content().readableBytes()
        > server.config().maxPayloadBytes()) {
      closeForViolation(TOO_BIG);
    } else {
      session.inbound().addBuffered(frame.content().readableBytes());
      buffer.writeBytes(frame.content());
      if (frame.isFinalFragment()) {
        fragments = null;
        session.inbound().addBuffered(-buffer.readableBytes());
        onMessage(buffer, fragmentsAreText);
      }
    }
  }

  private void onMessage(ByteBuf content, boolean text) {
    if (state == State.OPEN) {
      if (!text) {
        session.onBinaryPacket(ByteBufUtil.getBytes(content));
      } else if (!ByteBufUtil.isText(content, StandardCharsets.UTF_8)) {
        closeForViolation(INVALID_PAYLOAD);
      } else if (!session.onTextPacket(content.toString(StandardCharsets.UTF_8))) {
        session.close(CloseReason.PARSE_ERROR);
      }
    } else {
      onCandidateMessage(text ? content.toString(StandardCharsets.UTF_8) : "");
    }
  }

  private void onCandidateMessage(String packet) {
    if (state == State.CANDIDATE && packet.equals("2probe")) {
      state = State.PROBED;
      session.onProbe(this);
    } else if (state == State.PROBED && packet.equals("5")) {
      state = State.OPEN;
      session.loopContext().pendingUpgrades.remove(this);
      session.completeUpgrade(this);
    } else {
      log.debug("upgrade given up: unexpected packet");
      abandonUpgrade(PROTOCOL_ERROR);
    }
  }

  /** Abandons an upgrade that was not completed in time. */
  void upgradeTimedOut() {
    if (state == State.CANDIDATE || state == State.PROBED) {
      log.debug("upgrade given up: not completed in time");
      abandonUpgrade(NORMAL);
    }
  }

  /** Closes the websocket, because the client broke the websocket protocol or exceeded a limit. */
  private void closeForViolation(int status) {
    log.debug("websocket closed for a fault of the client, status {}", status);
    if (state == State.OPEN) {
      closeChannel(status);
      session.close(CloseReason.TRANSPORT_ERROR);
    } else {
      abandonUpgrade(status);
    }
  }

  /** Closes an upgrade candidate; the session stays on polling. */
  void abandonUpgrade(int status) {
    session.loopContext().pendingUpgrades.remove(this);
    closeChannel(status);
    session.upgradeFailed(this);
  }

  private void onClosed(int status) {
    if (state == State.OPEN) {
      closeChannel(status);
      session.close(CloseReason.TRANSPORT_CLOSE);
    } else {
      abandonUpgrade(status);
    }
  }

  /** Closes the websocket, because the session has ended. */
  void close(CloseReason reason) {
    session.loopContext().pendingUpgrades.remove(this);
    if (reason == CloseReason.SLOW_CONSUMER
        || reason == CloseReason.PING_TIMEOUT
        || reason == CloseReason.MEMORY_SHORT) {
      state = State.CLOSED;
      stopInput();
      ChannelOps.close(channel);
    } else if (reason == CloseReason.OVER_BUDGET) {
      stopInput();
      write(EncodedFrame.closeFrame(POLICY));
      flush();
      state = State.CLOSED;
      ChannelOps.close(channel);
    } else {
      closeChannel(reason == CloseReason.SERVER_SHUTTING_DOWN ? GOING_AWAY : NORMAL);
    }
  }

  /**
   * Discards what waits in the decoder, and reads no more. {@link LingeringClose} reads again, and
   * discards, when the last output has been sent.
   */
  private void stopInput() {
    channel.config().setAutoRead(false);
    FairFrameDecoder decoder = channel.pipeline().get(FairFrameDecoder.class);
    if (decoder != null) {
      decoder.stop();
    }
  }

  /** Closes the connection without a close frame. */
  void closeNow() {
    ChannelOps.close(channel);
  }

  /** Ends the output without a close frame, after what waits has been sent. */
  void closeWithoutFrame() {
    end(Unpooled.EMPTY_BUFFER);
  }

  /**
   * Sends a close frame and ends the output, then discards input until the client closes too.
   * Closing at once could make the client's TCP stack discard unread data.
   */
  private void closeChannel(int status) {
    end(EncodedFrame.closeFrame(status));
  }

  private void end(ByteBuf finalFrame) {
    if (state == State.CLOSED) {
      finalFrame.release();
      return;
    }
    state = State.CLOSED;
    stopInput();
    EventLoopContext loopContext = session.loopContext();
    loopContext.lingering.add(channel, loopContext.nowNanos());
    EncodedFrame last = pendingFrame;
    if (last != null) {
      pendingFrame = null;
      ChannelOps.write(channel, last.websocketBytes());
      last.release();
    }
    var _ =
        channel
            .writeAndFlush(finalFrame)
            .addListener(done -> LingeringClose.begin(channel, loopContext));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.loopContext().lingering.remove(channel);
    releaseFragments();
    releasePendingFrame();
    State lastState = state;
    state = State.CLOSED;
    ended(lastState, CloseReason.TRANSPORT_CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException
        || cause.getCause() instanceof CorruptedWebSocketFrameException) {
      int status =
          cause instanceof CorruptedWebSocketFrameException frame
              ? frame.closeStatus().code()
              : PROTOCOL_ERROR;
      if (state != State.CLOSED) {
        closeForViolation(status);
      }
      return;
    }
    log.debug("websocket failed", cause);
    State lastState = state;
    state = State.CLOSED;
    ChannelOps.close(channel);
    ended(lastState, CloseReason.TRANSPORT_ERROR);
  }

  /**
   * Posts the end of the session. It is not closed at once, because a broadcast may be iterating
   * over sockets.
   */
  private void ended(State lastState, CloseReason reason) {
    if (lastState == State.OPEN) {
      session.loopContext().post(() -> session.close(reason));
    } else if (lastState != State.CLOSED) {
      session
          .loopContext()
          .post(() -> {
            session.loopContext().pendingUpgrades.remove(this);
            session.upgradeFailed(this);
          });
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    server.metrics().websockets.decrementAndGet();
    releaseFragments();
    releasePendingFrame();
  }

  private void releasePendingFrame() {
    EncodedFrame frame = pendingFrame;
    pendingFrame = null;
    if (frame != null) {
      frame.release();
    }
  }

  private void releaseFragments() {
    ByteBuf buffer = fragments;
    fragments = null;
    if (buffer != null) {
      session.inbound().addBuffered(-buffer.readableBytes());
      buffer.release();
    }
  }
}
