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
 * Event loop group that fills its loops one after the other. A connection goes to the first loop
 * that has room; when all are full, to the loop with the fewest connections.
 *
 * <p>In a small server each room is then on one loop, and an event to a room wakes one thread.
 */
final class FillFirstEventLoopGroup extends MultiThreadIoEventLoopGroup {
  private final int connectionsPerLoop;
  private final Map<EventLoop, AtomicInteger> connections = new LinkedHashMap<>();

  FillFirstEventLoopGroup(int count, int connectionsPerLoop, IoHandlerFactory io) {
    super(count, new DefaultThreadFactory("socketio"), io);
    this.connectionsPerLoop = connectionsPerLoop;
    for (EventExecutor loop : this) {
      connections.put((EventLoop) loop, new AtomicInteger());
    }
  }

  @Override
  public ChannelFuture register(Channel channel) {
    EventLoop loop = pickLoop(connections);
    count(loop, 1);
    var _ = channel.closeFuture().addListener(_ -> count(channel.eventLoop(), -1));
    return loop.register(channel);
  }

  /**
   * Counts a connection for the loop that it is about to be registered with. Called on the loop
   * that it leaves, which until then is the only one that can close it.
   */
  void moved(Channel channel, EventLoop target) {
    if (!channel.closeFuture().isDone()) {
      count(channel.eventLoop(), -1);
      count(target, 1);
    }
  }

  /** Returns the number of connections of each loop. */
  List<Integer> connections() {
    return connections.values().stream().map(AtomicInteger::get).toList();
  }

  private void count(EventLoop loop, int change) {
    AtomicInteger of = connections.get(loop);
    if (of != null) {
      of.addAndGet(change);
    }
  }

  private EventLoop pickLoop(Map<EventLoop, AtomicInteger> candidates) {
    EventLoop fewest = null;
    int least = Integer.MAX_VALUE;
    for (Map.Entry<EventLoop, AtomicInteger> one : candidates.entrySet()) {
      int has = one.getValue().get();
      if (has < connectionsPerLoop) {
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
