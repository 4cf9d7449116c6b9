package dev.watchnchill.server.redis.client;

import dev.watchnchill.server.store.StoreUnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The instance's connection to Redis or a Redis Cluster: commands, scripts and channels.
 *
 * <p>It connects in the background and reconnects for ever. During an outage, calls fail at once
 * with {@link StoreUnavailableException}, and nothing waits in a queue. A call that Redis does not
 * answer within the timeout of {@link Settings} fails as well; its command may have been executed.
 * Methods may be called from any thread. Those that wait must not be called on an event loop.
 */
public final class RedisLink implements AutoCloseable {

  /**
   * The options of a link.
   *
   * @param timeoutMs how long a command may take
   * @param shardedChannels whether to use sharded channels where Redis has them (Redis 7)
   */
  public record Settings(long timeoutMs, boolean shardedChannels) {
    /** The settings of production servers. */
    public static final Settings DEFAULT = new Settings(1_000, true);
  }

  /** Receives the beginning and the end of outages, on a thread of the link: it must not block. */
  public interface AvailabilityListener {
    /** Redis cannot be reached. */
    void outageBegan();

    /** Redis can be reached again, or for the first time. */
    void outageEnded();
  }

  /** An open subscription to a channel. */
  public interface Subscription extends AutoCloseable {
    /** Ends the subscription without waiting; nothing is delivered afterwards. */
    @Override
    void close();
  }

  private static final long SHUTDOWN_TIMEOUT_MS = 1_000;

  private final Settings settings;
  private final RedisUrl url;
  private final ConnectionExecutor executor = new ConnectionExecutor();
  private final LettuceClientFactory clientFactory;
  private final RedisClient nodeClient;
  private final RedisConnection connection;
  private final CommandRunner commands;
  private final ChannelSubscriptions channels;
  private final List<AvailabilityListener> listeners = new CopyOnWriteArrayList<>();

  private RedisLink(RedisUrl url, Settings settings) {
    this.url = url;
    this.settings = settings;
    clientFactory = new LettuceClientFactory(url, Duration.ofMillis(settings.timeoutMs()));
    nodeClient = clientFactory.createNodeClient();
    var listener =
        new RedisConnection.Listener() {
          @Override
          public void connected() {
            channels().connected(sharded());
            listeners.forEach(AvailabilityListener::outageEnded);
          }

          @Override
          public void disconnected() {
            channels().disconnected();
            listeners.forEach(AvailabilityListener::outageBegan);
          }
        };
    connection =
        url.cluster()
            ? new ClusterConnection(clientFactory, nodeClient, executor, listener)
            : new StandaloneConnection(clientFactory, nodeClient, executor, listener);
    commands = new CommandRunner(connection, clientFactory, executor, settings.timeoutMs());
    channels =
        new ChannelSubscriptions(
            executor, connection, name -> callAsync(redis -> redis.exists(name)));
  }

  private ChannelSubscriptions channels() {
    return channels;
  }

  /** Returns a link that begins to connect, whether or not Redis can be reached. */
  public static RedisLink open(RedisUrl url, Settings settings) {
    var link = new RedisLink(url, settings);
    link.start();
    return link;
  }

  /** Returns a link that connects when {@link #startOn} is called. */
  public static RedisLink unopened(RedisUrl url, Settings settings) {
    return new RedisLink(url, settings);
  }

  /**
   * Begins to connect on shared event loops, and returns at once. A caller on the event loop of the
   * connection receives its answers there, without waking another thread.
   *
   * @param loops must not end before this link is closed
   */
  public void startOn(EventLoopGroup loops) {
    clientFactory.useEventLoops(loops);
    start();
  }

  private void start() {
    connection.start();
    executor.schedule(NodeConnection.CHECK_INTERVAL_MS, this::rebalance);
  }

  private void rebalance() {
    channels.rebalance(sharded());
    executor.schedule(NodeConnection.CHECK_INTERVAL_MS, this::rebalance);
  }

