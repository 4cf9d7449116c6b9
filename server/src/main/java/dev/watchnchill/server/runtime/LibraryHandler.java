package dev.watchnchill.server.runtime;

import dev.watchnchill.party.Room;
import dev.watchnchill.party.RoomId;
import dev.watchnchill.party.RoomSettings.Who;
import dev.watchnchill.party.UserId;
import dev.watchnchill.party.queue.PlayedItem;
import dev.watchnchill.party.queue.Queue;
import dev.watchnchill.party.queue.QueueItem;
import dev.watchnchill.server.async.Futures;
import dev.watchnchill.server.runtime.port.FilmLibrary;
import dev.watchnchill.server.runtime.session.Session;
import dev.watchnchill.server.wire.ClientEvent;
import dev.watchnchill.server.wire.ClientRequest;
import dev.watchnchill.server.wire.ErrorCode;
import dev.watchnchill.server.wire.ErrorReply;
import dev.watchnchill.server.wire.ServerReply;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests for the media library (LB1, LB8, LB10, LB11). Films are searched beside the
 * room's tasks, which only check the sender's right.
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
      case ClientRequest.GetLibrary get ->
          asMember(
              session,
              event,
              get,
              (room, user) ->
                  mayAdd(room, user) ? Asked.of(List.of()) : Asked.rejected(event.hostsOnly()),
              (_, _) -> find(event, get));
      case ClientRequest.GetMediaLink get ->
          asMember(
              session,
              event,
              get,
              (room, _) -> shown(room, get.item()),
              (user, films) ->
                  library
                      .link(get.roomId(), user, films.getFirst())
                      .thenApply(LibraryHandler::reply));
      case ClientRequest.GetFilmInfo get ->
          asMember(
              session,
              event,
              get,
              (room, user) -> Asked.of(visible(room, user, get.mediaIds())),
              (user, films) ->
                  library
                      .describe(get.roomId(), user, films)
                      .thenApply(
                          infos -> new ServerReply.FilmInfos(infos.films(), infos.pending())));
    };
  }

  /** The films that a member may ask about, or the rejection. */
  private record Asked(List<String> films, @Nullable ErrorReply rejection) {
    static Asked of(List<String> films) {
      return new Asked(films, null);
    }

    static Asked rejected(ErrorReply rejection) {
      return new Asked(List.of(), rejection);
    }
  }

  /** Reads what a member asks for in the room's turn, and answers beside it. */
  private CompletableFuture<ServerReply> asMember(
      Session session,
      ClientEvent event,
      ClientRequest.ForLibrary request,
      BiFunction<Room, UserId, Asked> reading,
      BiFunction<UserId, List<String>, CompletableFuture<ServerReply>> answer) {
    var asked = new AtomicReference<@Nullable Asked>();
    var user = new AtomicReference<@Nullable UserId>();
    return rooms
        .answer(
            request.roomId(),
            event,
            (actor, room) -> {
              Session.Seat seat = session.seat();
              if (room == null) {
                return ServerReply.failed(event.noSuchRoom());
              }
              if (seat == null || !seat.isIn(actor)) {
                return ServerReply.failed(event.hostsOnly());
              }
              Asked read = reading.apply(room, seat.userId());
              asked.set(read);
              user.set(seat.userId());
              return read.rejection() == null
                  ? ServerReply.done()
                  : ServerReply.failed(read.rejection());
            })
        .thenCompose(reply -> {
          Asked read = asked.get();
          UserId member = user.get();
          return reply.ok() && read != null && member != null
              ? answer.apply(member, read.films())
              : Futures.of(reply);
        });
  }

  private Asked shown(Room room, int item) {
    if (room.timeline().item() != item) {
      return Asked.rejected(
          ErrorReply.ofAction(ErrorCode.FILM_CHANGED, "Another film is shown now"));
    }
    String film = room.media() == null ? null : room.media().libraryId().orElse(null);
    return film == null || library.film(film) == null
        ? Asked.rejected(ErrorReply.filmNotFound())
        : Asked.of(List.of(film));
  }

  private static ServerReply reply(FilmLibrary.LinkAnswer answer) {
    return switch (answer) {
      case FilmLibrary.Link link ->
          new ServerReply.MediaLink(
              link.url(), link.expiresAtMs(), link.converted() ? "hls" : "file", link.subtitles());
      case FilmLibrary.NotPlayable(String reason, String text) ->
          ServerReply.failed(ErrorReply.filmNotPlayable(reason, text));
      case FilmLibrary.NotExamined() -> ServerReply.failed(ErrorReply.filmNotExamined());
      case FilmLibrary.NoSuchFilm() -> ServerReply.failed(ErrorReply.filmNotFound());
    };
  }

  /** Returns those of some films that a member may know of (LB10). */
  private static List<String> visible(Room room, UserId user, List<String> films) {
    if (mayAdd(room, user)) {
      return films;
    }
    Queue queue = room.queue();
    var known = new HashSet<String>();
    Stream<QueueItem> items =
        Stream.concat(
            Stream.concat(queue.items().stream(), Stream.ofNullable(queue.current())),
            queue.played().stream().map(PlayedItem::item));
    Stream.concat(items.map(QueueItem::media), Stream.ofNullable(room.media()))
        .forEach(media -> media.libraryId().ifPresent(known::add));
    return films.stream().filter(known::contains).toList();
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
