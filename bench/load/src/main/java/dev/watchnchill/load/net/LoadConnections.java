package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.LoopCounters;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All connections of the generator, on few event loops. To a server on the loopback they come from
 * many addresses of 127.0.0.0/8, so that neither ports nor limits per address are exhausted.
 */
public final class LoadConnections implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 20_000;
  private static final int ADDRESSES_PER_BYTE = 250;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;
  private final List<LoopContext> loopContexts = new ArrayList<>();
  private final int perAddress;
  private final AtomicInteger opened = new AtomicInteger();

  /** Creates so many event loops, for so many connections from one address. */
  public LoadConnections(int loops, int perAddress) {
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.perAddress = perAddress;
    for (EventExecutor loop : group) {
      loopContexts.add(new LoopContext((EventLoop) loop));
    }
  }

  /** Opens a connection; completes when it has joined the default namespace. */
  public CompletableFuture<LoadConnection> connect(
      ServerAddress target, ConnectionListener listener, @Nullable String auth) {
    int number = opened.getAndIncrement();
    LoopContext loopContext = loopContexts.get(number % loopContexts.size());
    LoadConnection connection = new LoadConnection(loopContext, target, listener, auth);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loopContext.loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(LoopContext.READ_BYTES))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(connection);
                  }
                });
    var remote = new InetSocketAddress(target.host(), target.port());
    var connecting =
        remote.getAddress().isLoopbackAddress()
            ? bootstrap.connect(remote, new InetSocketAddress(source(number / perAddress), 0))
            : bootstrap.connect(remote);
    connecting.addListener(done -> {
      if (!done.isSuccess()) {
        connection.connected().completeExceptionally(done.cause());
      }
    });
    return connection.connected().orTimeout(CONNECT_TIMEOUT_MS, TimeUnit.MILLISECONDS);
  }

  static String source(int index) {
    int last = index % ADDRESSES_PER_BYTE;
    int third = index / ADDRESSES_PER_BYTE;
    return "127.0." + third % ADDRESSES_PER_BYTE + "." + (last + 1);
  }

  /** Sets whether the end of a connection is no error. */
  public void expectEnds(boolean expected) {
    loopContexts.forEach(loopContext -> loopContext.ending = expected);
  }

  /** Returns the counters of all connections. */
  public Counts counts() {
    return Counts.sum(each(LoopCounters::counts));
  }

  /** Runs a task on the counters of every event loop, and waits for all. */
  public void forEach(Consumer<LoopCounters> task) {
    each(counters -> {
      task.accept(counters);
      return true;
    });
  }

  private <T> List<T> each(Function<LoopCounters, T> task) {
    return loopContexts.stream()
        .map(loopContext ->
            CompletableFuture.supplyAsync(() -> task.apply(loopContext.counters), loopContext.loop))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  @Override
  public void close() {
    expectEnds(true);
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