  /** Waits until the link is connected, and returns whether it is. */
  public boolean awaitUp(Duration atMost) {
    var up = new CompletableFuture<Void>();
    AvailabilityListener listener =
        new AvailabilityListener() {
          @Override
          public void outageBegan() {
            // The link was not connected before either.
          }

          @Override
          public void outageEnded() {
            up.complete(null);
          }
        };
    listeners.add(listener);
    try {
      if (!available()) {
        up.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException | ExecutionException _) {
      return available();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      listeners.remove(listener);
    }
    return available();
  }

  /**
   * Returns whether Redis, or every master of a cluster, answered the last check, at most a second
   * ago, and accepts writes.
   */
  public boolean available() {
    return connection.available();
  }

  /** Returns the version of Redis, the oldest in a cluster, such as {@code 7.0.15}, or empty. */
  public String version() {
    return connection.version();
  }

  /** Whether channels are sharded: published to by SPUBLISH, not PUBLISH. */
  public boolean sharded() {
    return settings.shardedChannels() && RedisVersion.shardsChannels(connection.version());
  }

  /** Returns the URL without user and password. */
  @Override
  public String toString() {
    return url.toString();
  }

  /** Adds a listener of outages. */
  public void addListener(AvailabilityListener listener) {
    listeners.add(listener);
  }

  /**
   * Runs a command and waits for the answer. All its keys must be in one slot.
   *
   * @throws StoreUnavailableException when Redis does not answer in time, or rejects the command
   */
  public <T extends @Nullable Object> T call(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    return await(callAsync(command));
  }

  /** Runs a command; fails with {@link StoreUnavailableException}. */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    return commands.call(command);
  }

  /**
   * Runs a script and waits for the answer.
   *
   * @param keys the keys that the script uses, all in one slot
   * @param arguments byte arrays, or objects that are sent as their text
   * @return a Long, a byte[], or a List of these, as the script says; no script answers nil
   * @throws StoreUnavailableException when Redis does not answer in time, or rejects the script
   */
  public Object run(RedisScript script, List<String> keys, Object... arguments) {
    return await(runAsync(script, keys, arguments));
  }

  /** Runs a script; fails with {@link StoreUnavailableException}. */
  public CompletableFuture<Object> runAsync(
      RedisScript script, List<String> keys, Object... arguments) {
    return commands.run(script, keys, arguments);
  }

  /**
   * Runs an idempotent script, and retries it after a lost connection until Redis answers or the
   * timeout of one command has passed; fails with {@link StoreUnavailableException}.
   */
  public CompletableFuture<Object> runRetrying(
      RedisScript script, List<String> keys, Object... arguments) {
    return commands.runRetrying(script, keys, arguments);
  }

  /** Runs a task later, on a thread that may block. */
  public void later(long delayMs, Runnable task) {
    executor.schedule(delayMs, () -> Thread.ofVirtual().name("redis-task").start(task));
  }

  /** Returns a future that completes after a delay, or never when the link is closed by then. */
  public CompletableFuture<Void> after(long delayMs) {
    var done = new CompletableFuture<Void>();
    executor.schedule(delayMs, () -> done.complete(null));
    return done;
  }

  /**
   * Waits for the answer of an asynchronous call.
   *
   * @throws StoreUnavailableException when the call failed
   */
  public <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while waiting for Redis", e);
    } catch (ExecutionException e) {
      throw RedisFailures.unavailable(e);
    }
  }

  /**
   * Subscribes to a channel, and resubscribes after every outage. A channel has one listener.
   *
   * @return the subscription, once Redis has confirmed it: nothing published from then on is
   *     missed; fails with {@link StoreUnavailableException} when Redis does not confirm it in time
   * @throws IllegalStateException when the channel has a listener already
   */
  public CompletableFuture<Subscription> subscribe(String channel, ChannelListener listener) {
    if (connection.commands() == null) {
      return CompletableFuture.failedFuture(RedisFailures.notConnected());
    }
    ChannelSubscription added = channels.add(channel, listener);
    return added
        .confirmed
        .orTimeout(settings.timeoutMs(), TimeUnit.MILLISECONDS)
        .handle((_, failure) -> {
          if (failure != null) {
            channels.remove(added);
            throw RedisFailures.unavailable(failure);
          }
          return () -> channels.remove(added);
        });
  }

  /**
   * Checks a channel again, after a command on its slot has had no answer. Its listener receives
   * {@link ChannelListener#outageBegan} now and {@link ChannelListener#outageEnded} once commands
   * are answered again.
   */
  public void recheckChannel(String channel) {
    channels.recheck(channel);
  }

  /** Returns text as Redis stores it. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns stored bytes as text. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Closes all connections. Pending calls fail. */
  @Override
  public void close() {
    channels.close();
    var drained = new CompletableFuture<Void>();
    executor.execute(() -> drained.complete(null));
    drained
        // Only now, so that no connection is opened on threads that end.
        .thenCompose(_ ->
            CompletableFuture.allOf(
                connection.closeAsync(),
                nodeClient.shutdownAsync(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS)))
        .handle((_, _) -> clientFactory.shutdown())
        .orTimeout(SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS)
        .handle((_, _) -> true)
        .join();
    executor.close();
  }
}
