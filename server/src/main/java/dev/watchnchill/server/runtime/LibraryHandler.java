package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.UserId;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.ServerReply;
import java.util.concurrent.CompletableFuture;

/**
 * Handles the requests for the media library (LB1). Films are searched beside the room's tasks,
 * which only check the sender's right.
 */
final class LibraryHandler {
  private final RoomRegistry rooms;
  private final FilmLibrary library;

  LibraryHandler(RoomRegistry rooms, FilmLibrary library) {
    this.rooms = rooms;
    this.library = library;
  }

  /** Handles a request of a session that has a seat in the room. */
  CompletableFuture<ServerReply> handle(
      Session session, ClientEvent event, ClientRequest.GetLibrary request) {
    return rooms
        .answer(
            request.roomId(),
            event,
            (actor, room) -> {
              Session.Seat seat = session.seat();
              return room == null
                  ? ServerReply.failed(event.noSuchRoom())
                  : seat != null && seat.isIn(actor) && mayAdd(room, seat.userId())
                      ? ServerReply.done()
                      : ServerReply.failed(event.hostsOnly());
            })
        .thenCompose(reply -> reply.ok() ? find(event, request) : Futures.of(reply));
  }

  /** Returns whether a member may add to the queue, and so may see what there is to add. */
  private static boolean mayAdd(Room room, UserId user) {
    return room.settings().queue() == Who.EVERYONE || MemberCommands.isHost(room, user);
  }

  private CompletableFuture<ServerReply> find(ClientEvent event, ClientRequest.GetLibrary request) {
    return library
        .find(new FilmLibrary.Query(request.folder(), request.query(), request.after()))
        .thenApply(answer ->
            switch (answer) {
              case FilmLibrary.Found(var page) -> new ServerReply.LibraryPage(page);
              case FilmLibrary.NoLibrary() -> ServerReply.failed(ErrorReply.noLibrary());
              case FilmLibrary.NoSuchFolder() -> ServerReply.failed(ErrorReply.folderNotFound());
              case FilmLibrary.Busy() -> ServerReply.failed(event.failed(ErrorCode.UNAVAILABLE));
            });
  }
}
