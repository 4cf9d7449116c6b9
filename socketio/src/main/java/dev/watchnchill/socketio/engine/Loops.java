package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/**
 * Event loops that are filled one after the other: a connection goes to the first loop that has
 * room, and when all are full to the one with the fewest.
 *
 * <p>As long as a server is small its rooms are each on one loop, and what is said in a room wakes
 * one thread instead of all.
 */
final class Loops extends MultiThreadIoEventLoopGroup {
  private final int full;
  private final List<Filled> loops;

  /**
   * @param count how many loops
   * @param full how many connections a loop takes before the next one is used
   */
  Loops(int count, int full, IoHandlerFactory io) {
    super(count, new DefaultThreadFactory("socketio"), io);
    this.full = full;
    this.loops =
        StreamSupport.stream(spliterator(), false)
            .map(loop -> new Filled((EventLoop) loop))
            .toList();
  }

  @Override
  public ChannelFuture register(Channel channel) {
    Filled loop = next(loops);
    loop.connections.incrementAndGet();
    var _ = channel.closeFuture().addListener(loop);
    return loop.loop.register(channel);
  }

  private Filled next(List<Filled> among) {
    Filled fewest = among.getFirst();
    for (Filled one : among) {
      if (one.connections.get() < full) {
        return one;
      }
      if (one.connections.get() < fewest.connections.get()) {
        fewest = one;
      }
    }
    return fewest;
  }

  /** A loop, and how many connections it has. */
  private static final class Filled implements ChannelFutureListener {
    private final EventLoop loop;
    private final AtomicInteger connections = new AtomicInteger();

    Filled(EventLoop loop) {
      this.loop = loop;
    }

    @Override
    public void operationComplete(ChannelFuture closed) {
      connections.decrementAndGet();
    }
  }
}
