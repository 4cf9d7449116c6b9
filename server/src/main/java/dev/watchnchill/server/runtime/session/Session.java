package dev.watchnchill.server.runtime.session;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.access.MemberIdentity;
import dev.watchnchill.party.entry.RoomSecret;
import dev.watchnchill.party.name.NamePolicy;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.limit.ClientFingerprints;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.EventClass;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: its seat, its limits and its waiting events.
 *
 * <p>Its events are handled in their order, even when one has to wait for the store. A client may
 * therefore send a message right after its join. Commands to the same room may be under way
 * together, so that the room can commit them together.
 */
public final class Session {
  /** Most waiting events; further ones are rejected. */
  private static final int WAITING_MAX = 256;

  /** Most events under way at the same time. */
  private static final int RUNNING_MAX = 16;

  /**
   * A seat in a room.
   *
   * @param room the live room
   * @param userId the member
   * @param token the session token that resumes the seat, or null
   */
  public record Seat(SeatedRoom room, UserId userId, @Nullable String token) {
    /** Returns whether the seat is in that live room, and not in an earlier one of the same id. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isIn(SeatedRoom live) {
      return room == live;
    }
  }

  /** A wait at the door of a room (rule EN4). Its methods may be called from any thread. */
  public interface Wait {
    /** Returns the room. */
    RoomId roomId();

    /** Takes the knock back. */
    void giveUp();

    /** Leaves the door; the knock stays for the client's next connection. */
    void disconnected();
  }

  /** An event that waits, or whose reply has not been sent. */
  private static final class Task {
    private final Supplier<CompletableFuture<ServerReply>> work;
    private final Consumer<ServerReply> whenDone;
    private final boolean overlaps;
    private @Nullable CompletableFuture<ServerReply> result;

    Task(
        Supplier<CompletableFuture<ServerReply>> work,
        Consumer<ServerReply> whenDone,
        boolean overlaps) {
      this.work = work;
      this.whenDone = whenDone;
      this.overlaps = overlaps;
    }

    CompletableFuture<ServerReply> start() {
      CompletableFuture<ServerReply> started = work.get();
      result = started;
      return started;
    }

    boolean isDone() {
      return result != null && result.isDone();
    }

    ServerReply reply() {
      return Objects.requireNonNull(result).join();
    }
  }

  private final ClientConnection connection;
  private final boolean resumable;
  private final @Nullable String authToken;
  private final NamePolicy names;
  private final ConnectionLimits limits;
  private final @Nullable String browserKey;
  private final AtomicReference<@Nullable Seat> seat = new AtomicReference<>();

  private final AtomicReference<@Nullable Wait> wait = new AtomicReference<>();

  private final AtomicReference<@Nullable RoomId> missingRoom = new AtomicReference<>();
  private final AtomicReference<@Nullable ViewerReport> report = new AtomicReference<>();

  // Whether the last event was rejected because of an outage, or a slow store.
  private volatile boolean lastCallFailed;

  private volatile boolean ended;

  // Only touched on the connection's executor.
  private final Queue<Task> waiting = new ArrayDeque<>(2);
  private final ArrayDeque<Task> running = new ArrayDeque<>(2);

  /** Creates a session without a client address. */
  public Session(
      ClientConnection connection,
      boolean resumable,
      @Nullable String authToken,
      double rateScale) {
    this(
        connection,
        resumable,
        authToken,
        NamePolicy.BASE,
        new ConnectionLimits(ClientKey.NONE, rateScale),
        null);
  }

  /**
   * @param resumable whether the client can resume its seat (rule RS1)
   * @param authToken the session token that the client sent when it connected, or null (rule RS3)
   * @param names the rule of the names that the client sends (rule RT20)
   * @param limits the limits of the connection
   * @param browserKey the key that the page keeps in its browser, or null (rule EN9)
   */
  public Session(
      ClientConnection connection,
      boolean resumable,
      @Nullable String authToken,
      NamePolicy names,
      ConnectionLimits limits,
      @Nullable String browserKey) {
    this.connection = connection;
    this.resumable = resumable;
    this.authToken = authToken;
    this.names = names;
    this.limits = limits;
    this.browserKey = browserKey;
  }

  /** Takes one token of an event class; false when the client is too fast (rule RL5). */
  public boolean mayDo(EventClass eventClass, long nowMs) {
    return limits.mayDo(eventClass, nowMs);
  }

  /** Returns the address that the limits count for. */
  public ClientKey client() {
    return limits.client();
  }

