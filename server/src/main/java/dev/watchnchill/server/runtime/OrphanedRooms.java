package dev.watchnchill.server.runtime;

import dev.watchnchill.party.InstanceId;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.access.Member;
import dev.watchnchill.server.store.StoreUnavailableException;
import dev.watchnchill.server.wire.ClientEvent;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Looks after people whose server has died (rule IN3). Its methods wait. */
final class OrphanedRooms {
  /** How many rooms are looked after at once. */
  private static final int AT_ONCE_MAX = 64;

  private final RoomRegistry rooms;
  private final RoomContext context;

  OrphanedRooms(RoomRegistry rooms, RoomContext context) {
    this.rooms = rooms;
    this.context = context;
  }

  /**
   * Looks after rooms that a former run of this server has left behind: whoever was connected to it
   * is away (rule IN3). For a store that nobody else uses; call it before clients come in.
   *
   * @param lastSeenMs when that run was last known to be alive, server ms
   */
  void recover(long lastSeenMs) {
    inEach(
        context.store().active(),
        live -> {
          Room room = live.state();
          if (room != null) {
            live.apply(new RoomCommand.Orphan(strangers(room), lastSeenMs));
          }
        });
  }

  private Set<InstanceId> strangers(Room room) {
    return room.members().list().stream()
        .map(Member::instance)
        .filter(Objects::nonNull)
        .filter(holder -> !holder.equals(context.instances().self()))
        .collect(Collectors.toSet());
  }

  /** That server is dead: its people are away, in every room that it looked after (rule IN3). */
  void died(InstanceId who, long lastSeenMs, Set<RoomId> orphaned) {
    inEach(orphaned, live -> live.apply(new RoomCommand.Orphan(Set.of(who), lastSeenMs)));
  }

  /**
   * Does that in each of these rooms, and waits.
   *
   * @throws StoreUnavailableException when it could not be done in one of them
   */
  private void inEach(Set<RoomId> ids, Consumer<RoomActor> task) {
    var running = new ArrayDeque<CompletableFuture<CommandResult>>();
    boolean failed = false;
    for (RoomId id : ids) {
      running.add(
          rooms.execute(
              id,
              ClientEvent.LEAVE_ROOM,
              live -> {
                task.accept(live);
                return CommandResult.done();
              }));
      if (running.size() >= AT_ONCE_MAX) {
        failed |= running.remove().join() instanceof CommandResult.Failed;
      }
    }
    for (CompletableFuture<CommandResult> result : running) {
      failed |= result.join() instanceof CommandResult.Failed;
    }
    if (failed) {
      throw new StoreUnavailableException("not every room could be looked after");
    }
  }
}
