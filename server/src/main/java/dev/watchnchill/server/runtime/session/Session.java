package dev.watchnchill.server.runtime.session;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.limit.ClientKey;
import dev.watchnchill.server.runtime.port.ClientConnection;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.EventClass;
import dev.watchnchill.server.wire.ServerReply;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connected client: its seat, its limits and its waiting events.
 *
 * <p>Its events are handled one at a time in their order, even when one has to wait for the store.
 * A client may therefore send a message right after its join.
 */
public final class Session {
  /** Most waiting events; further ones are rejected. */
  private static final int WAITING_MAX = 256;

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

  private record Task(
      Supplier<CompletableFuture<ServerReply>> work, Consumer<ServerReply> whenDone) {}

  private final ClientConnection connection;
  private final boolean resumable;
  private final @Nullable String authToken;
  private final ConnectionLimits limits;
  private final AtomicReference<@Nullable Seat> seat = new AtomicReference<>();

  private final AtomicReference<@Nullable RoomId> missingRoom = new AtomicReference<>();
  private final AtomicReference<@Nullable ViewerReport> report = new AtomicReference<>();

  // Whether the last event was rejected because of an outage, or a slow store.
  private volatile boolean lastCallFailed;

  // Only touched on the connection's executor.
  private final Queue<Task> waiting = new ArrayDeque<>(2);
  private boolean busy;

  /** Creates a session without a client address. */
  public Session(
      ClientConnection connection,
      boolean resumable,
      @Nullable String authToken,
      double rateScale) {
    this(connection, resumable, authToken, new ConnectionLimits(ClientKey.NONE, rateScale));
  }

  /**
   * @param resumable whether the client can resume its seat (rule RS1)
   * @param authToken the session token that the client sent when it connected, or null (rule RS3)
   * @param limits the limits of the connection
   */
  public Session(
      ClientConnection connection,
      boolean resumable,
      @Nullable String authToken,
      ConnectionLimits limits) {
    this.connection = connection;
    this.resumable = resumable;
    this.authToken = authToken;
    this.limits = limits;
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
   */
  public boolean submit(
      Supplier<CompletableFuture<ServerReply>> work, Consumer<ServerReply> whenDone) {
    if (waiting.size() >= WAITING_MAX) {
      return false;
    }
    waiting.add(new Task(work, whenDone));
    if (!busy) {
      runWaiting();
    }
    return true;
  }

  /**
   * Runs the work when all before it has ended, however much is waiting. Call it on the
   * connection's executor.
   */
  public void submitLast(Supplier<CompletableFuture<ServerReply>> work) {
    waiting.add(new Task(work, _ -> {}));
    if (!busy) {
      runWaiting();
    }
  }

  private void runWaiting() {
    Task task;
    while ((task = waiting.poll()) != null) {
      CompletableFuture<ServerReply> result = task.work().get();
      Consumer<ServerReply> whenDone = task.whenDone();
      if (result.isDone()) {
        whenDone.accept(recordOutcome(result.join()));
      } else {
        busy = true;
        var _ =
            result.whenComplete((value, _) ->
                connection
                    .executor()
                    .execute(() -> {
                      busy = false;
                      whenDone.accept(recordOutcome(value));
                      runWaiting();
                    }));
        return;
      }
    }
  }

  private ServerReply recordOutcome(ServerReply result) {
    lastCallFailed =
        result instanceof ServerReply.Failed(ErrorReply problem)
            && problem.code() == ErrorCode.UNAVAILABLE;
    return result;
  }

  /** Returns whether the last event was rejected because of an outage, or a slow store. */
  public boolean lastCallFailed() {
    return lastCallFailed;
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
