package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.CloseReason;
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
 * The websocket side of a session, last handler of its connection. On the session's event loop.
 *
 * <p>It is either the session's transport or, during an upgrade, a candidate that has yet to prove
 * that it reaches the client.
 */
final class WsTransport extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(WsTransport.class);
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
  private @Nullable Shortcut shortcut;
  // What is to be sent while nothing else is.
  private @Nullable Frame alone;

  WsTransport(EngineServer server, EngineSession session, Channel channel, boolean candidate) {
    this.server = server;
    this.session = session;
    this.channel = channel;
    this.state = candidate ? State.CANDIDATE : State.OPEN;
  }

  /** Counts the connection; {@link #handlerRemoved} follows in every case. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    server.metrics().websockets.incrementAndGet();
  }

  /** Sends a frame at the next flush; takes no reference from the caller. */
  void send(Frame frame) {
    if (alone == null && shortcut != null && shortcut.free()) {
      frame.retain();
      alone = frame;
    } else {
      write(frame.websocketBytes());
    }
  }

  /** Writes bytes that are finished frames, at the next flush; takes over their reference. */
  void write(ByteBuf frames) {
    Frame first = alone;
    if (first != null) {
      alone = null;
      Net.write(channel, first.websocketBytes());
      first.release();
    }
    Net.write(channel, frames);
  }

  void flush() {
    Frame only = alone;
    if (only != null && shortcut != null) {
      alone = null;
      shortcut.send(only);
    } else {
      channel.flush();
    }
  }

  /** The handshake is done: the pipeline stays as it is now. */
  void settled() {
    shortcut = Shortcut.of(channel);
  }

  /** What waits to be taken by the network, in bytes. */
  int outboxBytes() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    int waiting = alone == null ? 0 : alone.size();
    return buffer == null
        ? waiting
        : (int) Math.min(waiting + buffer.totalPendingWriteBytes(), 1 << 30);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (state != State.CLOSED
          && msg instanceof WebSocketFrame frame
          && session.inbound().mayReceive(1, frame.content().readableBytes())) {
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
          write(Frame.pongFrame(ping.content()));
          flush();
        }
      }
      case CloseWebSocketFrame close -> onClosed(NORMAL);
      case PongWebSocketFrame pong -> log.trace("websocket pong");
      default -> fault(PROTOCOL_ERROR);
    }
  }

  private void onData(WebSocketFrame frame, boolean text) {
    if (fragments != null) {
      fault(PROTOCOL_ERROR);
    } else if (!text && state == State.OPEN && !session.inbound().takesBinary()) {
      session.parseError();
    } else if (frame.isFinalFragment()) {
      onMessage(frame.content(), text);
    } else {
      ByteBuf buffer = Unpooled.buffer(Math.max(64, frame.content().readableBytes()));
      buffer.writeBytes(frame.content());
      fragments = buffer;
      fragmentsAreText = text;
      session.inbound().holds(buffer.readableBytes());
    }
  }

  private void onContinuation(WebSocketFrame frame) {
    ByteBuf buffer = fragments;
    if (buffer == null) {
      fault(PROTOCOL_ERROR);
    } else if (buffer.readableBytes() + frame.content().readableBytes()
        > server.config().maxPayloadBytes()) {
      fault(TOO_BIG);
    } else {
      session.inbound().holds(frame.content().readableBytes());
      buffer.writeBytes(frame.content());
      if (frame.isFinalFragment()) {
        fragments = null;
        session.inbound().holds(-buffer.readableBytes());
        onMessage(buffer, fragmentsAreText);
      }
    }
  }

  private void onMessage(ByteBuf content, boolean text) {
    if (state == State.OPEN) {
      if (!text) {
        session.onBinaryPacket(ByteBufUtil.getBytes(content));
      } else if (!ByteBufUtil.isText(content, StandardCharsets.UTF_8)) {
        fault(INVALID_PAYLOAD);
      } else if (!session.onTextPacket(content.toString(StandardCharsets.UTF_8))) {
        session.parseError();
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
      session.lane().upgrades.remove(this);
      session.completeUpgrade(this);
    } else {
      log.debug("upgrade given up: unexpected packet");
      abandon(PROTOCOL_ERROR);
    }
  }

  void upgradeTimedOut() {
    if (state == State.CANDIDATE || state == State.PROBED) {
      log.debug("upgrade given up: not completed in time");
      abandon(NORMAL);
    }
  }

  /** The client broke the websocket protocol, or a limit. */
  private void fault(int status) {
    log.debug("websocket closed for a fault of the client, status {}", status);
    if (state == State.OPEN) {
      closeChannel(status);
      session.close(CloseReason.TRANSPORT_ERROR);
    } else {
      abandon(status);
    }
  }

  /** Ends a candidate; the session stays where it is. */
  void abandon(int status) {
    session.lane().upgrades.remove(this);
    closeChannel(status);
    session.upgradeFailed(this);
  }

  private void onClosed(int status) {
    if (state == State.OPEN) {
      closeChannel(status);
      session.close(CloseReason.TRANSPORT_CLOSE);
    } else {
      abandon(status);
    }
  }

  /** The session has ended. */
  void close(CloseReason reason) {
    session.lane().upgrades.remove(this);
    if (reason == CloseReason.SLOW_CONSUMER
        || reason == CloseReason.PING_TIMEOUT
        || reason == CloseReason.MEMORY_SHORT) {
      state = State.CLOSED;
      FrameDecoder decoder = channel.pipeline().get(FrameDecoder.class);
      if (decoder != null) {
        decoder.closing();
      }
      Net.close(channel);
    } else if (reason == CloseReason.OVER_BUDGET) {
      // A client that floods is not read from any more, not even to throw it away.
      channel.config().setAutoRead(false);
      write(Frame.closeFrame(POLICY));
      flush();
      state = State.CLOSED;
      Net.close(channel);
    } else {
      closeChannel(reason == CloseReason.SERVER_SHUTTING_DOWN ? GOING_AWAY : NORMAL);
    }
  }

  /** Closes the connection without a goodbye. */
  void drop() {
    Net.close(channel);
  }

  /** The session has ended, and nobody says so: ends the output when what waits is sent. */
  void hangUp() {
    end(Unpooled.EMPTY_BUFFER);
  }

  /**
   * Sends a close frame and ends the output, then throws input away until the client closes too.
   * Closing at once could make the client's TCP stack discard what it has not read yet.
   */
  private void closeChannel(int status) {
    end(Frame.closeFrame(status));
  }

  private void end(ByteBuf lastWords) {
    if (state == State.CLOSED) {
      lastWords.release();
      return;
    }
    state = State.CLOSED;
    Lane lane = session.lane();
    lane.closing.add(channel, lane.nowNanos());
    Frame last = alone;
    if (last != null) {
      alone = null;
      Net.write(channel, last.websocketBytes());
      last.release();
    }
    var _ =
        channel.writeAndFlush(lastWords).addListener(done -> LingeringClose.begin(channel, lane));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    session.lane().closing.remove(channel);
    dropFragments();
    dropAlone();
    State last = state;
    state = State.CLOSED;
    ended(last, CloseReason.TRANSPORT_CLOSE);
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
        fault(status);
      }
      return;
    }
    log.debug("websocket failed", cause);
    State last = state;
    state = State.CLOSED;
    Net.close(channel);
    ended(last, CloseReason.TRANSPORT_ERROR);
  }

  /**
   * Posted, not done at once: this may be the middle of a broadcast that is iterating over sockets.
   */
  private void ended(State last, CloseReason reason) {
    if (last == State.OPEN) {
      session.lane().post(() -> session.close(reason));
    } else if (last != State.CLOSED) {
      session
          .lane()
          .post(() -> {
            session.lane().upgrades.remove(this);
            session.upgradeFailed(this);
          });
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    server.metrics().websockets.decrementAndGet();
    dropFragments();
    dropAlone();
  }

  private void dropAlone() {
    Frame frame = alone;
    alone = null;
    if (frame != null) {
      frame.release();
    }
  }

  private void dropFragments() {
    ByteBuf buffer = fragments;
    fragments = null;
    if (buffer != null) {
      session.inbound().holds(-buffer.readableBytes());
      buffer.release();
    }
  }
}
