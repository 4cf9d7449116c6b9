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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Marks the members of instances that have died as away, room by room (rule IN3). */
final class OrphanedRooms {
  /** Most rooms that are worked on at once. */
  private static final int AT_ONCE_MAX = 64;

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

  /** Runs a task in each room; fails when it failed in one of them. */
  private CompletableFuture<?> inEach(
      Set<RoomId> ids, Function<RoomActor, CompletableFuture<?>> task) {
    CompletableFuture<Boolean> all = Futures.of(true);
    List<RoomId> list = List.copyOf(ids);
    for (int from = 0; from < list.size(); from += AT_ONCE_MAX) {
      List<RoomId> batch = list.subList(from, Math.min(list.size(), from + AT_ONCE_MAX));
      all = all.thenCompose(before -> inBatch(batch, task).thenApply(done -> before && done));
    }
    return all.thenAccept(done -> {
      if (!done) {
        throw new StoreUnavailableException("not every room could be brought up to date");
      }
    });
  }

  /** Returns whether the task succeeded in all of these rooms. */
  private CompletableFuture<Boolean> inBatch(
      List<RoomId> batch, Function<RoomActor, CompletableFuture<?>> task) {
    List<CompletableFuture<ServerReply>> results =
        batch.stream()
            .map(id ->
                rooms.execute(
                    id,
                    ClientEvent.LEAVE_ROOM,
                    actor -> task.apply(actor).thenApply(_ -> ServerReply.done())))
            .toList();
    return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            _ -> results.stream().allMatch(result -> result.join() instanceof ServerReply.Done));
  }
}
