package dev.watchnchill.socketio.engine;

import dev.watchnchill.socketio.limit.MemoryPressureMonitor;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with its mailbox, its deadlines, and the sessions that have output to flush.
 *
 * <p>The mailbox keeps the order of tasks. Every task is queued, including those posted on the
 * event loop itself, because running it at once would overtake earlier tasks of other threads.
 * After the tasks of a turn, each session that was written to is flushed once.
 */
public final class EventLoopContext {
  private static final Logger log = LoggerFactory.getLogger(EventLoopContext.class);

  /** Most tasks of one turn, so that many tasks do not starve the event loop's sockets. */
  private static final int TASKS_PER_TURN_MAX = 4096;

  /**
   * Longest time between an answer that is written alone and the output that follows it. A later
   * pass of the event loop is not enough: it comes before the client has woken up and read.
   */
  private static final long ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final long MEMORY_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long MEMORY_TICK_AT_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PROXY_HEADER_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Most connections that one eviction considers. */
  private static final int EVICTION_CANDIDATES_MAX = 64;

  private static final long FINAL_POLL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EventLoop loop;
  private final int number;
  private final long tickNanos;
  private final long longestTickNanos;
  private final Queue<EventLoopTask> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ArrayList<EngineSession> sessionsToFlush = new ArrayList<>();
  private ArrayList<EngineSession> delayed = new ArrayList<>();
  private boolean delayedFlushScheduled;
  private volatile boolean stopped;

  /** When a session is flushed. */
  enum FlushState {
    NONE,
    DELAYED,
    END_OF_TURN,
    HELD
  }

  final HeartbeatTimers heartbeats;

  /** Sessions that have not entered any namespace yet. */
  final ExpiryQueue<EngineSession> unconnected;

  /** Sessions with a packet that waits for its attachments. */
  final ExpiryQueue<EngineSession> awaitingAttachments;

  /** Sessions and incomplete request bodies that are closed first when memory is short. */
  final SheddableSessions sheddable = new SheddableSessions();

  /** Upgrades in progress. */
  final ExpiryQueue<WebSocketTransport> pendingUpgrades;

  /** Closed polling sessions that wait for their final poll. */
  final ExpiryQueue<FinalPoll> finalPolls;

  /** TCP connections that wait for their next complete request. */
  final ExpiryQueue<HttpPipeliningHandler> idleConnections;

  /** Connections that are closing and whose input is discarded. */
  final ExpiryQueue<Channel> lingering = new ExpiryQueue<>(CLOSE_LINGER_NANOS, ChannelOps::close);

  /** Requests whose body is being received. */
  final ExpiryQueue<EngineHttpHandler> pendingBodies;

  /** Handshakes that wait for the gate. */
  final ExpiryQueue<PendingHandshake> pendingHandshakes;

  /** Connections whose PROXY header has not arrived yet. */
  final ExpiryQueue<ProxyHeaderHandler> pendingProxyHeaders =
      new ExpiryQueue<>(PROXY_HEADER_NANOS, ProxyHeaderHandler::timedOut);

  private final List<ExpiryQueue<?>> queues;

  EventLoopContext(EventLoop loop, int number, EngineTimeouts timeouts) {
    this.loop = loop;
    this.number = number;
    this.tickNanos = timeouts.tickNanos();
    this.longestTickNanos =
        Math.min(timeouts.shortestNanos(), Math.min(CLOSE_LINGER_NANOS, PROXY_HEADER_NANOS));
    this.heartbeats =
        new HeartbeatTimers(timeouts.pingIntervalNanos(), timeouts.pingTimeoutNanos());
    this.unconnected =
        new ExpiryQueue<>(timeouts.connectTimeoutNanos(), EngineSession::connectTimedOut);
    this.awaitingAttachments =
        new ExpiryQueue<>(
            timeouts.attachmentsNanos(), session -> session.inbound().attachmentsTimedOut());
    this.pendingUpgrades =
        new ExpiryQueue<>(timeouts.upgradeTimeoutNanos(), WebSocketTransport::upgradeTimedOut);
    this.finalPolls = new ExpiryQueue<>(FINAL_POLL_NANOS, FinalPoll::end);
    this.idleConnections =
        new ExpiryQueue<>(timeouts.httpIdleNanos(), HttpPipeliningHandler::idleTimedOut);
    this.pendingBodies =
        new ExpiryQueue<>(timeouts.bodyTimeoutNanos(), EngineHttpHandler::bodyTimedOut);
    this.pendingHandshakes =
        new ExpiryQueue<>(timeouts.gateTimeoutNanos(), PendingHandshake::timeOut);
    this.queues =
        List.of(
            unconnected,
            awaitingAttachments,
            pendingUpgrades,
            finalPolls,
            idleConnections,
            lingering,
            pendingBodies,
            pendingHandshakes,
            pendingProxyHeaders);
  }

  /** Starts to check deadlines. */
  void start() {
    scheduleTick(tickNanos);
  }

  private void scheduleTick(long nanos) {
    var _ = loop.schedule(this::tick, nanos, TimeUnit.NANOSECONDS);
  }

  /** Runs the memory monitor on this event loop, less often while memory is enough. */
  void runMonitor(MemoryPressureMonitor memory) {
    loop.execute(() -> monitor(memory));
  }

