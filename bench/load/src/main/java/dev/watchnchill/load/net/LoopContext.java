package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.LoopCounters;
import io.netty.channel.EventLoop;

/** An event loop with the state that its connections share. */
final class LoopContext {
  /** The size of one read. */
  static final int READ_BYTES = 32_768;

  final EventLoop loop;
  final LoopCounters counters = new LoopCounters();
  final byte[] scratch = new byte[READ_BYTES];

  /** Whether the end of a connection is expected. */
  volatile boolean ending;

  LoopContext(EventLoop loop) {
    this.loop = loop;
  }
}
