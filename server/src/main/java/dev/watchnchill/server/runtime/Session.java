package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.playback.ViewerReport;
import dev.watchnchill.server.limit.ClientKey;
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
 * One connected client: which seat it has, and what it still wants done.
 *
 * <p>Its events are done one at a time in the order they came, even when one has to wait for a
 * store, so that "join, then speak" means the same without waiting for an answer in between.
 */
public final class Session {
  /** More waiting events than this and the rest are refused. */
  private static final int WAITING_MAX = 256;

  /**
   * A seat in a room.
   *
   * @param room where
   * @param userId who
   * @param token the secret that takes it back, or null
   */
  record Seat(RoomActor room, UserId userId, @Nullable String token) {}

  private record Task(
      Supplier<CompletableFuture<ServerReply>> work, Consumer<ServerReply> whenDone) {}

  private final ClientConnection connection;
  private final boolean resumable;
  private final @Nullable String authToken;
  private final ConnectionLimits limits;
  private final AtomicReference<@Nullable Seat> seat = new AtomicReference<>();

  private final AtomicReference<@Nullable RoomId> missed = new AtomicReference<>();
  private final AtomicReference<@Nullable ViewerReport> report = new AtomicReference<>();

  // Whether the last answer was that the store is away, or too slow.
  private volatile boolean troubled;

  // Only touched on the connection's executor.
  private final Queue<Task> waiting = new ArrayDeque<>(2);
  private boolean busy;

  /** Creates one on a connection of its own, of no address. */
  public Session(
      ClientConnection connection,
      boolean resumable,
      @Nullable String authToken,
      double rateScale) {
    this(connection, resumable, authToken, new ConnectionLimits(ClientKey.NONE, rateScale));
  }

  /**
   * @param resumable whether the client can come back to its seat (rule RS1)
   * @param authToken the session token it brought when it connected, or null (rule RS3)
   * @param limits of its connection
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

  /** Takes one token of that class; false when the client is too fast (rule RL5). */
  public boolean mayDo(EventClass eventClass, long nowMs) {
    return limits.mayDo(eventClass, nowMs);
  }

  /** Returns the address that its limits count for. */
  ClientKey client() {
    return limits.client();
  }

  /**
   * Notes that it brought a seat's token to a room that does not exist; false when it had done so
   * before.
   */
  boolean misses(RoomId room) {
    return !room.equals(missed.getAndSet(room));
  }

  /** Does that work when all before it is done. Call it on the connection's executor. */
  public boolean submit(
      Supplier<CompletableFuture<ServerReply>> work, Consumer<ServerReply> whenDone) {
    if (waiting.size() >= WAITING_MAX) {
      return false;
    }
    waiting.add(new Task(work, whenDone));
    if (!busy) {
      workOff();
    }
    return true;
  }

  /**
   * Does that work when all before it is done, however much is waiting. Call it on the connection's
   * executor.
   */
  public void submitLast(Supplier<CompletableFuture<ServerReply>> work) {
    waiting.add(new Task(work, _ -> {}));
    if (!busy) {
      workOff();
    }
  }

  private void workOff() {
    Task task;
    while ((task = waiting.poll()) != null) {
      CompletableFuture<ServerReply> result = task.work().get();
      Consumer<ServerReply> whenDone = task.whenDone();
      if (result.isDone()) {
        whenDone.accept(noted(result.join()));
      } else {
        busy = true;
        var _ =
            result.whenComplete((value, _) ->
                connection
                    .executor()
                    .execute(() -> {
                      busy = false;
                      whenDone.accept(noted(value));
                      workOff();
                    }));
        return;
      }
    }
  }

  private ServerReply noted(ServerReply result) {
    troubled =
        result instanceof ServerReply.Failed(ErrorReply problem)
            && problem.code() == ErrorCode.UNAVAILABLE;
    return result;
  }

  /** Whether its last wish was refused because the store is away, or too slow. */
  boolean troubled() {
    return troubled;
  }

  /** Keeps what its player said last; true when nothing was kept, so that it is to be fetched. */
  boolean keepReport(ViewerReport said) {
    return report.getAndSet(said) == null;
  }

  /** Takes what its player said last. */
  @Nullable ViewerReport takeReport() {
    return report.getAndSet(null);
  }

  ClientConnection connection() {
    return connection;
  }

  boolean resumable() {
    return resumable;
  }

  @Nullable String authToken() {
    return authToken;
  }

  @Nullable Seat seat() {
    return seat.get();
  }

  /** Takes that seat; gives the one it had. */
  @Nullable Seat sit(Seat next) {
    return seat.getAndSet(next);
  }

  /** Is in no room any more, if it still had a seat in that room under that name. */
  void stand(RoomActor room, UserId userId) {
    Seat held = seat.get();
    if (held != null && held.room() == room && held.userId().equals(userId)) {
      seat.compareAndSet(held, null);
    }
  }
}
