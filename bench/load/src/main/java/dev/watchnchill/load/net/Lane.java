package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.Tally;
import io.netty.channel.EventLoop;

/** An event loop with what its connections share. */
final class Lane {
  /** As much as is read at once. */
  static final int READ_BYTES = 32_768;

  final EventLoop loop;
  final Tally tally = new Tally();
  final byte[] scratch = new byte[READ_BYTES];

  /** Connections end now, and that is no loss. */
  volatile boolean ending;

  Lane(EventLoop loop) {
    this.loop = loop;
  }
}
