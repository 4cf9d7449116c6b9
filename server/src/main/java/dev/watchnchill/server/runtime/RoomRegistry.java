package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms that this server keeps live, and the way to do something in one of them. */
final class RoomRegistry {
  private static final Logger log = LoggerFactory.getLogger(RoomRegistry.class);

  /** What could not begin for so long is refused: whoever asked must hear within 2 s (rule IN6). */
  private static final long WAIT_MAX_MS = 1_000;

  private final Map<RoomId, RoomActor> rooms = new ConcurrentHashMap<>();
  private final RoomContext context;

  /** None yet. */
  RoomRegistry(RoomContext context) {
    this.context = context;
  }

  int size() {
    return rooms.size();
  }

  private void retired(RoomActor room) {
    rooms.remove(room.id(), room);
  }

  /** A way to do a task without waiting; null in the future when it cannot be done so. */
  @FunctionalInterface
  interface Quick {
    CompletableFuture<@Nullable CommandResult> attempt(RoomActor live);
  }

  /** Runs that task, which may wait, in the room's mailbox. Nothing it throws gets any further. */
  CompletableFuture<CommandResult> execute(RoomId id, ClientEvent event, Function<RoomActor, CommandResult> task) {
    return submitted(id, new Wish(event, null, task));
  }

  /** The same the quick way if that can be, else by that task. */
  CompletableFuture<CommandResult> execute(
      RoomId id, ClientEvent event, Quick quick, Function<RoomActor, CommandResult> task) {
    return submitted(id, new Wish(event, quick, task));
  }

  /** The same for a task that never waits. */
  CompletableFuture<CommandResult> executeQuickly(
      RoomId id, ClientEvent event, Function<RoomActor, CommandResult> task) {
    return execute(
        id,
        event,
        live -> CompletableFuture.<@Nullable CommandResult>completedFuture(task.apply(live)),
        task);
  }

  private CompletableFuture<CommandResult> submitted(RoomId id, Wish wish) {
    wish.submit(id);
    return wish.result;
  }

  /** Something to be done in a room, and what comes of it. */
  private final class Wish {
    private final CompletableFuture<CommandResult> result = new CompletableFuture<>();
    private final ClientEvent event;
    private final @Nullable Quick quick;
    private final Function<RoomActor, CommandResult> task;
    private long askedAtMs;

    Wish(ClientEvent event, @Nullable Quick quick, Function<RoomActor, CommandResult> task) {
      this.event = event;
      this.quick = quick;
      this.task = task;
    }

    void submit(RoomId id) {
      RoomActor live =
          rooms.computeIfAbsent(id, key -> new RoomActor(key, context, RoomRegistry.this::retired));
      askedAtMs = context.clock().nowMs();
      Quick way = quick;
      if (way == null) {
        live.mailbox().submit(() -> run(live));
      } else {
        live.mailbox().submit(() -> attempt(way, live), () -> run(live));
      }
    }

    private CompletableFuture<Boolean> attempt(Quick way, RoomActor live) {
      if (live.retired() || late()) {
        return RoomMailbox.NOT_QUICKLY;
      }
      CompletableFuture<@Nullable CommandResult> answer;
      try {
        answer = way.attempt(live);
      } catch (RuntimeException | Error e) {
        answer = CompletableFuture.failedFuture(e);
      }
      return answer.handle((value, failure) -> {
        if (value == null && failure == null) {
          return false;
        }
        result.complete(value == null ? failed(live, failure) : value);
        live.retireLater();
        return true;
      });
    }

    private void run(RoomActor live) {
      if (live.retired()) {
        submit(live.id());
        return;
      }
      if (late()) {
        result.complete(CommandResult.failed(event.failed(ErrorCode.UNAVAILABLE)));
        return;
      }
      try {
        result.complete(task.apply(live));
      } catch (RuntimeException | Error e) {
        result.complete(failed(live, e));
      }
      live.retireIfUnused();
    }

    private boolean late() {
      // Giving a seat up is no wish that can be refused.
      return event != ClientEvent.LEAVE_ROOM && context.clock().nowMs() - askedAtMs > WAIT_MAX_MS;
    }

    private CommandResult failed(RoomActor live, @Nullable Throwable failure) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      return switch (cause) {
        case StoreUnavailableException e -> {
          // The store says once that it is away; each wish that suffers from it is for the curious.
          log.debug("The store is away: {}", e.getMessage());
          live.storeLost();
          yield CommandResult.failed(event.failed(ErrorCode.UNAVAILABLE));
        }
        case RoomBusyException e -> {
          log.debug("{}", e.getMessage());
          yield CommandResult.failed(event.failed(ErrorCode.UNAVAILABLE));
        }
        case null, default -> {
          log.error("{} failed in room {}", event.wireName(), live.id(), cause);
          yield CommandResult.failed(event.failed(ErrorCode.INTERNAL));
        }
      };
    }
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
