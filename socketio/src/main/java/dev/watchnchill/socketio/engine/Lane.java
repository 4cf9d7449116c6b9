package dev.watchnchill.socketio.engine;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop with everything that is confined to it: a mailbox, deadlines, and the sessions
 * that have something to flush.
 *
 * <p>The mailbox is what keeps order. A task is always queued, also when it comes from the event
 * loop itself: another thread's earlier task may still wait there, and running at once would
 * overtake it. When a turn's tasks are done, each session that was written to is flushed once.
 */
public final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /** Tasks per turn, so that a flood of them cannot keep the event loop from its sockets. */
  private static final int TASKS_PER_TURN_MAX = 4096;

  private static final long MEMORY_TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long CLOSE_LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PROXY_HEADER_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Connections that an eviction looks at before it gives up. */
  private static final int EVICTION_LOOKS = 64;

  private static final long LAST_POLL_LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EventLoop loop;
  private final int number;
  private final Queue<LaneTask> mailbox = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ArrayList<EngineSession> dirty = new ArrayList<>();
  private ArrayList<EngineSession> later = new ArrayList<>();
  private boolean laterIsDue;
  private volatile boolean ended;

  /** When a session is flushed. */
  enum Flush {
    NONE,
    LATER,
    AT_END_OF_TURN
  }

  final Heartbeats heartbeats;

  /** Sessions that have not entered any namespace yet. */
  final Deadlines<EngineSession> unconnected;

  /** Sessions with a packet that waits for its attachments. */
  final Deadlines<EngineSession> incomplete;

  /** Sessions, and half-received bodies, that go first when memory is short. */
  final Strangers strangers = new Strangers();

  /** Upgrades that have not come to their end. */
  final Deadlines<WsTransport> upgrades;

  /** Closed polling sessions whose last words wait for one more poll. */
  final Deadlines<EngineSession> lastPolls;

  /** TCP connections that wait for their next complete request. */
  final Deadlines<HttpTurns> idleHttp;

  /** Connections that are ending: their input is thrown away. */
  final Deadlines<Channel> closing = new Deadlines<>(CLOSE_LINGER_NANOS, Net::close);

  /** Requests whose body is being received. */
  final Deadlines<FrontDoor> bodies;

  /** Handshakes that wait for the gate. */
  final Deadlines<PendingAdmission> admissions;

  /** Connections whose PROXY header has not come yet. */
  final Deadlines<ProxyHeader> proxyHeaders =
      new Deadlines<>(PROXY_HEADER_NANOS, ProxyHeader::timedOut);

  Lane(EventLoop loop, int number, EngineSettings settings) {
    this.loop = loop;
    this.number = number;
    this.heartbeats = new Heartbeats(settings.pingIntervalNanos(), settings.pingTimeoutNanos());
    this.unconnected =
        new Deadlines<>(settings.connectTimeoutNanos(), EngineSession::connectTimedOut);
    this.incomplete =
        new Deadlines<>(
            settings.attachmentsNanos(), session -> session.inbound().attachmentsTimedOut());
    this.upgrades = new Deadlines<>(settings.upgradeTimeoutNanos(), WsTransport::upgradeTimedOut);
    this.lastPolls = new Deadlines<>(LAST_POLL_LINGER_NANOS, EngineSession::forget);
    this.idleHttp = new Deadlines<>(settings.httpIdleNanos(), HttpTurns::idleTimedOut);
    this.bodies = new Deadlines<>(settings.bodyTimeoutNanos(), FrontDoor::bodyTimedOut);
    this.admissions = new Deadlines<>(settings.gateTimeoutNanos(), PendingAdmission::timedOut);
  }

  void start(long tickNanos) {
    var _ = loop.scheduleWithFixedDelay(this::tick, tickNanos, tickNanos, TimeUnit.NANOSECONDS);
  }

  /** Has this lane look after the memory of all connections. */
  void watch(MemoryGuard memory) {
    var _ =
        loop.scheduleWithFixedDelay(
            () -> memory.tick(nowNanos()), 0, MEMORY_TICK_NANOS, TimeUnit.NANOSECONDS);
  }

  /** The event loop. */
  public EventLoop loop() {
    return loop;
  }

  /** This lane's place among the lanes of its server, from 0. */
  public int number() {
    return number;
  }

  /** The event loop's monotonic clock. */
  public long nowNanos() {
    return loop.ticker().nanoTime();
  }

  /** Queues a task behind all tasks queued before. Any thread; never waits. */
  public void post(LaneTask task) {
    mailbox.add(task);
    wake();
    if (ended) {
      discardAll();
    }
  }

  /** Has this session flushed at the end of the turn. */
  void markDirty(EngineSession session) {
    if (session.flush != Flush.AT_END_OF_TURN) {
      session.flush = Flush.AT_END_OF_TURN;
      dirty.add(session);
      wake();
    }
  }

  /** Has this session flushed after that time, or with what comes before and cannot wait. */
  void flushLater(EngineSession session, long nanos) {
    if (session.flush == Flush.NONE) {
      session.flush = Flush.LATER;
      later.add(session);
      if (!laterIsDue) {
        laterIsDue = true;
        var _ = loop.schedule(this::flushLaterOnes, nanos, TimeUnit.NANOSECONDS);
      }
    }
  }

  private void flushLaterOnes() {
    laterIsDue = false;
    ArrayList<EngineSession> due = later;
    later = new ArrayList<>();
    for (EngineSession session : due) {
      if (session.flush == Flush.LATER) {
        flush(session);
      }
    }
  }

  private static void flush(EngineSession session) {
    session.flush = Flush.NONE;
    try {
      session.flush();
    } catch (RuntimeException e) {
      log.error("a session could not be flushed", e);
    }
  }

  /**
   * Closes the connection that will be missed least: one that is ending, else the one that has
   * waited longest for a request, else that of the oldest session without a namespace.
   *
   * @param beforeNanos only connections that wait since before that time are closed
   * @return whether there was one
   */
  boolean evictOldest(long beforeNanos) {
    for (Channel ending : closing.addedBefore(nowNanos(), 1)) {
      closing.remove(ending);
      Net.close(ending);
      return true;
    }
    for (HttpTurns idle : idleHttp.addedBefore(beforeNanos, EVICTION_LOOKS)) {
      if (idle.evict()) {
        return true;
      }
    }
    for (EngineSession stranger : unconnected.addedBefore(beforeNanos, 1)) {
      stranger.evict();
      return true;
    }
    return false;
  }

  /** From now on nothing is done any more. */
  void end() {
    ended = true;
    discardAll();
  }

  private void wake() {
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
    LaneTask task;
    for (int done = 0; done < TASKS_PER_TURN_MAX && (task = mailbox.poll()) != null; done++) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("a task on an event loop failed", e);
      }
    }
    for (int i = 0; i < dirty.size(); i++) {
      flush(dirty.get(i));
    }
    dirty.clear();
    if (!mailbox.isEmpty()) {
      wake();
    }
  }

  private void tick() {
    try {
      long now = nowNanos();
      heartbeats.tick(now);
      unconnected.expire(now);
      incomplete.expire(now);
      upgrades.expire(now);
      lastPolls.expire(now);
      idleHttp.expire(now);
      closing.expire(now);
      bodies.expire(now);
      admissions.expire(now);
      proxyHeaders.expire(now);
    } catch (RuntimeException e) {
      log.error("a deadline's action failed", e);
    }
  }

  private void discardAll() {
    LaneTask task;
    while ((task = mailbox.poll()) != null) {
      task.discard();
    }
  }
}
