package dev.watchnchill.server.redis.client;

import dev.watchnchill.server.store.StoreUnavailableException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.channel.EventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This server's connection to Redis or a Redis Cluster: commands, scripts and channels.
 *
 * <p>It connects in the background and for ever: while Redis is away, calls fail at once with
 * {@link StoreUnavailableException}, and nothing waits in a queue. A call that Redis does not
 * answer within the time of {@link Settings} fails as well; what it asked for may have been done.
 * Methods may be called from any thread; those that wait, not from one of an event loop.
 */
public final class RedisLink implements AutoCloseable {

  /**
   * How to go about it.
   *
   * @param timeoutMs how long a command may take
   * @param shardedChannels whether to use sharded channels where there are any (Redis 7)
   */
  public record Settings(long timeoutMs, boolean shardedChannels) {
    /** What is right for servers. */
    public static final Settings DEFAULT = new Settings(1_000, true);
  }

  /** Hears on a thread of the link, which may not be kept waiting, how it does. */
  public interface Watcher {
    /** Redis cannot be reached. */
    void away();

    /** It can again, or for the first time. */
    void back();
  }

  /** An open subscription to a channel. */
  public interface Subscription extends AutoCloseable {
    /** Ends it without waiting; nothing is heard afterwards. */
    @Override
    void close();
  }

  /** How long to wait before an attempt is made again. */
  private static final long INSIST_MS = 50;

  private static final long GOODBYE_MS = 1_000;

  private final Settings settings;
  private final RedisUrl url;
  private final ConnectionExecutor loop = new ConnectionExecutor();
  private final LettuceClientFactory driver;
  private final RedisClient nodeClient;
  private final RedisConnection line;
  private final ChannelSubscriptions channels;
  private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

  private RedisLink(RedisUrl url, Settings settings) {
    this.url = url;
    this.settings = settings;
    driver = new LettuceClientFactory(url, Duration.ofMillis(settings.timeoutMs()));
    nodeClient = driver.nodes();
    var watcher =
        new RedisConnection.Watcher() {
          @Override
          public void up() {
            channels().up(sharded());
            watchers.forEach(Watcher::back);
          }

          @Override
          public void down() {
            channels().down();
            watchers.forEach(Watcher::away);
          }
        };
    line =
        url.cluster()
            ? new ClusterConnection(driver, loop, watcher)
            : new StandaloneConnection(driver, nodeClient, loop, watcher);
    channels =
        new ChannelSubscriptions(
            driver, nodeClient, loop, line, name -> callAsync(redis -> redis.exists(name)));
  }

  private ChannelSubscriptions channels() {
    return channels;
  }

  /** Begins to connect and returns at once, whether or not Redis is there. */
  public static RedisLink open(RedisUrl url, Settings settings) {
    var link = new RedisLink(url, settings);
    link.start();
    return link;
  }

  /** One that connects when {@link #startOn} says so; until then Redis is away. */
  public static RedisLink unopened(RedisUrl url, Settings settings) {
    return new RedisLink(url, settings);
  }

  /**
   * Begins to connect and returns at once. Who asks something on one of these event loops has the
   * answer there when the connection is on the same one, and no thread is woken for it.
   *
   * @param loops may not end before this is closed
   */
  public void startOn(EventLoopGroup loops) {
    driver.use(loops);
    start();
  }

  private void start() {
    line.start();
    loop.later(NodeConnection.KEEP_ALIVE_MS, this::review);
  }

  private void review() {
    channels.review(sharded());
    loop.later(NodeConnection.KEEP_ALIVE_MS, this::review);
  }

