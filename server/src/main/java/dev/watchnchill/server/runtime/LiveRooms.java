package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms that this server keeps live, and the way to do something in one of them. */
final class LiveRooms {
  private static final Logger log = LoggerFactory.getLogger(LiveRooms.class);

  /** What could not begin for so long is refused: whoever asked must hear within 2 s (rule IN6). */
  private static final long WAIT_MAX_MS = 1_000;

  private final Map<RoomId, LiveRoom> rooms = new ConcurrentHashMap<>();
  private final RoomContext context;

  /** None yet. */
  LiveRooms(RoomContext context) {
    this.context = context;
  }

  int size() {
    return rooms.size();
  }

  private void retired(LiveRoom room) {
    rooms.remove(room.id(), room);
  }

  /** Runs that task in the room's mailbox. Nothing it throws gets any further. */
  CompletableFuture<Result> execute(RoomId id, ClientEvent event, Function<LiveRoom, Result> task) {
    var result = new CompletableFuture<Result>();
    execute(id, event, task, result);
    return result;
  }

  private void execute(
      RoomId id,
      ClientEvent event,
      Function<LiveRoom, Result> task,
      CompletableFuture<Result> result) {
    LiveRoom live = rooms.computeIfAbsent(id, key -> new LiveRoom(key, context, this::retired));
    long askedAtMs = context.clock().nowMs();
    live.mailbox()
        .submit(() -> {
          if (live.retired()) {
            execute(id, event, task, result);
            return;
          }
          // Giving a seat up is no wish that can be refused.
          boolean late = context.clock().nowMs() - askedAtMs > WAIT_MAX_MS;
          if (late && event != ClientEvent.LEAVE_ROOM) {
            result.complete(Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
            return;
          }
          try {
            result.complete(task.apply(live));
          } catch (StoreUnavailableException e) {
            // The store says once that it is away; each wish that suffers from it is for the
            // curious.
            log.debug("The store is away: {}", e.getMessage());
            live.storeLost();
            result.complete(Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
          } catch (RoomBusyException e) {
            log.debug("{}", e.getMessage());
            result.complete(Result.failed(event.failed(ErrorCode.UNAVAILABLE)));
          } catch (RuntimeException | Error e) {
            log.error("{} failed in room {}", event.wireName(), id, e);
            result.complete(Result.failed(event.failed(ErrorCode.INTERNAL)));
          }
          live.retireIfUnused();
        });
  }

  /** Waits until what clients have asked for is done, at most that long; whether it is. */
  boolean awaitQuiet(Duration atMost) {
    var all =
        rooms.values().stream()
            .map(live -> {
              var done = new CompletableFuture<Void>();
              live.mailbox().submit(() -> done.complete(null));
              return done;
            })
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(all).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
