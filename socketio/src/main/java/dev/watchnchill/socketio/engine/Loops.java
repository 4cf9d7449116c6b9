package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Event loops that are filled one after the other: a connection goes to the first loop that has
 * room, and when all are full to the one with the fewest.
 *
 * <p>As long as a server is small its rooms are each on one loop, and what is said in a room wakes
 * one thread instead of all.
 */
final class Loops extends MultiThreadIoEventLoopGroup {
  private final int full;
  private final Map<EventLoop, AtomicInteger> connections = new LinkedHashMap<>();

  /**
   * @param count how many loops
   * @param full how many connections a loop takes before the next one is used
   */
  Loops(int count, int full, IoHandlerFactory io) {
    super(count, new DefaultThreadFactory("socketio"), io);
    this.full = full;
    for (EventExecutor loop : this) {
      connections.put((EventLoop) loop, new AtomicInteger());
    }
  }

  @Override
  public ChannelFuture register(Channel channel) {
    EventLoop loop = next(connections);
    count(loop, 1);
    var _ = channel.closeFuture().addListener(_ -> count(channel.eventLoop(), -1));
    return loop.register(channel);
  }

  /**
   * Counts a connection for the loop that it is about to be registered with. Called on the loop
   * that it has left, which is the only one that could close it until then.
   */
  void moving(Channel channel, EventLoop target) {
    if (!channel.closeFuture().isDone()) {
      count(channel.eventLoop(), -1);
      count(target, 1);
    }
  }

  /** The connections of each loop. */
  List<Integer> connections() {
    return connections.values().stream().map(AtomicInteger::get).toList();
  }

  private void count(EventLoop loop, int change) {
    AtomicInteger of = connections.get(loop);
    if (of != null) {
      of.addAndGet(change);
    }
  }

  private EventLoop next(Map<EventLoop, AtomicInteger> among) {
    EventLoop fewest = null;
    int least = Integer.MAX_VALUE;
    for (Map.Entry<EventLoop, AtomicInteger> one : among.entrySet()) {
      int has = one.getValue().get();
      if (has < full) {
        return one.getKey();
      }
      if (fewest == null || has < least) {
        fewest = one.getKey();
        least = has;
      }
    }
    return Objects.requireNonNull(fewest);
  }
}
