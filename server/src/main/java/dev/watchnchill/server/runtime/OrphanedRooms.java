package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.runtime.room.RoomActor;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ServerReply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Marks the members of instances that have died as away, room by room (rule IN3). */
final class OrphanedRooms {
  /** Most rooms that are worked on at once. */
  private static final int AT_ONCE_MAX = 64;

  /**
   * Attempts for a room. The clients of a dead instance come back at the same time, so a change of
   * one room may time out. If that failed the takeover, the members would wait for seconds, until
   * another instance may claim the dead one.
   */
  private static final int ATTEMPTS_MAX = 4;

  /** Time between two attempts, in which a room notices that the store is back. */
  private static final long RETRY_MS = 300;

  private final RoomRegistry rooms;
  private final RoomContext context;

  OrphanedRooms(RoomRegistry rooms, RoomContext context) {
    this.rooms = rooms;
    this.context = context;
  }

  /**
   * Recovers the rooms that an earlier process has left behind: its members are away (rule IN3).
   * For a store that no other instance uses; call it before clients are accepted.
   *
   * @param lastSeenMs when the earlier process was last known to be alive, server ms
   */
  CompletableFuture<?> recover(long lastSeenMs) {
    return context
        .store()
        .active()
        .thenCompose(ids -> inEach(ids, actor -> markAwayFromFormerRuns(actor, lastSeenMs)));
  }

  private CompletableFuture<?> markAwayFromFormerRuns(RoomActor actor, long lastSeenMs) {
    return actor
        .state()
        .thenCompose(room ->
            room == null
                ? Futures.<@Nullable Decision>of(null)
                : actor.apply(new RoomCommand.MarkInstancesDead(others(room), lastSeenMs)));
  }

  private Set<InstanceId> others(Room room) {
    return room.members().list().stream()
        .map(Member::instance)
        .filter(Objects::nonNull)
        .filter(holder -> !holder.equals(context.instances().self()))
        .collect(Collectors.toSet());
  }

  /** Marks the members of a dead instance away, in every room that it kept going (rule IN3). */
  CompletableFuture<?> died(InstanceId who, long lastSeenMs, Set<RoomId> orphaned) {
    return inEach(
        orphaned, actor -> actor.apply(new RoomCommand.MarkInstancesDead(Set.of(who), lastSeenMs)));
  }

  /** Runs a task in each room; fails when every attempt failed in one of them. */
  private CompletableFuture<?> inEach(
      Set<RoomId> ids, Function<RoomActor, CompletableFuture<?>> task) {
    return attempt(1, List.copyOf(ids), task);
  }

  private CompletableFuture<Boolean> attempt(
      int attempt, List<RoomId> ids, Function<RoomActor, CompletableFuture<?>> task) {
    return failed(ids, task)
        .thenCompose(left -> {
          if (left.isEmpty()) {
            return Futures.of(true);
          }
          if (attempt == ATTEMPTS_MAX) {
            throw new StoreUnavailableException("not every room could be brought up to date");
          }
          return later().thenCompose(_ -> attempt(attempt + 1, left, task));
        });
  }

  private CompletableFuture<Boolean> later() {
    var passed = new CompletableFuture<Boolean>();
    context.scheduler().after(RETRY_MS, () -> passed.complete(true));
    return passed;
  }

  /** Returns the rooms in which the task failed. */
  private CompletableFuture<List<RoomId>> failed(
      List<RoomId> ids, Function<RoomActor, CompletableFuture<?>> task) {
    CompletableFuture<List<RoomId>> all = Futures.of(List.of());
    for (int from = 0; from < ids.size(); from += AT_ONCE_MAX) {
      List<RoomId> batch = ids.subList(from, Math.min(ids.size(), from + AT_ONCE_MAX));
      all =
          all.thenCompose(before ->
              failedInBatch(batch, task)
                  .thenApply(more -> Stream.concat(before.stream(), more.stream()).toList()));
    }
    return all;
  }

  private CompletableFuture<List<RoomId>> failedInBatch(
      List<RoomId> batch, Function<RoomActor, CompletableFuture<?>> task) {
    Map<RoomId, CompletableFuture<ServerReply>> results =
        batch.stream()
            .collect(
                Collectors.toMap(
                    id -> id,
                    id ->
                        rooms.execute(
                            id,
                            ClientEvent.LEAVE_ROOM,
                            actor -> task.apply(actor).thenApply(_ -> ServerReply.done()))));
    return CompletableFuture.allOf(results.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(_ ->
            results.entrySet().stream()
                .filter(result -> !(result.getValue().join() instanceof ServerReply.Done))
                .map(Map.Entry::getKey)
                .toList());
  }
}
