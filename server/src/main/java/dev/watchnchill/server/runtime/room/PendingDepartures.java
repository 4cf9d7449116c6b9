package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.async.Futures;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The departures of members without a socket, and those of them that could not be committed yet.
 */
public final class PendingDepartures {
  private static final Logger log = LoggerFactory.getLogger(PendingDepartures.class);

  private final RoomActor room;
  private final RoomCommitter committer;
  private final RoomTimer timer;
  // Made when it is needed: the store can be reached nearly always.
  private Map<UserId, RoomCommand> pending = Collections.emptyMap();

  PendingDepartures(RoomActor room, RoomCommitter committer, RoomTimer timer) {
    this.room = room;
    this.committer = committer;
    this.timer = timer;
  }

  /**
   * Applies the departure of a member who has no socket any more, now or as soon as the store can
   * be reached. No other instance would do so, and the member would stay for ever.
   */
  public CompletableFuture<@Nullable Decision> apply(UserId user, RoomCommand command) {
    return committer
        .applyIfSeatedHere(user, command)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            defer(user, command);
          }
        });
  }

  /**
   * Applies a departure later, unless the user has taken a seat by then. A user who has left for
   * good does not keep the seat.
   */
  public void defer(UserId user, RoomCommand command) {
    if (pending.isEmpty()) {
      pending = new HashMap<>(2);
    }
    pending.merge(user, command, (old, next) -> old instanceof RoomCommand.Leave ? old : next);
    timer.retry();
  }

  /** Cancels a departure: the user has taken a seat. */
  void cancel(UserId user) {
    pending.remove(user);
  }

  /** Returns whether all departures are stored. */
  public boolean isEmpty() {
    return pending.isEmpty();
  }

  void clear() {
    pending.clear();
  }

  /**
   * Applies the departures one after the other; returns whether none is left. None is applied in an
   * outage: what the store has of a member may not be known here yet.
   */
  CompletableFuture<Boolean> settle() {
    if (room.isAway()) {
      return Futures.of(pending.isEmpty());
    }
    CompletableFuture<?> all = Futures.done();
    for (Map.Entry<UserId, RoomCommand> each : Map.copyOf(pending).entrySet()) {
      all = all.thenCompose(_ -> settle(each.getKey(), each.getValue()));
    }
    return all.thenApply(_ -> pending.isEmpty());
  }

  /** Applies the departures; fails with {@link RoomBusyException} when one cannot be stored yet. */
  public CompletableFuture<?> settleNow() {
    return settle()
        .thenAccept(settled -> {
          if (!settled) {
            throw new RoomBusyException("room " + room.id() + " has departures to store");
          }
        });
  }

  private CompletableFuture<?> settle(UserId user, RoomCommand command) {
    return committer
        .applyIfSeatedHere(user, command)
        .handle((_, failure) -> {
          if (failure == null) {
            pending.remove(user);
          } else {
            Throwable cause = Futures.cause(failure);
            log.atLevel(FailureLogLevel.level(cause))
                .log(
                    "A departure from room {} is still not stored: {}",
                    room.id(),
                    cause.toString());
          }
          return true;
        });
  }
}
