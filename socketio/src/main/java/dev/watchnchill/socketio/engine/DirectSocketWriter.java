package dev.watchnchill.socketio.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a frame directly to the socket when nothing else waits to be sent. This skips the
 * pipeline, the outbound buffer and a duplicate of the frame's buffer, whose cost shows with
 * thousands of recipients. Confined to the channel's event loop.
 */
final class DirectSocketWriter {
  private final Channel channel;
  private final Socket socket;

  private DirectSocketWriter(Channel channel, Socket socket) {
    this.channel = channel;
    this.socket = socket;
  }

  /**
   * Returns a writer for a connection whose pipeline is complete, or null when it cannot be
   * bypassed: the transport is not epoll, or a handler processes outbound data (TLS).
   */
  static @Nullable DirectSocketWriter of(Channel channel) {
    if (!(channel instanceof EpollSocketChannel epoll) || !(epoll.fd() instanceof Socket socket)) {
      return null;
    }
    for (var entry : channel.pipeline()) {
      if (entry.getValue() instanceof ChannelOutboundHandler) {
        return null;
      }
    }
    return new DirectSocketWriter(channel, socket);
  }

  /**
   * Returns whether no output waits, flushed or not. A closed channel has no outbound buffer and is
   * not idle.
   */
  boolean isIdle() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer != null && buffer.totalPendingWriteBytes() == 0;
  }

  /**
   * Sends a frame. What the kernel does not take goes through the pipeline. Takes over the
   * reference.
   */
  void send(EncodedFrame frame) {
    int sent = trySend(frame);
    if (sent < frame.size()) {
      ByteBuf rest = frame.websocketBytes();
      ChannelOps.writeAndFlush(channel, rest.skipBytes(sent));
    }
    frame.release();
  }

  private int trySend(EncodedFrame frame) {
    // The descriptor of a closed connection may belong to another connection by now.
    if (!isIdle() || !channel.isActive()) {
      return 0;
    }
    try {
      return Math.max(0, frame.sendTo(socket));
    } catch (IOException e) {
      return 0; // the write through the pipeline fails too, and closes the connection
    }
  }
}