  private void monitor(MemoryPressureMonitor memory) {
    memory.tick(nowNanos());
    var _ =
        loop.schedule(
            () -> monitor(memory),
            memory.isShort() ? MEMORY_TICK_NANOS : MEMORY_TICK_AT_REST_NANOS,
            TimeUnit.NANOSECONDS);
  }

  /** Returns the event loop. */
  public EventLoop loop() {
    return loop;
  }

  /** Returns the index of this event loop among those of its server. */
  public int number() {
    return number;
  }

  /** Returns the time of the event loop's monotonic clock. */
  public long nowNanos() {
    return loop.ticker().nanoTime();
  }

  /** Queues a task after all tasks queued before. Any thread; never blocks. */
  public void post(EventLoopTask task) {
    mailbox.add(task);
    scheduleTurn();
    if (stopped) {
      discardAll();
    }
  }

  /** Schedules a flush of a session at the end of the turn. */
  void flushAtEndOfTurn(EngineSession session) {
    if (session.flush != FlushState.END_OF_TURN && session.flush != FlushState.HELD) {
      session.flush = FlushState.END_OF_TURN;
      sessionsToFlush.add(session);
      scheduleTurn();
    }
  }

  /**
   * Schedules a flush of a session after a delay, unless an earlier flush sends the output before.
   */
  void flushDelayed(EngineSession session, long nanos) {
    if (session.flush == FlushState.NONE) {
      session.flush = FlushState.DELAYED;
      delayed.add(session);
      if (!delayedFlushScheduled) {
        delayedFlushScheduled = true;
        var _ = loop.schedule(this::flushDelayedSessions, nanos, TimeUnit.NANOSECONDS);
      }
    }
  }

  /**
   * Flushes a session at once, and holds its later output until the client's next packet, for a
   * millisecond at most. A client that reads one message after another then finds the flushed
   * message alone.
   */
  void flushAlone(EngineSession session) {
    flush(session);
    session.flush = FlushState.HELD;
    var _ = loop.schedule(() -> release(session), ALONE_NANOS, TimeUnit.NANOSECONDS);
  }

  /** Ends the hold of {@link #flushAlone}. */
  void release(EngineSession session) {
    if (session.flush == FlushState.HELD) {
      session.flush = FlushState.NONE;
      flushAtEndOfTurn(session);
    }
  }

  private void flushDelayedSessions() {
    delayedFlushScheduled = false;
    ArrayList<EngineSession> due = delayed;
    delayed = new ArrayList<>();
    for (EngineSession session : due) {
      if (session.flush == FlushState.DELAYED) {
        flush(session);
      }
    }
  }

  private static void flush(EngineSession session) {
    session.flush = FlushState.NONE;
    try {
      session.flush();
    } catch (RuntimeException e) {
      log.error("a session could not be flushed", e);
    }
  }

  /**
   * Closes one idle connection: one that is closing, else the one that has waited longest for a
   * request, else that of the oldest session without a namespace.
   *
   * @param beforeNanos only connections that have been idle since before that time are closed
   * @return whether there was one
   */
  boolean evictOldest(long beforeNanos) {
    for (Channel ending : lingering.addedBefore(nowNanos(), 1)) {
      lingering.remove(ending);
      ChannelOps.close(ending);
      return true;
    }
    for (HttpPipeliningHandler idle :
        idleConnections.addedBefore(beforeNanos, EVICTION_CANDIDATES_MAX)) {
      if (idle.evict()) {
        return true;
      }
    }
    for (EngineSession unconnectedSession : unconnected.addedBefore(beforeNanos, 1)) {
      unconnectedSession.evict();
      return true;
    }
    return false;
  }

  /** Discards all queued and later tasks, because the event loop has ended. */
  void stop() {
    stopped = true;
    discardAll();
  }

  private void scheduleTurn() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        loop.execute(this::turn);
      } catch (RejectedExecutionException e) {
        log.trace("event loop has ended", e);
        discardAll();
      }
    }
  }

  private void turn() {
    scheduled.set(false);
    EventLoopTask task;
    for (int done = 0; done < TASKS_PER_TURN_MAX && (task = mailbox.poll()) != null; done++) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("a task on an event loop failed", e);
      }
    }
    for (int i = 0; i < sessionsToFlush.size(); i++) {
      if (sessionsToFlush.get(i).flush == FlushState.END_OF_TURN) {
        flush(sessionsToFlush.get(i));
      }
    }
    sessionsToFlush.clear();
    if (!mailbox.isEmpty()) {
      scheduleTurn();
    }
  }

  private void tick() {
    long now = nowNanos();
    try {
      heartbeats.tick(now);
      for (ExpiryQueue<?> queue : queues) {
        queue.expire(now);
      }
    } catch (RuntimeException e) {
      log.error("a deadline's action failed", e);
    } finally {
      scheduleTick(Math.clamp(remainingNanos(now), tickNanos, longestTickNanos));
    }
  }

  /**
   * Returns the time until the first deadline. What is added later is due after the longest tick,
   * because no duration is shorter.
   */
  private long remainingNanos(long now) {
    long least = heartbeats.remainingNanos(now);
    for (ExpiryQueue<?> queue : queues) {
      least = Math.min(least, queue.remainingNanos(now));
    }
    return least;
  }

  private void discardAll() {
    EventLoopTask task;
    while ((task = mailbox.poll()) != null) {
      task.discard();
    }
  }
}
