package dev.watchnchill.server.runtime;

import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.UserId;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store could not be told yet about users whose sockets are gone. */
final class PendingDepartures {
  private static final Logger log = LoggerFactory.getLogger(PendingDepartures.class);

  private final RoomActor room;
  private final Map<UserId, RoomCommand> owed = new HashMap<>();

  PendingDepartures(RoomActor room) {
    this.room = room;
  }

  /** That is owed from now on; whoever is to leave anyway does not keep the seat. */
  void add(UserId user, RoomCommand command) {
    owed.merge(user, command, (old, next) -> old instanceof RoomCommand.Leave ? old : next);
  }

  /** That user has taken a seat. */
  void forgive(UserId user) {
    owed.remove(user);
  }

  boolean isEmpty() {
    return owed.isEmpty();
  }

  void clear() {
    owed.clear();
  }

  /** Does what is owed; whether nothing is left of it. */
  boolean settle() {
    for (Map.Entry<UserId, RoomCommand> debt : Map.copyOf(owed).entrySet()) {
      try {
        room.applyIfHere(debt.getKey(), debt.getValue());
        owed.remove(debt.getKey());
      } catch (RuntimeException e) {
        log.atLevel(FailureLogLevel.level(e))
            .log("Room {} still cannot be told of a loss: {}", room.id(), e.toString());
      }
    }
    return owed.isEmpty();
  }
}
