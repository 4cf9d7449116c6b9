package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.RoomContext;
import dev.watchnchill.server.store.RoomStore.Revision;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Loads the state of a room from the store, or stores a new room. Only called within the actor's
 * tasks.
 */
final class RoomLoader {
  private final RoomActor actor;
  private final StoreSync sync;
  private final RoomContext context;

  RoomLoader(RoomActor actor, StoreSync sync, RoomContext context) {
    this.actor = actor;
    this.sync = sync;
    this.context = context;
  }

  /** Loads the room into the actor and returns it; null when there is no such room. */
  CompletableFuture<@Nullable Room> load() {
    return sync.open()
        .thenCompose(_ -> context.store().load(actor.id()))
        .thenCompose(loaded ->
            loaded == null
                ? Futures.<@Nullable Room>of(null)
                : context
                    .store()
                    .recent(actor.id(), Revision.of(loaded))
                    .<@Nullable Room>thenApply(recent -> actor.startLoaded(loaded, recent)));
  }

  /** Stores a new room and starts the actor with it; false when the id is taken. */
  CompletableFuture<Boolean> create(Room created) {
    return sync.open()
        .thenCompose(_ -> context.store().create(created))
        .whenComplete((stored, failure) -> {
          if (failure == null && stored) {
            // Nothing may fail after this: the room would be stored without a client.
            actor.startCreated(created);
          } else if (failure != null
              && Futures.cause(failure) instanceof StoreUnavailableException) {
            leaveLater(created);
          }
        });
  }

  /** Removes the creator later: the room may be stored although the store did not answer. */
  private void leaveLater(Room created) {
    created
        .members()
        .list()
        .forEach(
            member -> actor.departures().defer(member.id(), new RoomCommand.Leave(member.id())));
  }
}
