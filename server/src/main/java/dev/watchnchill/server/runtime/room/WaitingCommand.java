package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import org.jspecify.annotations.Nullable;

/** A command that waits in its room. Called within the room's tasks. */
public interface WaitingCommand {
  /**
   * Returns the command for the room as the commands before it leave it; null when there is nothing
   * to apply. May be called again, when another instance has changed the room first.
   */
  @Nullable RoomCommand command(Room room);

  /**
   * Receives the decision when it is committed.
   *
   * @param decision null when there is no such room; without changes when there was nothing to
   *     apply
   */
  void decided(@Nullable Decision decision);
}
