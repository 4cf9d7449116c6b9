package dev.watchnchill.server.runtime.room;

import dev.watchnchill.party.Decision;
import dev.watchnchill.party.QueueCommand;
import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomCommand;
import dev.watchnchill.party.RoomEvent;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.server.runtime.port.FilmDescription;
import dev.watchnchill.server.runtime.port.FilmDescriptions;
import dev.watchnchill.server.store.StoreUnavailableException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the films of providers that this instance has added to a room's queue, and describes
 * their items by what it finds (rule QU11).
 */
final class FilmDescriber {
  private static final Logger log = LoggerFactory.getLogger(FilmDescriber.class);

  private final RoomActor room;
  private final FilmDescriptions films;

  FilmDescriber(RoomActor room, FilmDescriptions films) {
    this.room = room;
    this.films = films;
  }

  /** Follows a change that this instance has committed. */
  void committed(Room before, List<RoomEvent> events) {
    for (RoomEvent event : events) {
      if (event instanceof RoomEvent.QueueChanged changed) {
        changed.change().added().forEach(item -> lookUpNew(before.queue(), item));
        QueueItem shown = changed.change().shown();
        if (shown != null) {
          lookUpNew(before.queue(), shown);
        }
      }
    }
  }

  private void lookUpNew(Queue before, QueueItem item) {
    // A file has its title from the beginning.
    boolean file = item.media().providerVideo().isEmpty();
    if (file || item.lookedUp() || isIn(before, item.id())) {
      return;
    }
    var _ =
        films
            .describe(item.media())
            .thenAccept(found -> {
              if (!found.equals(FilmDescription.EMPTY)) {
                room.submit(new ItemDescription(item.id(), found));
              }
            });
  }

  private static boolean isIn(Queue queue, UUID id) {
    QueueItem current = queue.current();
    return (current != null && current.id().equals(id))
        || queue.find(id) != null
        || queue.findPlayed(id) != null;
  }

  /** The command that describes an item. It is committed together with others that wait. */
  private final class ItemDescription implements RoomCommandRunner.ClientCommand {
    private final RoomCommand command;

    ItemDescription(UUID item, FilmDescription found) {
      command =
          new QueueCommand.RecordLookup(
              item,
              found.title(),
              found.durationSeconds() > 0 ? (Double) found.durationSeconds() : null,
              found.posterUrl());
    }

    @Override
    public RoomCommand command(Room now) {
      return command;
    }

    @Override
    public void decided(@Nullable Decision decision) {}

    @Override
    public void failed(Throwable cause) {
      // The film stays without a title here; the player of a host may tell it.
      log.debug("A film of room {} is not described: {}", room.id(), cause.toString());
      if (cause instanceof StoreUnavailableException) {
        room.storeLost();
      }
    }

    @Override
    public void retired() {}
  }
}
