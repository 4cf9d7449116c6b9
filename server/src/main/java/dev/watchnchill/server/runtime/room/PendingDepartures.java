package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.async.Futures;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Departures of members without a socket that could not be committed yet. */
final class PendingDepartures {
  private static final Logger log = LoggerFactory.getLogger(PendingDepartures.class);

  private final RoomActor room;
  private final Map<UserId, RoomCommand> pending = new HashMap<>();

  PendingDepartures(RoomActor room) {
    this.room = room;
  }

  /** Adds a departure. A user who has left for good does not keep the seat. */
  void add(UserId user, RoomCommand command) {
    pending.merge(user, command, (old, next) -> old instanceof RoomCommand.Leave ? old : next);
  }

  /** Cancels a departure: the user has taken a seat. */
  void cancel(UserId user) {
    pending.remove(user);
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  void clear() {
    pending.clear();
  }

  /** Applies the departures one after the other; returns whether none is left. */
  CompletableFuture<Boolean> settle() {
    CompletableFuture<?> all = Futures.done();
    for (Map.Entry<UserId, RoomCommand> each : Map.copyOf(pending).entrySet()) {
      all = all.thenCompose(_ -> settle(each.getKey(), each.getValue()));
    }
    return all.thenApply(_ -> pending.isEmpty());
  }

  private CompletableFuture<?> settle(UserId user, RoomCommand command) {
    return room.applyIfSeatedHere(user, command)
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
