package dev.watchnchill.server.redis.client;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one node, dialled again whenever it is lost. A question a second finds out that
 * a node has fallen silent without hanging up, or does not do any more what it is needed for.
 *
 * @param <C> the kind of connection
 */
public final class NodeConnection<C extends StatefulRedisConnection<String, byte[]>>
    implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeConnection.class);

  /** How often the other end is asked whether it is there. */
  static final long KEEP_ALIVE_MS = 1_000;

  /**
   * A process that has just begun is slow: the first attempt may take longer than any later one.
   */
  static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

  private static final long BACKOFF_MIN_MS = 50;
  private static final long BACKOFF_MAX_MS = 300;

  /**
   * The number of times in a row, a keep-alive apart, that a node that has refused has to agree:
   * one whose memory is full may have room for a moment because we have hung up.
   */
  private static final int AGREES_AGAIN = 2;

  /** Hears on the loop what becomes of the connection. */
  interface Watcher<C extends StatefulRedisConnection<String, byte[]>> {
    /** What else is to be asked before the connection is of use; a failure drops it. */
    CompletionStage<?> greet(C connection);

    /** Asks whether it still is of use; a failure drops it. */
    default CompletionStage<?> check(C connection) {
      return answers(connection);
    }

    /** It is of use. */
    void up();

    /** It was of use and is lost. */
    void down();
  }

  private final String name;
  private final ConnectionExecutor loop;
  private final Function<Duration, CompletionStage<C>> dialler;
  private final Duration timeout;
  private final Watcher<C> watcher;
  // Written on the loop.
  private volatile @Nullable C current;
  private volatile boolean closed;
  private long backoffMs = BACKOFF_MIN_MS;
  private boolean complained;
  private boolean complainedOfRefusal;
  private boolean tried;
  private boolean checking;
  // How often it has to agree before it is of use; none when it was only away.
  private int agreesLeft;

  /**
   * @param name for the log: what the connection is for, and to where
   * @param timeout how long a command may take
   * @param dialler connects; it may take so long, and so may commands on what it gives
   */
  NodeConnection(
      String name,
      ConnectionExecutor loop,
      Duration timeout,
      Function<Duration, CompletionStage<C>> dialler,
      Watcher<C> watcher) {
    this.name = name;
    this.loop = loop;
    this.timeout = timeout;
    this.dialler = dialler;
    this.watcher = watcher;
  }

  /** The connection, or null while there is none. */
  @Nullable C current() {
    return current;
  }

  /** Begins to dial. */
  void start() {
    loop.execute(this::dial);
  }

  private void dial() {
    if (closed) {
      return;
    }
    loop.when(
        dialled(),
        (connection, failure) -> {
          if (connection == null) {
            failed(failure);
          } else {
            greet(connection);
          }
        });
  }

  private CompletionStage<C> dialled() {
    Duration patience = tried || timeout.compareTo(FIRST_PATIENCE) > 0 ? timeout : FIRST_PATIENCE;
    tried = true;
    try {
      return dialler.apply(patience);
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e); // such as when everything is being closed
    }
  }

  private void greet(C connection) {
    if (closed) {
      var _ = connection.closeAsync();
      return;
    }
    // PING and not the handshake alone: a Redis that still loads its data refuses it.
    CompletionStage<?> ready = answers(connection).thenCompose(_ -> watcher.greet(connection));
    loop.when(
        ready,
        (_, failure) -> {
          if (failure != null || closed) {
            var _ = connection.closeAsync();
            failed(failure);
          } else if (--agreesLeft > 0) {
            var _ = connection.closeAsync();
            loop.later(KEEP_ALIVE_MS, this::dial);
          } else {
            begin(connection);
          }
        });
  }

  /** Asks whether it is there. One that cannot save refuses even PING, and still publishes. */
  private static CompletionStage<?> answers(StatefulRedisConnection<String, byte[]> connection) {
    return connection
        .async()
        .ping()
        .exceptionallyCompose(failure ->
            RedisFailures.takesNoChanges(failure)
                ? CompletableFuture.completedStage("")
                : CompletableFuture.failedStage(failure));
  }

  private void begin(C connection) {
    backoffMs = BACKOFF_MIN_MS;
    if (complained) {
      log.info("Redis is back: {}", name);
    }
    complained = false;
    complainedOfRefusal = false;
    agreesLeft = 0;
    connection.setTimeout(timeout);
    current = connection;
    connection.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            loop.execute(() -> lost(connection, "the connection was closed"));
          }
        });
    watcher.up();
    if (!connection.isOpen()) {
      lost(connection, "the connection was closed"); // before anybody listened
      return;
    }
    loop.later(KEEP_ALIVE_MS, () -> keepAlive(connection));
  }

  private void keepAlive(C connection) {
    if (connection.equals(current)) {
      check(connection);
      loop.later(KEEP_ALIVE_MS, () -> keepAlive(connection));
    }
  }

  /** Asks now and not only a second later: the node has just refused something. */
  void checkSoon() {
    loop.execute(() -> {
      C connection = current;
      if (connection != null) {
        check(connection);
      }
    });
  }

  private void check(C connection) {
    if (checking) {
      return;
    }
    checking = true;
    loop.when(
        watcher.check(connection),
        (_, failure) -> {
          checking = false;
          if (failure != null && connection.equals(current)) {
            complain(failure, "");
            lost(connection, RedisFailures.message(failure));
          }
        });
  }

  private void lost(C connection, String why) {
    if (!connection.equals(current)) {
      return;
    }
    current = null;
    var _ = connection.closeAsync();
    if (!closed) {
      if (!complained) {
        complained = true;
        log.warn("Redis cannot be reached: {}: {}", name, why);
      }
      watcher.down();
      loop.execute(this::dial);
    }
  }

  private void failed(@Nullable Throwable failure) {
    if (closed) {
      return;
    }
    complain(failure, "; it is tried again and again");
    loop.later(agreesLeft > 0 ? KEEP_ALIVE_MS : backoffMs, this::dial);
    backoffMs = Math.min(BACKOFF_MAX_MS, backoffMs * 2);
  }

  /** Says once for each outage what it is, and once more when it turns out to be a refusal. */
  private void complain(@Nullable Throwable failure, String more) {
    boolean refusal = failure != null && RedisFailures.takesNoChanges(failure);
    if (refusal) {
      agreesLeft = AGREES_AGAIN;
    }
    if (refusal && !complainedOfRefusal) {
      complainedOfRefusal = true;
      complained = true;
      log.warn("Redis takes no changes: {}: {}", name, RedisFailures.message(failure));
    } else if (!complained && !closed) {
      complained = true;
      log.warn("Redis cannot be reached: {}: {}{}", name, RedisFailures.message(failure), more);
    }
  }

  /** Hangs up for good; the watcher hears nothing more. */
  @Override
  public void close() {
    closed = true;
    C connection = current;
    current = null;
    if (connection != null) {
      var _ = connection.closeAsync();
    }
  }
}
