package dev.watchnchill.load.net;

import dev.watchnchill.load.measure.Counts;
import dev.watchnchill.load.measure.Tally;
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
 * All connections of the generator, on few event loops. Towards a server on the loopback they come
 * from many addresses of 127.0.0.0/8, so that ports never run out and limits per address are not
 * met.
 */
public final class Network implements AutoCloseable {
  private static final int CONNECT_TIMEOUT_MS = 20_000;
  private static final int ADDRESSES_PER_BYTE = 250;

  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;
  private final List<Lane> lanes = new ArrayList<>();
  private final int perAddress;
  private final AtomicInteger opened = new AtomicInteger();

  /** So many event loops, and so many connections from one address. */
  public Network(int loops, int perAddress) {
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    this.perAddress = perAddress;
    for (EventExecutor loop : group) {
      lanes.add(new Lane((EventLoop) loop));
    }
  }

  /** Opens a connection; done when the server has taken it into the default namespace. */
  public CompletableFuture<Connection> connect(
      Target target, Listener listener, @Nullable String auth) {
    int number = opened.getAndIncrement();
    Lane lane = lanes.get(number % lanes.size());
    Connection connection = new Connection(lane, target, listener, auth);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(lane.loop)
            .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(Lane.READ_BYTES))
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

  /** Whether connections that end are no errors from now on. */
  public void expectEnds(boolean expected) {
    lanes.forEach(lane -> lane.ending = expected);
  }

  /** What all connections have counted up to now. */
  public Counts counts() {
    return Counts.sum(each(Tally::counts));
  }

  /** Has every event loop do that with what it counts; back when all have. */
  public void forEach(Consumer<Tally> task) {
    each(tally -> {
      task.accept(tally);
      return true;
    });
  }

  private <T> List<T> each(Function<Tally, T> task) {
    return lanes.stream()
        .map(lane -> CompletableFuture.supplyAsync(() -> task.apply(lane.tally), lane.loop))
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
