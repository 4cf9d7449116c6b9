package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.runtime.room.RoomBusyException;
import dev.watchnchill.server.runtime.room.RoomCommandRunner;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ServerReply;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live rooms of this instance, and the way to run a task in one of them. */
final class RoomRegistry {
  private static final Logger log = LoggerFactory.getLogger(RoomRegistry.class);

  /** A task that could not begin for so long is rejected: clients are answered within 2 s (IN6). */
  private static final long WAIT_MAX_MS = 1_000;

  private final Map<RoomId, RoomActor> rooms = new ConcurrentHashMap<>();
  private final RoomContext context;

  RoomRegistry(RoomContext context) {
    this.context = context;
  }

  int size() {
    return rooms.size();
  }

  private void retired(RoomActor room) {
    rooms.remove(room.id(), room);
  }

  /** Runs a task of a client's event among the room's tasks. The result never fails. */
  CompletableFuture<ServerReply> execute(
      RoomId id, ClientEvent event, Function<RoomActor, CompletableFuture<ServerReply>> work) {
    var task = new RoomTask(event, work);
    task.submit(id);
    return task.result;
  }

  /**
   * Answers a client's event by the state of the room, which is null when there is no such room,
   * among the room's tasks. The result never fails.
   */
  CompletableFuture<ServerReply> answer(
      RoomId id, ClientEvent event, BiFunction<RoomActor, @Nullable Room, ServerReply> question) {
    return execute(
        id, event, actor -> actor.state().thenApply(room -> question.apply(actor, room)));
  }

  /** Applies the command of a member's event among the room's commands. The result never fails. */
  CompletableFuture<ServerReply> apply(RoomId id, ClientEvent event, RequestResolver resolver) {
    var command = new EventCommand(event, resolver);
    command.submit(id);
    return command.result;
  }

  /** Resolves the request of an event in the room as the commands before it leave it. */
  @FunctionalInterface
  interface RequestResolver {
    MemberCommands.Resolution resolve(RoomActor actor, Room now);
  }

  private RoomActor actor(RoomId id) {
    return rooms.computeIfAbsent(id, key -> new RoomActor(key, context, this::retired));
  }

  private boolean late(ClientEvent event, long submittedAtMs) {
    // A departure is never rejected: no client would retry it.
    return event != ClientEvent.LEAVE_ROOM && context.clock().nowMs() - submittedAtMs > WAIT_MAX_MS;
  }

  private static ServerReply failed(ClientEvent event, RoomActor actor, @Nullable Throwable cause) {
    return switch (cause) {
      case StoreUnavailableException e -> {
        // The store logs an outage once; each command that fails by it is a detail.
        log.debug("The store is away: {}", e.getMessage());
        actor.storeLost();
        yield ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE));
      }
      case RoomBusyException e -> {
        log.debug("{}", e.getMessage());
        yield ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE));
      }
      case null, default -> {
        log.error("{} failed in room {}", event.wireName(), actor.id(), cause);
        yield ServerReply.failed(event.failed(ErrorCode.INTERNAL));
      }
    };
  }

  /** The command of a member's event, and its reply. */
  private final class EventCommand implements RoomCommandRunner.ClientCommand {
    private final CompletableFuture<ServerReply> result = new CompletableFuture<>();
    private final ClientEvent event;
    private final RequestResolver resolver;
    private @Nullable RoomActor actor;
    private MemberCommands.@Nullable Resolution resolution;
    private long submittedAtMs;

    EventCommand(ClientEvent event, RequestResolver resolver) {
      this.event = event;
      this.resolver = resolver;
    }

    void submit(RoomId id) {
      RoomActor live = actor(id);
      actor = live;
      submittedAtMs = context.clock().nowMs();
      live.submit(this);
    }

    private RoomActor room() {
      return Objects.requireNonNull(actor);
    }

    @Override
    public @Nullable RoomCommand command(Room now) {
      MemberCommands.Resolution next =
          late(event, submittedAtMs)
              ? new MemberCommands.KnownReply(
                  ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)))
              : resolver.resolve(room(), now);
      resolution = next;
      return next instanceof MemberCommands.CommandToApply(RoomCommand command, _) ? command : null;
    }

    @Override
    public void decided(@Nullable Decision decision) {
      result.complete(MemberCommands.reply(event, resolution, decision));
    }

    @Override
    public void failed(Throwable cause) {
      result.complete(RoomRegistry.failed(event, room(), cause));
    }

    @Override
    public void retired() {
      submit(room().id());
    }
  }

  /** A task of a client's event, and its result. */
  private final class RoomTask {
    private final CompletableFuture<ServerReply> result = new CompletableFuture<>();
    private final ClientEvent event;
    private final Function<RoomActor, CompletableFuture<ServerReply>> work;
    private long submittedAtMs;

    RoomTask(ClientEvent event, Function<RoomActor, CompletableFuture<ServerReply>> work) {
      this.event = event;
      this.work = work;
    }

    void submit(RoomId id) {
      RoomActor actor = actor(id);
      submittedAtMs = context.clock().nowMs();
      actor.submit(() -> run(actor));
    }

    private CompletableFuture<?> run(RoomActor actor) {
      if (actor.retired()) {
        submit(actor.id());
        return Futures.done();
      }
      if (late(event, submittedAtMs)) {
        result.complete(ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE)));
        return Futures.done();
      }
      CompletableFuture<ServerReply> answer = Futures.call(() -> work.apply(actor));
      return Futures.whenEnded(answer, () -> end(actor, answer));
    }

    private void end(RoomActor actor, CompletableFuture<ServerReply> answer) {
      result.complete(
          answer.isCompletedExceptionally()
              ? failed(event, actor, Futures.cause(answer.exceptionNow()))
              : answer.resultNow());
      actor.retireIfUnused();
    }
  }

  /**
   * Waits until the tasks submitted so far have ended, at most the given time; returns whether they
   * have.
   */
  boolean awaitQuiet(Duration atMost) {
    var all =
        rooms.values().stream()
            .map(actor -> {
              var ended = new CompletableFuture<Void>();
              actor.submit(() -> {
                ended.complete(null);
                return Futures.done();
              });
              return ended;
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