  /** Waits until it is connected, at most so long; whether it is. */
  public boolean awaitUp(Duration atMost) {
    var up = new CompletableFuture<Void>();
    Watcher watcher =
        new Watcher() {
          @Override
          public void away() {
            // That is how it began.
          }

          @Override
          public void back() {
            up.complete(null);
          }
        };
    watchers.add(watcher);
    try {
      if (!available()) {
        up.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException | ExecutionException _) {
      return available();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      watchers.remove(watcher);
    }
    return available();
  }

  /**
   * Whether Redis, or every master of a cluster, answered when last asked, a second ago at most,
   * and takes changes.
   */
  public boolean available() {
    return line.available();
  }

  /** The servers' version, the oldest of a cluster's, such as {@code 7.0.15}; empty at first. */
  public String version() {
    return line.version();
  }

  /** Whether channels are sharded ones: to be published to by SPUBLISH, not PUBLISH. */
  public boolean sharded() {
    return settings.shardedChannels() && RedisVersion.shardsChannels(line.version());
  }

  /** Where it goes, without user and password. */
  @Override
  public String toString() {
    return url.toString();
  }

  /** Tells that watcher from now on. */
  public void watch(Watcher watcher) {
    watchers.add(watcher);
  }

  /**
   * Gives a command and waits for the answer. All its keys must be on one slot.
   *
   * @throws StoreUnavailableException when there is no answer in time, or Redis refuses
   */
  public <T extends @Nullable Object> T call(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    return await(callAsync(command));
  }

  /** Gives a command; fails with {@link StoreUnavailableException}. */
  public <T extends @Nullable Object> CompletableFuture<T> callAsync(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    RedisClusterAsyncCommands<String, byte[]> commands = line.commands();
    if (commands == null) {
      return CompletableFuture.failedFuture(RedisFailures.down());
    }
    return translated(command.apply(commands));
  }

  /**
   * Runs a script and waits for the answer.
   *
   * @param keys what it touches, all on one slot
   * @param arguments bytes, or anything whose text is meant
   * @return a Long, a byte[], or a List of these, as the script says; no script answers nil
   * @throws StoreUnavailableException when there is no answer in time, or Redis refuses
   */
  public Object run(RedisScript script, List<String> keys, Object... arguments) {
    return await(runAsync(script, keys, arguments));
  }

  /** Runs a script; fails with {@link StoreUnavailableException}. */
  public CompletableFuture<Object> runAsync(
      RedisScript script, List<String> keys, Object... arguments) {
    String[] names = keys.toArray(String[]::new);
    byte[][] values = new byte[arguments.length][];
    for (int i = 0; i < arguments.length; i++) {
      values[i] = arguments[i] instanceof byte[] raw ? raw : bytes(arguments[i].toString());
    }
    RedisClusterAsyncCommands<String, byte[]> commands = line.commands();
    if (commands == null) {
      return CompletableFuture.failedFuture(RedisFailures.down());
    }
    return translated(byDigest(commands, script, names, values));
  }

  private static CompletionStage<Object> byDigest(
      RedisClusterAsyncCommands<String, byte[]> commands,
      RedisScript script,
      String[] names,
      byte[][] values) {
    CompletionStage<Object> byDigest =
        commands.evalsha(script.digest(), script.output(), names, values);
    return byDigest.exceptionallyCompose(failure ->
        RedisFailures.plain(failure) instanceof RedisNoScriptException
            ? commands.eval(script.source(), script.output(), names, values)
            : CompletableFuture.failedStage(failure));
  }

  private <T extends @Nullable Object> CompletableFuture<T> translated(CompletionStage<T> stage) {
    var answer = new CompletableFuture<T>();
    // Following a cluster from node to node may take several answers, each in time.
    Runnable noLimit =
        driver.after(
            settings.timeoutMs() + settings.timeoutMs() / 4,
            () -> answer.completeExceptionally(RedisFailures.late()));
    stage.whenComplete((value, failure) -> {
      noLimit.run();
      if (failure == null) {
        answer.complete(value);
      } else {
        if (RedisFailures.takesNoChanges(failure)) {
          line.checkSoon();
        }
        answer.completeExceptionally(RedisFailures.unavailable(failure));
      }
    });
    return answer;
  }

  /**
   * Makes that attempt, and while the connection is lost meanwhile makes it again until there is an
   * answer or the time of one command has passed. For what may be done twice.
   */
  public <T> CompletableFuture<T> insist(Supplier<CompletableFuture<T>> attempt) {
    if (line.commands() == null) {
      return CompletableFuture.failedFuture(RedisFailures.down());
    }
    var result = new CompletableFuture<T>();
    attempt(attempt, result);
    CompletableFuture<T> answer = translated(result);
    // Once it was given up, it is not tried any more: nobody expects anything of it.
    var _ =
        answer.whenComplete((_, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          }
        });
    return answer;
  }

  private <T> void attempt(Supplier<CompletableFuture<T>> attempt, CompletableFuture<T> result) {
    var _ =
        attempt
            .get()
            .whenComplete((answer, failure) -> {
              if (failure == null) {
                result.complete(answer);
              } else if (RedisFailures.refused(failure)) {
                result.completeExceptionally(failure);
              } else if (!result.isDone()) {
                loop.later(INSIST_MS, () -> attempt(attempt, result));
              }
            });
  }

  /** Does that later, on a thread that may wait. */
  public void later(long delayMs, Runnable task) {
    loop.later(delayMs, () -> Thread.ofVirtual().name("redis-task").start(task));
  }

  /** Done after so many ms; never when closed by then. */
  public CompletableFuture<Void> after(long delayMs) {
    var done = new CompletableFuture<Void>();
    loop.later(delayMs, () -> done.complete(null));
    return done;
  }

  /**
   * Waits for an answer that was asked for by an async form.
   *
   * @throws StoreUnavailableException when it failed
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
   * Subscribes to a channel, and keeps it subscribed whatever becomes of the connection. A channel
   * has one listener.
   *
   * @return the subscription, when Redis has confirmed it: nothing published from then on is
   *     missed; fails with {@link StoreUnavailableException} when Redis does not confirm it in time
   * @throws IllegalStateException when the channel has a listener already
   */
  public CompletableFuture<Subscription> subscribe(String channel, ChannelListener listener) {
    if (line.commands() == null) {
      return CompletableFuture.failedFuture(RedisFailures.down());
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
   * Says that a command about that channel's slot had no answer: its listener hears {@link
   * ChannelListener#away} now and {@link ChannelListener#back} once commands arrive again.
   */
  public void suspect(String channel) {
    channels.suspect(channel);
  }

  /** Text as Redis keeps it. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What Redis kept as text. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Hangs up. Calls that wait fail. */
  @Override
  public void close() {
    channels.close();
    var quiet = new CompletableFuture<Void>();
    loop.execute(() -> quiet.complete(null));
    quiet
        // Only now, so that nothing is dialled on threads that end.
        .thenCompose(_ ->
            CompletableFuture.allOf(
                line.hangUp(), nodeClient.shutdownAsync(0, GOODBYE_MS, TimeUnit.MILLISECONDS)))
        .handle((_, _) -> driver.hangUp())
        .orTimeout(GOODBYE_MS, TimeUnit.MILLISECONDS)
        .handle((_, _) -> true)
        .join();
    loop.close();
  }
}
