package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
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
 * Handles the requests for the media library (LB1, LB8). Films are searched beside the room's
 * tasks, which only check the sender's right.
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
      Session session, ClientEvent event, ClientRequest.ForLibrary request) {
    return switch (request) {
      case ClientRequest.GetLibrary get -> page(session, event, get);
      case ClientRequest.GetMediaLink get ->
          rooms.answer(
              get.roomId(),
              event,
              (actor, room) -> {
                Session.Seat seat = session.seat();
                return room == null
                    ? ServerReply.failed(event.noSuchRoom())
                    : seat != null && seat.isIn(actor)
                        ? link(room, seat.userId(), get.item())
                        : ServerReply.failed(event.hostsOnly());
              });
    };
  }

  private ServerReply link(Room room, UserId user, int item) {
    if (room.timeline().item() != item) {
      return ServerReply.failed(
          ErrorReply.ofAction(ErrorCode.FILM_CHANGED, "Another film is shown now"));
    }
    String film = room.media() == null ? null : room.media().libraryId().orElse(null);
    if (film == null || library.film(film) == null) {
      return ServerReply.failed(ErrorReply.filmNotFound());
    }
    FilmLibrary.Link link = library.link(room.id(), user, film);
    return new ServerReply.MediaLink(link.url(), link.expiresAtMs());
  }

  /** Returns whether a user is a member of a room. */
  CompletableFuture<FilmLibrary.Membership> membership(RoomId id, UserId user) {
    return rooms
        .answer(
            id,
            ClientEvent.GET_MEDIA_LINK,
            (_, room) ->
                room != null && room.members().find(user) != null
                    ? ServerReply.done()
                    : ServerReply.failed(ErrorReply.notAuthenticated()))
        .thenApply(reply ->
            switch (reply) {
              case ServerReply.Done _ -> FilmLibrary.Membership.MEMBER;
              case ServerReply.Failed failed
                  when failed.problem().code() == ErrorCode.NOT_AUTHENTICATED ->
                  FilmLibrary.Membership.STRANGER;
              case ServerReply _ -> FilmLibrary.Membership.UNKNOWN;
            });
  }

  private CompletableFuture<ServerReply> page(
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