  /**
   * Records that the client sent a session token for a room that does not exist; false when it did
   * so before.
   */
  public boolean recordMissingRoom(RoomId room) {
    return !room.equals(missingRoom.getAndSet(room));
  }

  /**
   * Runs the work when all before it has ended; false when too much is waiting. Call it on the
   * connection's executor.
   *
   * @param overlaps whether the work may begin while earlier work that overlaps is under way: what
   *     it asks is queued in the room, which keeps the order. Replies keep their order in any case.
   */
  public boolean submit(
      Supplier<CompletableFuture<ServerReply>> work,
      Consumer<ServerReply> whenDone,
      boolean overlaps) {
    if (waiting.size() >= WAITING_MAX) {
      return false;
    }
    waiting.add(new Task(work, whenDone, overlaps));
    proceed();
    return true;
  }

  /** Runs the work when all before it has ended, as {@link #submit}; it does not overlap. */
  public boolean submit(
      Supplier<CompletableFuture<ServerReply>> work, Consumer<ServerReply> whenDone) {
    return submit(work, whenDone, false);
  }

  /**
   * Runs the work when all before it has ended, however much is waiting. Call it on the
   * connection's executor.
   */
  public void submitLast(Supplier<CompletableFuture<ServerReply>> work) {
    waiting.add(new Task(work, _ -> {}, false));
    proceed();
  }

  /** Starts what may start, and sends the replies that are due. */
  private void proceed() {
    while (true) {
      Task first = running.peek();
      if (first != null && first.isDone()) {
        running.remove();
        first.whenDone.accept(recordOutcome(first.reply()));
      } else if (mayStart(waiting.peek())) {
        Task next = waiting.remove();
        running.add(next);
        CompletableFuture<ServerReply> result = next.start();
        if (!result.isDone()) {
          var _ = result.whenComplete((_, _) -> connection.executor().execute(this::proceed));
        }
      } else {
        return;
      }
    }
  }

  private boolean mayStart(@Nullable Task next) {
    Task last = running.peekLast();
    return next != null
        && (last == null || (last.overlaps && next.overlaps && running.size() < RUNNING_MAX));
  }

  private ServerReply recordOutcome(ServerReply result) {
    lastCallFailed =
        result instanceof ServerReply.Failed failed
            && failed.problem().code() == ErrorCode.UNAVAILABLE;
    return result;
  }

  /** Returns whether the last event was rejected because of an outage, or a slow store. */
  public boolean lastCallFailed() {
    return lastCallFailed;
  }

  /** Records that the connection was lost. */
  public void end() {
    ended = true;
  }

  /** Returns whether the connection was lost. An entry that began before may still succeed. */
  public boolean ended() {
    return ended;
  }

  /** Keeps the last viewer report; true when none was kept, so that it has to be fetched. */
  public boolean keepReport(ViewerReport latest) {
    return report.getAndSet(latest) == null;
  }

  /** Returns the kept viewer report and clears it. */
  public @Nullable ViewerReport takeReport() {
    return report.getAndSet(null);
  }

  public ClientConnection connection() {
    return connection;
  }

  public boolean resumable() {
    return resumable;
  }

  public @Nullable String authToken() {
    return authToken;
  }

  public NamePolicy names() {
    return names;
  }

  /** Returns what the client can be recognised by in a room (rule EN9). */
  public MemberIdentity identity(RoomSecret secret) {
    var fingerprints = new ClientFingerprints(secret.bytes());
    return new MemberIdentity(
        browserKey == null ? null : fingerprints.ofBrowser(browserKey),
        fingerprints.ofAddress(client()));
  }

  /** Begins a wait at a door, or ends it with null; returns the one before. */
  public @Nullable Wait waitAt(@Nullable Wait next) {
    return wait.getAndSet(next);
  }

  /** Ends a wait, if it is that one. */
  public void endWait(Wait over) {
    wait.compareAndSet(over, null);
  }

  /** Returns the wait at a door, or null. */
  public @Nullable Wait waiting() {
    return wait.get();
  }

  public @Nullable Seat seat() {
    return seat.get();
  }

  /** Takes a seat; returns the former one. */
  @Nullable Seat takeSeat(Seat next) {
    return seat.getAndSet(next);
  }

  /** Releases a seat, if the session still has it. */
  void releaseSeat(SeatedRoom room, UserId userId) {
    Seat held = seat.get();
    if (held != null && held.isIn(room) && held.userId().equals(userId)) {
      seat.compareAndSet(held, null);
    }
  }
}
